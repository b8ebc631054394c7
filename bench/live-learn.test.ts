// First of all: in Node, Phaser needs them.
import '../src/phaser/stand-ins';
import '../examples/flap/flap';
import { expect, it } from 'vitest';
import { hostBackends } from '../src/agent/update-backend';
import { runSeed, type SeedRun } from './learn-run';

const run: SeedRun = {
  game: 'flap',
  preset: 'own',
  overrides: { rolloutLength: 512, epochs: 2, hiddenSizes: [16] },
  backend: 'wasm',
  seed: 1,
  steps: 20_000,
  threshold: 1,
  stopAtThreshold: true,
  overlap: false,
};

it('a live game is learned headless until its goal is reached', async () => {
  let nowMs = 0;
  const result = await runSeed(run, {
    backend: hostBackends.wasm,
    acting: 'wasm',
    clock: () => ++nowMs,
    breathe: () => Promise.resolve(),
    onProgress: () => {},
  });
  expect(result.toThreshold).toBeLessThan(20_000);
  expect(result.wallSecondsToThreshold).toBeLessThanOrEqual(result.wallSeconds);
  expect(result.curve.length).toBe(Math.floor(result.toThreshold! / 1_000));
});
