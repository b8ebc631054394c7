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
  'balance fast': { wasm: ['49b66bbe', 'bc48f9cd'], cpu: ['09190bae', '270ea32e'] },
  'balance sb3': { wasm: ['a684eac5', '7a647040'], cpu: ['fa6685df', '633acea1'] },
  'balance cleanrl': { wasm: ['566629e7', 'ffb71a1b'], cpu: ['5c5757e3', '6b0e4f14'] },
  'swing fast': { wasm: ['231b4282', '6340b353'], cpu: ['1d2e5d76', '58a99e0a'] },
  'swing sb3': { wasm: ['e5c0b02c', '6e53d626'], cpu: ['0a3d3956', 'd754f04f'] },
  'swing cleanrl': { wasm: ['c47703be', '5caf833e'], cpu: ['999dc883', '05024c4d'] },
  'volley fast': { wasm: ['34678f25', '35b4e64f'], cpu: ['7f178a34', 'edf1e38c'] },
  'volley sb3': { wasm: ['17a221af', 'adbaed45'], cpu: ['b183e133', 'ad4c79f5'] },
  'volley cleanrl': { wasm: ['a77b1abb', '084800ca'], cpu: ['1063a1df', 'a7a9ca1e'] },
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
