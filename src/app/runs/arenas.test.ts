import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CapturedUpdate, type DecisionBatch, sb3Hyperparameters } from '../../contract';
import { environmentSpec } from '../../game/engine/vector-environment';
import { simulatedGame } from '../games/simulated-game';
import { FakeAgent } from '../testing/fake-agent';
import { Arenas } from './arenas';
import type { Transport } from './played';

describe('the beat of the page’s clock', async () => {
  const entry = await simulatedGame('balance');
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
          else arenas.setTransport({ ...wish, lockstep: false, learning: true });
        }
        const visible = all.findLast((wish) => typeof wish === 'boolean') ?? true;
        const transport = all.findLast((wish) => typeof wish !== 'boolean');
        const { running, speed } = transport ?? { running: true, speed: '1' };
        expect(agent.isBeating).toBe(running && !(visible && speed === '1' && collectors > 0));
      }),
    );
  });
});

describe('the pace of what is seen', async () => {
  const entry = await simulatedGame('balance');
  const hyperparameters = { ...sb3Hyperparameters, hiddenSizes: [4] };

  it('is the transport’s, but leaves the machine to collectors where these gather as fast as it goes', () => {
    const start = { checkpoint: null, best: null, withoutCollectors: false };
    const agent = new FakeAgent({ spec: environmentSpec(entry.simulation), hyperparameters, ...start });
    const rest = { decisions: 0, wentBackTo: null, changed: [] };
    const arenas = new Arenas(entry, { hyperparameters, ...start, ...rest }, agent);
    const paceAt = (collectors: number, change: Partial<Transport>) => {
      agent.collectors = collectors;
      arenas.setTransport({ running: true, speed: 'max', lockstep: false, learning: true, ...change });
      return arenas.driver.speed;
    };
    expect(paceAt(0, {})).toBe(Infinity);
    expect(agent.sparesCollector).toBe(true);
    // It has come.
    agent.collectors = 1;
    arenas.setPace();
    expect(arenas.driver.speed).toBe(16);
    expect(paceAt(1, { learning: false })).toBe(Infinity);
    expect(paceAt(1, { lockstep: true })).toBe(Infinity);
    expect(agent.sparesCollector).toBe(false);
    expect(paceAt(1, { speed: '16' })).toBe(16);
    expect(agent.sparesCollector).toBe(false);
  });
});

describe('what is captured of an update', async () => {
  const entry = await simulatedGame('balance');
  const hyperparameters = { ...sb3Hyperparameters, hiddenSizes: [4], arenas: 2 };

  it('has the states in which the actor was asked, of a rollout that began after the wish', async () => {
    const start = { checkpoint: null, best: null, withoutCollectors: false };
    const agent = new FakeAgent({ spec: environmentSpec(entry.simulation), hyperparameters, ...start });
    const rest = { decisions: 0, wentBackTo: null, changed: [] };
    const arenas = new Arenas(entry, { hyperparameters, ...start, ...rest }, agent);
    const { driver } = arenas;
    driver.running = true;
    driver.speed = Number.POSITIVE_INFINITY;
    const { environment } = driver;
    const { stateSize } = environment;
    const seen: Float64Array[] = [];
    const ask = (question: DecisionBatch | null) => {
      seen.push(environment.states.slice(stateSize, 2 * stateSize));
      return question!;
    };
    // The first update's rollout began with the question before the wish.
    const firsts = [0, 2];
    agent.captureUpdate = async () =>
      ({ firstDecision: firsts.shift(), shape: { steps: 2 } }) as unknown as CapturedUpdate;
    let question = ask(driver.wake(0));
    const captured = arenas.captureUpdate(1, 0);
    for (let decision = 1; decision <= 3; decision++) question = ask(driver.answer(question, 0));
    expect((await captured)?.states).toEqual(Float64Array.of(...seen[2]!, ...seen[3]!));
    expect(seen[2]).not.toEqual(seen[3]);
    expect(driver.whenAsked).toBeNull();
  });
});
