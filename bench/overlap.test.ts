import { expect, it } from 'vitest';
import { hostBackends } from '../src/agent/update-backend';
import { sb3Hyperparameters } from '../src/contract';
import { gatherBeside } from './gather-beside';
import { openGatherer } from './gathering';
import { type RunPlace, type SeedRun, type TrainedSeed, trainSeed } from './learn-run';

const run: SeedRun = {
  game: 'swing', // whose fast preset normalises observations
  preset: 'fast',
  overrides: { collectors: '2', hiddenSizes: [8], epochs: 1, rolloutLength: 32 },
  backend: 'cpu',
  seed: 7,
  steps: 3_000,
  threshold: 0,
  stopAtThreshold: false,
  overlap: true,
};
const place: RunPlace = {
  backend: hostBackends.cpu,
  acting: 'cpu',
  clock: () => 0,
  breathe: () => Promise.resolve(),
  onProgress: () => {},
};

/** What a run came to, but for the one figure that tells of the clock, which that thread has for itself. */
const withoutPace = ({ points, ...rest }: TrainedSeed) => ({
  ...rest,
  points: points.map(({ values: { decisionsPerSecond: _pace, ...values }, ...point }) => ({
    ...point,
    values,
  })),
});

it('acting in a thread of its own is the same run to the bit as acting in turns, one update behind', async () => {
  const inOneThread = await trainSeed(run, place);
  const beside = await trainSeed(run, { ...place, gatherBeside });
  expect(withoutPace(beside)).toEqual(withoutPace(inOneThread));
  expect(beside.policy.version).toBeGreaterThan(2);
  const lockstep = await trainSeed({ ...run, overlap: false }, place);
  expect(lockstep.policy.parameters).not.toEqual(inOneThread.policy.parameters);
});

it('why that thread cannot begin is told in its words', async () => {
  const start = { game: 'nothing', hyperparameters: sb3Hyperparameters, acting: 'cpu' as const };
  const snapshot = { version: 0, parameters: new Float32Array(0) };
  const here = await openGatherer({ ...start, snapshot }, () => 0).catch((error: unknown) => error);
  await expect(gatherBeside({ ...start, snapshot })).rejects.toThrow((here as Error).message);
});
