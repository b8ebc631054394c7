import { expect, it } from 'vitest';
import { sb3Hyperparameters } from '../contract';
import { fastest, timeDecision, timeMinibatch } from './autopilot';
import type { CreateTrainer, TrainerUpdate } from './minibatch-trainer';
import { policyLayout } from './policy';
import { testSpaces, testSpec } from './testing/training-cases';

const spec = testSpec(testSpaces['discrete']!);

/** A trainer whose steps take made-up time: the first compiles, one is disturbed, and the device is behind. */
function fakeTrainer(compileMs: number, stepMs: number, disturbedStep = -1, msPerRow = 0, lateMs = 0) {
  let nowMs = 0;
  let queuedMs = 0;
  let steps = 0;
  const rows: number[] = [];
  let disposals = 0;
  let update: TrainerUpdate | null = null;
  const createTrainer: CreateTrainer = () => ({
    begin: (next) => {
      update = next;
      rows.push(next.minibatches.at(0)!.length);
    },
    step: () => {
      queuedMs += steps === 0 ? compileMs : steps === disturbedStep ? 10 * stepMs : stepMs;
      queuedMs += msPerRow * update!.minibatches.at(0)!.length;
      steps++;
      return true;
    },
    settle: async () => {
      nowMs += queuedMs + lateMs;
      queuedMs = 0;
      return lateMs;
    },
    hasStopped: async () => false,
    finish: () => Promise.reject(new Error('Timing reads nothing back.')),
    dispose: () => {
      disposals++;
    },
  });
  return {
    createTrainer,
    clock: () => nowMs,
    steps: () => steps,
    disposals: () => disposals,
    rows,
  };
}

it('times a step without compiling, waiting for the device, by the quickest of blocks', async () => {
  const layout = policyLayout(spec, sb3Hyperparameters);
  const fake = fakeTrainer(700, 2, 7);
  expect(await timeMinibatch(fake.createTrainer, layout, sb3Hyperparameters, fake.clock)).toBeCloseTo(2);
  expect(fake.disposals()).toBe(1);
  // 1 to compile, 1 alone, 3 blocks of 4.
  expect(fake.steps()).toBe(14);
  expect(fake.rows).toEqual([64]);
});

it('times what a device computes, not how late its fences signal', async () => {
  const layout = policyLayout(spec, sb3Hyperparameters);
  for (const lateMs of [0.5, 5, 60]) {
    const fake = fakeTrainer(700, 0.2, -1, 0, lateMs);
    const milliseconds = await timeMinibatch(fake.createTrainer, layout, sb3Hyperparameters, fake.clock);
    expect(milliseconds).toBeCloseTo(0.2);
  }
});

it('takes no more than two steps where one takes long', async () => {
  const layout = policyLayout(spec, sb3Hyperparameters);
  const fake = fakeTrainer(900, 60);
  expect(await timeMinibatch(fake.createTrainer, layout, sb3Hyperparameters, fake.clock)).toBe(60);
  expect(fake.steps()).toBe(2);
});

it('times large nets at two sizes and follows the line through them', async () => {
  const settings = { ...sb3Hyperparameters, hiddenSizes: [512, 512, 512], minibatchSize: 4096 };
  const layout = policyLayout(spec, settings);
  const fake = fakeTrainer(0, 1, -1, 0.01);
  // Six operations for each of over a million weights: 3e7 of them are less than 32 rows, the fewest that are timed.
  expect(await timeMinibatch(fake.createTrainer, layout, settings, fake.clock)).toBeCloseTo(1 + 0.01 * 4096);
  expect(fake.rows).toEqual([16, 32]);
});

it('times acting', () => {
  let calls = 0;
  const clock = () => 30 * calls++;
  const layout = policyLayout(spec, sb3Hyperparameters);
  // Two readings a block lie 30 ms apart, and a block is 20 decisions.
  expect(timeDecision('cpu', layout, 3, clock)).toBe(1.5);
});

it('chooses the least time a job, the first of equals, and nothing where nothing was timed', () => {
  const timings = [
    { job: 'update', backend: 'wasm', milliseconds: 2 },
    { job: 'update', backend: 'webgl', milliseconds: 1 },
    { job: 'update', backend: 'cpu', milliseconds: 1 },
    { job: 'act', backend: 'cpu', milliseconds: 3 },
  ] as const;
  expect(fastest(timings, 'update')).toBe('webgl');
  expect(fastest(timings, 'act')).toBe('cpu');
  expect(fastest([], 'act')).toBeNull();
});
