import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import * as tf from '@tensorflow/tfjs-core';
import { createPlainTrainer, isFmaAvailable } from '../src/agent/analytic-trainer';
import { createFusedTrainer, createSlicedTrainer } from '../src/agent/fused-trainer';
import { filledBySlices, wholeGradient } from '../src/agent/kernels/webgl/gradient-slices';
import type { TrainingBatch } from '../src/agent/minibatch';
import { type CreateTrainer, type MinibatchTrainer, takeStep } from '../src/agent/minibatch-trainer';
import { initialiseParameters, type PolicyLayout, policyLayout } from '../src/agent/policy';
import { createAutodiffTrainer } from '../src/agent/ppo';
import { shardedTrainer } from '../src/agent/sharded-trainer';
import type { ShardThreads } from '../src/agent/shards/team';
import { ppoUpdate } from '../src/agent/update';
import {
  type BackendName,
  emptyLearned,
  type Hyperparameters,
  type SimdKernels,
  spaceSizes,
} from '../src/contract';
import { balancePresets } from '../src/game/balance/presets';
import { balance } from '../src/game/balance/simulation';
import { environmentSpec } from '../src/game/engine/vector-environment';
import { SeededRandom } from '../src/random/seeded-random';
import { ShardWorkers } from '../src/workers/shard-workers';
import { createYield } from '../src/workers/yield';
import { createFewOperationsTrainer } from './candidates/few-operations-trainer';

/** The ways in which a gradient step can be computed, on each backend; the last is how agents compute it. */
export const updatePaths = {
  webgl: ['autodiff', 'fused, whole sums', 'fused, in slices', 'fused'],
  wasm: ['autodiff', 'few operations', 'analytic, plain SIMD', 'analytic'],
  cpu: ['autodiff', 'analytic'],
} as const satisfies Record<BackendName, readonly string[]>;
export type UpdatePath = (typeof updatePaths)[BackendName][number];

/** What is measured: one update of Balance's nets (64×64, tanh) over 2,048 decisions. */
export interface UpdateSubject {
  readonly backend: BackendName;
  readonly path: UpdatePath;
  readonly minibatch: number;
  /** Passes over the 2,048 decisions. */
  readonly epochs: number;
  /** Threads that share in it; 1 unless told. */
  readonly shards?: number;
}

/** One update, as measured. */
export interface UpdateSample {
  readonly minibatches: number;
  /** Wall time of the whole update, weights and statistics read back included, milliseconds. */
  readonly updateMs: number;
  /** Of that, how long the worker's thread was busy in the trainer's calls, milliseconds. */
  readonly busyMs: number;
  /** GPU programs run a minibatch; on backends without a GPU, tfjs kernels. */
  readonly programs: number;
  /** tfjs kernels run a minibatch. */
  readonly kernels: number;
  /** Which of our WebAssembly kernels ran; null where none did. */
  readonly simd: SimdKernels | null;
}

const batchSize = 2_048;
const settings: Hyperparameters = balancePresets.sb3;

/**
 * Runs one update on made-up data on the backend that is open, after one minibatch that compiles what is missing and
 * counts kernels.
 *
 * @param clock wall time, milliseconds.
 */
export async function sampleUpdate(subject: UpdateSubject, clock: () => number): Promise<UpdateSample> {
  const spec = environmentSpec(balance);
  const layout = policyLayout(spec, settings);
  const random = SeededRandom.fromSeed(1);
  const batch = madeUpBatch(layout, random);
  const plan = { ...settings, minibatchSize: subject.minibatch, epochs: subject.epochs };
  const threads = await threadsOf(subject.shards ?? 1);
  const trainer = createTrainer(subject, threads, layout, random);
  try {
    const counts = await countWork(trainer, batch, subject.minibatch);
    const timed = timedTrainer(trainer, clock);
    const startMs = clock();
    const { minibatches } = await ppoUpdate(timed.trainer, batch, plan, random, createYield());
    return {
      minibatches,
      updateMs: clock() - startMs,
      busyMs: timed.busyMs(),
      ...counts,
      simd: simdOf(subject),
    };
  } finally {
    trainer.dispose();
  }
}

/** Kept: the next sample comes back to those that are compiled. */
const keptThreads = new Map<number, ShardWorkers>();

async function threadsOf(shards: number): Promise<ShardThreads> {
  const kept = keptThreads.get(shards);
  if (kept !== undefined) return kept;
  const threads = new ShardWorkers(() => {
    throw new Error('A thread that was to share in an update was lost.');
  });
  threads.count = shards - 1;
  keptThreads.set(shards, threads);
  await threads.listening();
  return threads;
}

function createTrainer(
  { backend, path }: UpdateSubject,
  threads: ShardThreads,
  layout: PolicyLayout,
  random: SeededRandom,
): MinibatchTrainer {
  const zeros = () => new Float32Array(layout.parameterCount);
  const state = {
    parameters: initialiseParameters(layout, random, settings.initialLogStd),
    adamMean: zeros(),
    adamVariance: zeros(),
    adamSteps: 0,
  };
  switch (path) {
    case 'autodiff':
      return createAutodiffTrainer(layout, state);
    case 'fused':
      return createFusedTrainer(layout, state);
    case 'fused, whole sums':
      return createSlicedTrainer(layout, state, () => wholeGradient);
    case 'fused, in slices':
      return createSlicedTrainer(layout, state, filledBySlices);
    case 'few operations':
      return createFewOperationsTrainer(layout, state);
    case 'analytic':
    case 'analytic, plain SIMD':
      return createAnalytic(simdOf({ backend, path }), threads)(layout, state);
  }
}

function createAnalytic(simd: SimdKernels | null, threads: ShardThreads): CreateTrainer {
  return simd === null ? createPlainTrainer : shardedTrainer(simd, threads);
}

/** Which of our WebAssembly kernels run for it. */
function simdOf({ backend, path }: Pick<UpdateSubject, 'backend' | 'path'>): SimdKernels | null {
  if (backend !== 'wasm' || !path.startsWith('analytic')) return null;
  return path === 'analytic' && isFmaAvailable() ? 'fma' : 'plain';
}

/** Steps of a policy that likes all actions equally, with plausible advantages and returns. */
export function madeUpBatch(layout: PolicyLayout, random: SeededRandom): TrainingBatch {
  const normals = (count: number) => Float32Array.from({ length: count }, () => random.normal());
  return {
    ...emptyLearned(spaceSizes(layout.observationSize, layout.actionSpace), batchSize),
    size: batchSize,
    observations: normals(batchSize * layout.observationSize),
    actions: Float32Array.from({ length: batchSize }, () => random.below(2)),
    logProbabilities: new Float32Array(batchSize).fill(Math.log(0.5)),
    values: normals(batchSize),
    estimates: { advantages: normals(batchSize), returns: normals(batchSize) },
    onVersion: new Uint8Array(batchSize).fill(1),
  };
}

async function countWork(trainer: MinibatchTrainer, batch: TrainingBatch, minibatch: number) {
  const indices = Int32Array.from({ length: minibatch }, (_, row) => row);
  const minibatches = [indices, indices, indices];
  trainer.begin({ batch, minibatches, settings: { ...settings, largestKl: Number.POSITIVE_INFINITY } });
  // The first step compiles; the second is as all later ones.
  takeStep(trainer);
  let runs = 0;
  const stopCounting = countGpuPrograms(() => {
    runs += 1;
  });
  takeStep(trainer);
  const programs = runs;
  stopCounting?.();
  const { kernels } = await tf.profile(() => takeStep(trainer));
  await trainer.finish();
  return { programs: stopCounting === null ? kernels.length : programs, kernels: kernels.length };
}

/** Calls `onRun` for each program that the WebGL backend runs. @returns what ends it; null on other backends. */
function countGpuPrograms(onRun: () => void): (() => void) | null {
  if (tf.getBackend() !== 'webgl') return null;
  const { gpgpu } = tf.backend() as MathBackendWebGL;
  const run = gpgpu.executeProgram.bind(gpgpu);
  gpgpu.executeProgram = () => {
    onRun();
    run();
  };
  return () => {
    gpgpu.executeProgram = run;
  };
}

/** The same trainer, with the time counted for which its calls keep the thread from anything else. */
function timedTrainer(trainer: MinibatchTrainer, clock: () => number) {
  let busyMs = 0;
  const timed = <Result>(call: () => Result): Result => {
    const startMs = clock();
    const result = call();
    busyMs += clock() - startMs;
    return result;
  };
  const wrapped: MinibatchTrainer = {
    begin: (update) => timed(() => trainer.begin(update)),
    step: () => timed(() => trainer.step()),
    settle: () => trainer.settle(),
    hasStopped: () => trainer.hasStopped(),
    finish: () => timed(() => trainer.finish()),
    dispose: () => trainer.dispose(),
  };
  return { trainer: wrapped, busyMs: () => busyMs };
}
