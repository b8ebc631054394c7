import {
  type ActingBackend,
  type BackendName,
  type BackendTiming,
  type Hyperparameters,
  policyOutputSize,
} from '../contract';
import { SeededRandom } from '../random/seeded-random';
import { partRows } from './analytic-trainer';
import { madeUpBatch } from './made-up-batch';
import { type CreateTrainer, type MinibatchTrainer, rowOperations, takeStep } from './minibatch-trainer';
import type { PolicyLayout } from './policy';
import { createSnapshot } from './snapshot';

/** What is timed together takes at least this long, since browsers' clocks tell tenths of a millisecond at best. */
const shortestBlockMs = 3;
const fewestStepsPerBlock = 4;
const mostStepsPerBlock = 64;
const blocks = 3;
/** A single step that takes this long is timing enough. */
const longStepMs = 40;
const fewestDecisionsPerBlock = 20;
/** Larger minibatches are timed on fewer rows, so that no backend takes seconds. */
const mostOperationsTimed = 3e7;

/**
 * Times one minibatch's gradient step on throw-away weights of the run's own sizes.
 *
 * A minibatch that would take too long is not timed whole, but at two smaller sizes: a line through them leads to it,
 * so that what a backend takes for any minibatch is not multiplied along.
 *
 * What it takes to hear that a graphics device is done is not counted: in an update many steps share it, and waiting is
 * no work.
 *
 * @param clock wall time, milliseconds.
 * @returns milliseconds a minibatch.
 */
export async function timeMinibatch(
  createTrainer: CreateTrainer,
  layout: PolicyLayout,
  hyperparameters: Hyperparameters,
  clock: () => number,
): Promise<number> {
  const { minibatchSize } = hyperparameters;
  const mostRows = Math.max(32, Math.floor(mostOperationsTimed / rowOperations(layout)));
  const timed = (rows: number) => timeRows(createTrainer, layout, hyperparameters, rows, clock);
  if (minibatchSize <= mostRows) return timed(minibatchSize);
  const fewRows = Math.floor(mostRows / 2);
  const fewMs = await timed(fewRows);
  const mostMs = await timed(mostRows);
  const msPerRow = Math.max(0, mostMs - fewMs) / (mostRows - fewRows);
  return mostMs + msPerRow * (minibatchSize - mostRows);
}

/**
 * The first step compiles and is left out. Of several blocks the quickest counts, since whatever else a machine does can
 * only add to it.
 */
async function timeRows(
  createTrainer: CreateTrainer,
  layout: PolicyLayout,
  hyperparameters: Hyperparameters,
  rows: number,
  clock: () => number,
): Promise<number> {
  const steps = 2 + blocks * mostStepsPerBlock;
  const trainer = throwAwayTrainer(createTrainer, layout, hyperparameters, rows, steps);
  try {
    await timeSteps(trainer, 1, clock);
    const { stepMs: singleMs, idleMs } = await timeSteps(trainer, 1, clock);
    if (singleMs >= longStepMs) return singleMs;
    // The clock may well have seen no time pass, and latency is uneven.
    const blockMs = Math.max(shortestBlockMs, 2 * idleMs);
    const wished = Math.ceil(blockMs / Math.max(singleMs, 0.01));
    const stepsPerBlock = Math.min(mostStepsPerBlock, Math.max(fewestStepsPerBlock, wished));
    let quickest = Number.POSITIVE_INFINITY;
    for (let block = 0; block < blocks; block++) {
      quickest = Math.min(quickest, (await timeSteps(trainer, stepsPerBlock, clock)).stepMs);
    }
    return quickest;
  } finally {
    trainer.dispose();
  }
}

/** What a step takes, and for how long nothing was done before that was known. */
async function timeSteps(trainer: MinibatchTrainer, steps: number, clock: () => number) {
  const startMs = clock();
  for (let step = 0; step < steps; step++) takeStep(trainer);
  const idleMs = await trainer.settle();
  return { stepMs: Math.max(0, clock() - startMs - idleMs) / steps, idleMs };
}

/** A trainer of throw-away weights that has begun an update of so many steps, each over the same made-up rows. */
export function throwAwayTrainer(
  createTrainer: CreateTrainer,
  layout: PolicyLayout,
  hyperparameters: Hyperparameters,
  rows: number,
  steps: number,
): MinibatchTrainer {
  const random = SeededRandom.fromSeed(0);
  const batch = madeUpBatch(layout, rows, random);
  const minibatch = Int32Array.from({ length: rows }, (_, row) => row);
  const zeros = () => new Float32Array(layout.parameterCount);
  const trainer = createTrainer(layout, {
    parameters: throwAwayParameters(layout, random),
    adamMean: zeros(),
    adamVariance: zeros(),
    adamSteps: 0,
  });
  trainer.begin({
    batch,
    minibatches: Array.from({ length: steps }, () => minibatch),
    settings: { ...hyperparameters, largestKl: Number.POSITIVE_INFINITY },
  });
  return trainer;
}

/** Small numbers; drawing orthogonal matrices would take large nets longer than the timing. */
function throwAwayParameters(layout: PolicyLayout, random: SeededRandom): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: layout.parameterCount }, () => 0.2 * random.uniform() - 0.1);
}

/** Of the slowest machine that is thought of: plain JavaScript on an old phone. */
const slowestOperationsPerMs = 3e5;

/**
 * For how long a thread may be deaf at most: a part of one minibatch's gradient step, which cannot be interrupted.
 *
 * @returns milliseconds.
 */
export function longestStepMs(layout: PolicyLayout, minibatchSize: number): number {
  return (Math.min(minibatchSize, partRows(layout)) * rowOperations(layout)) / slowestOperationsPerMs;
}

/**
 * Times one decision of all arenas on throw-away weights.
 *
 * @param clock wall time, milliseconds.
 * @returns milliseconds a decision.
 */
export function timeDecision(
  acting: ActingBackend,
  layout: PolicyLayout,
  arenas: number,
  clock: () => number,
): number {
  const random = SeededRandom.fromSeed(0);
  const parameters = throwAwayParameters(layout, random);
  const snapshot = createSnapshot(layout, { version: 0, parameters }, acting);
  const { observations } = madeUpBatch(layout, arenas, random);
  const outputs = new Float32Array(arenas * policyOutputSize(layout.actionSpace));
  const values = new Float32Array(arenas);
  let quickest = Number.POSITIVE_INFINITY;
  let decisionsPerBlock = fewestDecisionsPerBlock;
  for (let block = 0; block < blocks; ) {
    const startMs = clock();
    for (let decision = 0; decision < decisionsPerBlock; decision++) {
      snapshot.forward(observations, arenas, outputs, values);
    }
    const elapsedMs = clock() - startMs;
    if (elapsedMs < shortestBlockMs) {
      decisionsPerBlock *= 2;
      continue;
    }
    quickest = Math.min(quickest, elapsedMs / decisionsPerBlock);
    block++;
  }
  return quickest;
}

/** The backend that a job took the least time on; the first of equals. Null where none was timed. */
export function fastest(timings: readonly BackendTiming[], job: BackendTiming['job']): BackendName | null {
  const ofJob = timings.filter((timing) => timing.job === job);
  const [first, ...others] = ofJob;
  if (first === undefined) return null;
  return others.reduce((best, each) => (each.milliseconds < best.milliseconds ? each : best), first).backend;
}
