import { expect, it } from 'vitest';
import { encodeTrainingState } from '../agent/checkpoint';
import { Learner } from '../agent/learner';
import { hostBackends } from '../agent/update-backend';
import { sb3Hyperparameters } from '../contract';
import { balance } from '../game/balance/simulation';
import { environmentSpec } from '../game/engine/vector-environment';
import { ComparisonHost } from './comparison-host';

const hyperparameters = {
  ...sb3Hyperparameters,
  arenas: 8,
  rolloutLength: 64,
  epochs: 1,
  minibatchSize: 512,
  hiddenSizes: [8],
  rewardWeights: { upright: 1, centred: 0 },
};
const run = { game: 'balance', hyperparameters, decisions: 4_096, from: null };
const host = new ComparisonHost([balance]);

it('the same seed and state give the same curve, told as it goes', async () => {
  const told: unknown[] = [];
  const first = await host.train(run, (point) => told.push(point));
  expect(first.length).toBeGreaterThan(3);
  expect(told).toEqual(first);
  expect(await host.train(run, () => {})).toEqual(first);
  const otherSeed = { ...run, hyperparameters: { ...hyperparameters, seed: 2 } };
  expect(await host.train(otherSeed, () => {})).not.toEqual(first);
});

it('goes on from a state, counting from there', async () => {
  const learner = Learner.create({
    spec: environmentSpec(balance),
    hyperparameters,
    clock: () => 0,
    breathe: async () => {},
    backend: hostBackends.cpu,
  });
  const state = { ...learner.trainingState(), decisions: 100_000, version: 7, updates: 7 };
  learner.dispose();
  const points = await host.train({ ...run, from: encodeTrainingState(state) }, () => {});
  expect(points.at(-1)?.decisions).toBe(4_096);
});

it('refuses a game that it does not know', async () => {
  await expect(host.train({ ...run, game: 'chess' }, () => {})).rejects.toThrow(/chess/);
});
