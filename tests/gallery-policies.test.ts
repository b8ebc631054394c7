import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodePlayFile } from '../src/agent/play-file';
import { decodePolicy } from '../src/agent/policy-file';
import { DecisionBatch, decisionShape, type Simulation } from '../src/contract';
import { balance } from '../src/game/balance/simulation';
import { createVectorEnvironment } from '../src/game/engine/vector-environment';
import { swing } from '../src/game/swing/simulation';
import { play } from '../src/play/play';

const folder = join(import.meta.dirname, '../assets/agents');
const fileOf = (game: string) => readFileSync(join(folder, game, 'gallery.play'));
const arenas = 8;

/** The returns of each arena's first episode, under what plays a game's card. */
function returnsOf(simulation: Simulation): number[] {
  const environment = createVectorEnvironment(simulation, { arenas, seed: 1 });
  const { buffer } = Uint8Array.from(fileOf(simulation.game));
  const act = play(buffer);
  const batch = new DecisionBatch(decisionShape(environment.spec, arenas));
  const { size } = environment.spec.observationSpace;
  const returns = new Map<number, number>();
  while (returns.size < arenas) {
    environment.takeDecision(batch);
    for (let arena = 0; arena < arenas; arena++) {
      batch.actions.set(act(batch.observations.subarray(arena * size, (arena + 1) * size)), arena);
    }
    environment.applyActions(batch.actions);
    environment.tick();
    for (const { arena, rewardTerms } of environment.takeEndings()) {
      const weighted = rewardTerms.map((sum, i) => sum * (simulation.rewardTerms[i]?.defaultWeight ?? 0));
      if (!returns.has(arena))
        returns.set(
          arena,
          weighted.reduce((sum, each) => sum + each, 0),
        );
    }
  }
  return [...returns.values()];
}

const mean = (values: readonly number[]) => values.reduce((sum, each) => sum + each, 0) / values.length;

describe('what plays in the gallery', () => {
  it('balances for as long as an episode goes', () => {
    expect(mean(returnsOf(balance))).toBeGreaterThan(490);
  });

  it('swings the rod up and holds it', () => {
    expect(mean(returnsOf(swing))).toBeGreaterThan(-250);
  });

  it('is Volley’s champion against itself', () => {
    const champion = decodePolicy(readFileSync(join(folder, 'volley/champion.safetensors')));
    expect(Buffer.from(encodePlayFile(champion)).equals(fileOf('volley'))).toBe(true);
  });
});
