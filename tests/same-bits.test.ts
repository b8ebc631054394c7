import { describe, expect, it } from 'vitest';
import { Actor } from '../src/agent/actor';
import { Collector } from '../src/agent/collector';
import { Learner } from '../src/agent/learner';
import { trainCollected } from '../src/agent/lockstep';
import { hashNumbers } from '../src/agent/testing/hash-numbers';
import { hostBackends } from '../src/agent/update-backend';
import type { ActingBackend, Hyperparameters, Simulation } from '../src/contract';
import { games, loadGame } from '../src/game/catalogue';
import { createVectorEnvironment, environmentSpec } from '../src/game/engine/vector-environment';

/**
 * What 20 updates and 200 come to with every preset of every game: acting and learning, in SIMD and in plain loops.
 * Whoever changes the arithmetic on purpose records them anew, and says so; a refactoring leaves every bit where it is.
 *
 * 200 take half a minute, so they are run by whoever refactors: `SAME_BITS=200 npx vitest run tests/same-bits.test.ts`.
 */
// biome-ignore format: a table is read line by line.
const recorded: Readonly<Record<string, Readonly<Record<ActingBackend, readonly [string, string]>>>> = {
  'balance fast': { wasm: ['a0455885', '92a32720'], cpu: ['e27d9abf', 'e2268a2b'] },
  'balance sb3': { wasm: ['35fb5154', 'c823aca4'], cpu: ['91092aee', '62e6ea1f'] },
  'balance cleanrl': { wasm: ['a8a06844', '937c3773'], cpu: ['f7f4d274', '3c044527'] },
  'swing fast': { wasm: ['2c6691d2', 'e30728e0'], cpu: ['4859389d', 'ed386c45'] },
  'swing sb3': { wasm: ['93ca8f78', '21e2c723'], cpu: ['4680ba25', 'ba299e96'] },
  'swing cleanrl': { wasm: ['8a47aa92', 'f194d877'], cpu: ['ec0be9df', '2f77758f'] },
  'volley fast': { wasm: ['70acce39', '77f60fc9'], cpu: ['9a73411e', 'a441e12a'] },
  'volley sb3': { wasm: ['85dd8e54', '4b724db5'], cpu: ['614298ef', '76291eaf'] },
  'volley cleanrl': { wasm: ['99ec3cf6', 'b96bd2ea'], cpu: ['ed07fc42', 'c21fed42'] },
};

const isLong = process.env['SAME_BITS'] === '200';
const updates = isLong ? 200 : 20;
/** No whole number of blocks of 64. */
const minibatchSize = 72;

/** The preset, with rollouts that are short enough to learn from many of them in a moment. */
function shortened(preset: Hyperparameters): Hyperparameters {
  const arenas = Math.min(4, preset.arenas);
  const rolloutLength = (2 * minibatchSize) / arenas;
  return { ...preset, arenas, rolloutLength, minibatchSize, epochs: 1, pastInterval: 5 };
}

async function learned(simulation: Simulation, preset: Hyperparameters, acting: ActingBackend) {
  const spec = environmentSpec(simulation);
  const hyperparameters = shortened(preset);
  const clock = () => 0;
  const learner = Learner.create({
    spec,
    hyperparameters,
    clock,
    breathe: async () => {},
    backend: hostBackends[acting],
  });
  let left = updates;
  const collector = new Collector({
    environment: createVectorEnvironment(simulation, hyperparameters),
    actor: new Actor({
      spec,
      hyperparameters,
      snapshot: learner.snapshot(),
      acting,
      opponents: { past: [], scripted: simulation.scriptedPlayers ?? [] },
    }),
    decisionIntervalTicks: hyperparameters.decisionIntervalTicks,
    firstArena: 0,
    clock,
  });
  await trainCollected({
    collectors: [collector],
    learner,
    maxDecisions: Number.POSITIVE_INFINITY,
    onUpdate: () => left--,
    shouldStop: () => left === 0,
  });
  const { parameters, adamMean, adamVariance, past, normalisation } = learner.trainingState();
  learner.dispose();
  const statistics = [normalisation.observations, normalisation.rewards].flatMap((each) =>
    each === null ? [] : [Float64Array.from(each.mean)],
  );
  return hashNumbers([
    parameters,
    adamMean,
    adamVariance,
    ...past.map((policy) => policy.parameters),
    ...statistics,
  ]);
}

describe('learning comes to the same bits', () => {
  for (const { id: game } of games) {
    for (const preset of ['fast', 'sb3', 'cleanrl'] as const) {
      for (const acting of ['wasm', 'cpu'] as const) {
        it(`${game}, ${preset}, ${acting}`, async () => {
          const { simulation, presets } = await loadGame(game);
          expect(await learned(simulation, presets[preset], acting)).toBe(
            recorded[`${game} ${preset}`]?.[acting][isLong ? 1 : 0],
          );
        });
      }
    }
  }
});
