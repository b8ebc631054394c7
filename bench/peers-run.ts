import type { TrainingBatch } from '../src/agent/minibatch';
import { type CreateTrainer, type MinibatchTrainer, takeStep } from '../src/agent/minibatch-trainer';
import { initialiseParameters, policyLayout } from '../src/agent/policy';
import { createAutodiffTrainer } from '../src/agent/ppo';
import { quickHostBackend } from '../src/agent/update-backend';
import type { Hyperparameters, SimdKernels } from '../src/contract';
import { balancePresets } from '../src/game/balance/presets';
import { balance } from '../src/game/balance/simulation';
import { environmentSpec } from '../src/game/engine/vector-environment';
import { SeededRandom } from '../src/random/seeded-random';
import { openBackend } from '../src/workers/backend';
import { flatForm, plainForm } from './jax-forms';
import { gradientByHand } from './jax-gradient';
import { stackedForm } from './jax-stacked-form';
import { type CompiledJax, compileJax, compileJaxStep, createJaxTrainer, openJax } from './jax-trainer';
import { madeUpBatch } from './update-run';

export const contenders = ['ours', 'jax', 'jaxFlat', 'jaxStep', 'jaxStacked', 'jaxHand', 'tfjs'] as const;
export type Contender = (typeof contenders)[number];

/** A contender, on one thread or on several. */
export interface Lane {
  readonly contender: Contender;
  readonly threads: boolean;
}

/** Steps of PPO on Balance's nets (64×64, tanh). */
export interface PeerSubject {
  readonly contender: Contender;
  readonly minibatch: number;
  readonly steps: number;
}

const settings: Hyperparameters = { ...balancePresets.sb3, entropyCoefficient: 0.01 };
const stepSettings = { ...settings, largestKl: Number.POSITIVE_INFINITY };
const layout = policyLayout(environmentSpec(balance), settings);

const trainers: Readonly<Record<Contender, () => Promise<CreateTrainer>>> = {
  ours: async () => quickHostBackend('wasm').createTrainer,
  tfjs: async () => {
    await openBackend('wasm');
    return createAutodiffTrainer;
  },
  jax: () => openJaxTrainer(() => compileJax(plainForm, layout, settings)),
  jaxFlat: () => openJaxTrainer(() => compileJax(flatForm, layout, settings)),
  jaxStep: () => openJaxTrainer(() => compileJaxStep(flatForm, layout, settings)),
  jaxStacked: () => openJaxTrainer(() => compileJaxStep(stackedForm, layout, settings)),
  jaxHand: () =>
    openJaxTrainer(() => compileJaxStep(flatForm, layout, settings, gradientByHand(layout, settings))),
};

async function openJaxTrainer(compile: () => CompiledJax): Promise<CreateTrainer> {
  await openJax();
  const compiled = compile();
  return (_layout, state) => createJaxTrainer(compiled, state);
}

/** Which kernels ours runs here. */
export const oursSimd = (): SimdKernels | null => quickHostBackend('wasm').simd;

/** Opened and compiled once a worker. */
const opened = new Map<Contender, Promise<CreateTrainer>>();

async function createTrainer(contender: Contender): Promise<MinibatchTrainer> {
  const opening = opened.get(contender) ?? trainers[contender]();
  opened.set(contender, opening);
  const zeros = () => new Float32Array(layout.parameterCount);
  return (await opening)(layout, {
    parameters: initialiseParameters(layout, SeededRandom.fromSeed(2), settings.initialLogStd),
    adamMean: zeros(),
    adamVariance: zeros(),
    adamSteps: 0,
  });
}

/** Of which some ratios are clipped, and some are not. */
function batchOfPeers(): TrainingBatch {
  const random = SeededRandom.fromSeed(1);
  const batch = madeUpBatch(layout, random);
  return { ...batch, logProbabilities: batch.logProbabilities.map((each) => each + 0.3 * random.normal()) };
}

function* minibatchesOf(batch: TrainingBatch, size: number, count: number): Generator<Int32Array> {
  const order = Int32Array.from({ length: batch.size }, (_, row) => row);
  SeededRandom.fromSeed(3).shuffle(order);
  const perEpoch = Math.floor(batch.size / size);
  for (let step = 0; step < count; step++) {
    const start = (step % perEpoch) * size;
    yield order.slice(start, start + size);
  }
}

/**
 * Adam's running mean after one step from zeros: a tenth of the clipped gradient, whoever computes it.
 *
 * @returns `[parameterCount]`, in the policy's order.
 */
export async function firstMean(contender: Contender, minibatch: number): Promise<Float32Array> {
  const batch = batchOfPeers();
  const trainer = await createTrainer(contender);
  try {
    trainer.begin({ batch, minibatches: [...minibatchesOf(batch, minibatch, 1)], settings: stepSettings });
    takeStep(trainer);
    await trainer.settle();
    return (await trainer.finish()).adamMean;
  } finally {
    trainer.dispose();
  }
}

/**
 * Wall time a step, after some that compile what is missing.
 *
 * @param clock milliseconds.
 * @returns milliseconds.
 */
export async function samplePeer(subject: PeerSubject, clock: () => number): Promise<number> {
  const { contender, minibatch, steps } = subject;
  const batch = batchOfPeers();
  const trainer = await createTrainer(contender);
  const warmUp = 3;
  try {
    const minibatches = [...minibatchesOf(batch, minibatch, warmUp + steps)];
    trainer.begin({ batch, minibatches, settings: stepSettings });
    const take = async () => {
      takeStep(trainer);
      await trainer.settle();
    };
    for (let step = 0; step < warmUp; step++) await take();
    const startMs = clock();
    for (let step = 0; step < steps; step++) await take();
    const milliseconds = (clock() - startMs) / steps;
    await trainer.finish();
    return milliseconds;
  } finally {
    trainer.dispose();
  }
}
