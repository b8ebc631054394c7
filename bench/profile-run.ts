import { createFmaTrainer, createSimdTrainer } from '../src/agent/analytic-trainer';
import { knownEstimates } from '../src/agent/estimates';
import { pad } from '../src/agent/graph/padded-parameters';
import { type Call, compile } from '../src/agent/graph/plan';
import { allocateAll, arrayAt, bindCalls } from '../src/agent/graph/run-plan';
import type { AdamStep, CreateKernels } from '../src/agent/kernels/kernels';
import { createFmaKernels, createSimdKernels } from '../src/agent/kernels/simd/kernels';
import { MinibatchLoss } from '../src/agent/loss/minibatch-loss';
import { gatherRows } from '../src/agent/minibatch-gradient';
import type { CreateTrainer } from '../src/agent/minibatch-trainer';
import { initialiseParameters, policyLayout } from '../src/agent/policy';
import type { Hyperparameters, SimdKernels } from '../src/contract';
import { balancePresets } from '../src/game/balance/presets';
import { balance } from '../src/game/balance/simulation';
import { environmentSpec } from '../src/game/engine/vector-environment';
import { SeededRandom } from '../src/random/seeded-random';
import { madeUpBatch } from './update-run';

/** What is taken apart: one minibatch's step of Balance's nets (64×64, tanh) on WebAssembly. */
export interface ProfileSubject {
  readonly minibatch: number;
  readonly simd: SimdKernels;
}

/** What a part of the step takes of a minibatch. */
export interface ProfilePart {
  readonly part: string;
  readonly microseconds: number;
}

export const wholeStep = 'the whole step';

const forms: Readonly<Record<SimdKernels, { kernels: CreateKernels; trainer: CreateTrainer }>> = {
  plain: { kernels: createSimdKernels, trainer: createSimdTrainer },
  fma: { kernels: createFmaKernels, trainer: createFmaTrainer },
};

/** Kernels, and what JavaScript does between them, in words. */
const names: Readonly<Record<string, string>> = {
  dense: 'products, forward',
  denseWeightSlopes: 'products, weights’ slopes',
  denseInputSlopes: 'products, inputs’ slopes',
  addRows: 'biases’ slopes',
  transpose: 'transposed kernels',
  activate: 'tanh',
  activationSlopes: 'tanh’s slopes',
  clear: 'clearing of slopes',
};

const settings: Hyperparameters = balancePresets.sb3;
const layout = policyLayout(environmentSpec(balance), settings);
/** Clocks of browsers tell 5 µs at best, often 100. */
const shortestLapMs = 4;

/**
 * Each kind of kernel call of a step, and what JavaScript does in it, run again and again by itself, by turns; and the
 * whole step, for what the parts do not add up to. By themselves parts find their numbers in the cache.
 *
 * @param clock milliseconds.
 * @returns of the quickest round, since whatever else a machine does can only add; the whole step last.
 */
export function profileStep(
  subject: ProfileSubject,
  clock: () => number,
  rounds = 7,
): readonly ProfilePart[] {
  const parts = [...partsOf(subject), wholePart(subject)];
  const laps = parts.map(({ run }) => lapsWorthTiming(run, clock));
  const samples = parts.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    parts.forEach(({ run, perMinibatch }, index) => {
      const count = laps[index]!;
      const startMs = clock();
      for (let lap = 0; lap < count; lap++) run();
      samples[index]!.push(((clock() - startMs) / count) * perMinibatch * 1_000);
    });
  }
  return parts.map(({ part }, index) => ({ part, microseconds: Math.min(...samples[index]!) }));
}

interface Part {
  readonly part: string;
  readonly run: () => void;
  /** How often a minibatch runs it. */
  readonly perMinibatch: number;
}

function lapsWorthTiming(run: () => void, clock: () => number): number {
  for (let laps = 1; ; laps *= 2) {
    const startMs = clock();
    for (let lap = 0; lap < laps; lap++) run();
    if (clock() - startMs >= shortestLapMs) return laps;
  }
}

function partsOf({ minibatch, simd }: ProfileSubject): readonly Part[] {
  const plan = compile(layout.graph);
  const { kernels, arrays } = forms[simd].kernels((allocate) => ({
    mean: allocate(plan.counts.parameters),
    variance: allocate(plan.counts.parameters),
    ...allocateAll(allocate, plan),
  }));
  const random = SeededRandom.fromSeed(4);
  pad(plan.parameters, initialiseParameters(layout, random, settings.initialLogStd), arrays.parameters);
  const batch = madeUpBatch(layout, random);
  const indices = Int32Array.from({ length: minibatch }, (_, row) => row);
  const rows = Math.min(plan.rows, minibatch);
  const blocks = Math.ceil(minibatch / plan.rows);
  const adam: AdamStep = { gradientScale: 0.5, stepSize: 1e-4, varianceScale: 1, epsilon: 1e-5 };

  const gather = () =>
    gatherRows(plan.input, batch.observations, indices, 0, rows, arrayAt(arrays, plan.input));
  const forward = bindCalls(kernels, plan.forward, arrays);
  gather();
  forward(rows);
  const head = {
    outputs: arrayAt(arrays, plan.outputs.policy.rows).slice(),
    values: arrayAt(arrays, plan.outputs.value.rows).slice(),
    logStd: new Float32Array(0),
    outputSlopes: arrayAt(arrays, plan.outputs.policy.slopes).slice(),
    valueSlopes: arrayAt(arrays, plan.outputs.value.slopes).slice(),
  };
  const loss = new MinibatchLoss(layout.actionSpace);
  const learned = { ...settings, largestKl: Number.POSITIVE_INFINITY };
  const estimates = knownEstimates(batch.estimates);
  loss.begin({ batch: { ...batch, estimates }, indices, settings: learned });
  // With outputs of 0 tanh's slope is 1, so that slopes neither fade to subnormal numbers nor grow as parts are repeated.
  arrays.activations.fill(0);
  arrays.gradient.fill(0);

  const ofKernels = [...byKernel([...plan.forward, ...plan.backward, ...plan.accumulate])].map(
    ([kernel, calls]): Part => {
      const run = bindCalls(kernels, calls, arrays);
      return { part: names[kernel] ?? kernel, run: () => run(rows), perMinibatch: blocks };
    },
  );
  const refresh = bindCalls(kernels, plan.refresh, arrays);
  const { parameters, mean, variance, gradient } = arrays;
  const once = (part: string, run: () => void): Part => ({ part, run, perMinibatch: 1 });
  return [
    ...ofKernels,
    { part: 'loss, in float64', run: () => loss.addBlock(0, rows, head), perMinibatch: blocks },
    { part: 'gathering of rows', run: gather, perMinibatch: blocks },
    once('transposed kernels', () => refresh(rows)),
    once('clearing of the gradient', () => gradient.fill(0)),
    once('norm', () => void kernels.squaredNorm(gradient)),
    once('Adam', () => kernels.adamStep(adam, parameters, mean, variance, gradient)),
  ];
}

function byKernel(calls: readonly Call[]): ReadonlyMap<string, readonly Call[]> {
  const names = new Set(calls.map(({ kernel }) => kernel));
  return new Map([...names].map((name) => [name, calls.filter(({ kernel }) => kernel === name)]));
}

function wholePart({ minibatch, simd }: ProfileSubject): Part {
  const random = SeededRandom.fromSeed(5);
  const batch = madeUpBatch(layout, random);
  const zeros = () => new Float32Array(layout.parameterCount);
  const trainer = forms[simd].trainer(layout, {
    parameters: initialiseParameters(layout, random, settings.initialLogStd),
    adamMean: zeros(),
    adamVariance: zeros(),
    adamSteps: 0,
  });
  const indices = Int32Array.from({ length: minibatch }, (_, row) => row);
  trainer.begin({
    batch,
    minibatches: { length: Number.MAX_SAFE_INTEGER, at: () => indices },
    settings: { ...settings, largestKl: Number.POSITIVE_INFINITY },
  });
  return {
    part: wholeStep,
    run: () => {
      while (!trainer.step());
    },
    perMinibatch: 1,
  };
}
