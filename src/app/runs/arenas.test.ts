import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sb3Hyperparameters } from '../../contract';
import { loadGame } from '../../game/catalogue';
import { environmentSpec } from '../../game/engine/vector-environment';
import { FakeAgent } from '../testing/fake-agent';
import { Arenas } from './arenas';

describe('the beat of the page’s clock', async () => {
  const entry = await loadGame('balance');
  const hyperparameters = { ...sb3Hyperparameters, hiddenSizes: [4] };

  it('is there whenever frames alone would not do, and never while nothing moves', () => {
    const wishes = fc.array(
      fc.oneof(
        fc.record({
          running: fc.boolean(),
          speed: fc.constantFrom('1' as const, '4' as const, 'max' as const),
        }),
        fc.boolean(),
      ),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(wishes, fc.constantFrom(0, 2), (all, collectors) => {
        const spec = environmentSpec(entry.simulation);
        const agent = new FakeAgent({
          spec,
          hyperparameters,
          checkpoint: null,
          best: null,
          withoutCollectors: false,
        });
        agent.collectors = collectors;
        const arenas = new Arenas(
          entry,
          {
            hyperparameters,
            checkpoint: null,
            decisions: 0,
            withoutCollectors: false,
            wentBackTo: null,
            changed: [],
          },
          agent,
        );
        for (const wish of all) {
          if (typeof wish === 'boolean') arenas.setVisible(wish);
          else arenas.setTransport({ ...wish, lockstep: false });
        }
        const visible = all.findLast((wish) => typeof wish === 'boolean') ?? true;
        const transport = all.findLast((wish) => typeof wish !== 'boolean');
        const { running, speed } = transport ?? { running: true, speed: '1' };
        expect(agent.isBeating).toBe(running && !(visible && speed === '1' && collectors > 0));
      }),
    );
  });
});
