import { adamDecays, normEpsilon } from './adam-constants';
import { knownEstimates } from './estimates';
import { pad, unpad } from './graph/padded-parameters';
import { blockRows, compile } from './graph/plan';
import { allocateAll } from './graph/run-plan';
import type { CreateKernels } from './kernels/kernels';
import { createPlainKernels } from './kernels/plain/kernels';
import { createFmaKernels, createSimdKernels, isFmaAvailable, isSimdAvailable } from './kernels/simd/kernels';
import type { LossTermKind } from './loss/loss-term';
import { ppoTerms } from './loss/ppo-terms';
import type { EstimatedBatch } from './minibatch';
import { MinibatchGradient } from './minibatch-gradient';
import {
  type CreateTrainer,
  type MinibatchTrainer,
  rowOperations,
  type StatisticsRow,
  type TrainerState,
  type TrainerUpdate,
  untilStopped,
} from './minibatch-trainer';
import { boundLogStd, type PolicyLayout } from './policy';

export { isFmaAvailable, isSimdAvailable };

/** Some 10 ms in plain JavaScript. */
const partOperations = 3e7;

/** So many rows of a long minibatch are taken in one part of its step: whole blocks, one at least. */
export function partRows(layout: PolicyLayout): number {
  return blockRows * Math.max(1, Math.floor(partOperations / (blockRows * rowOperations(layout))));
}

/** The analytic trainer in plain loops over typed arrays. Needs nothing but the engine. */
export const createPlainTrainer: CreateTrainer = (layout, state) =>
  createAnalyticTrainer(createPlainKernels, layout, state);

/**
 * The analytic trainer in WebAssembly SIMD.
 *
 * @throws PlaytrainError `backend-unavailable` where the engine knows no WebAssembly SIMD.
 */
export const createSimdTrainer: CreateTrainer = (layout, state) =>
  createAnalyticTrainer(createSimdKernels, layout, state);

/**
 * The same with multiplications and additions fused, so that bits depend on the machine.
 *
 * @throws PlaytrainError `backend-unavailable` where the engine knows no relaxed SIMD.
 */
export const createFmaTrainer: CreateTrainer = (layout, state) =>
  createAnalyticTrainer(createFmaKernels, layout, state);

/**
 * PPO's gradient written out: the policy's graph forward, slopes of the loss at its outputs, the graph backward, then
 * the clipped step of Adam. One minibatch runs a block of rows at a time, so that memory does not grow with it and
 * activations stay in the cache.
 *
 * @param state copied.
 * @param terms of the loss.
 */
export function createAnalyticTrainer(
  createKernels: CreateKernels,
  layout: PolicyLayout,
  state: TrainerState,
  terms: readonly LossTermKind[] = ppoTerms,
): MinibatchTrainer {
  const plan = compile(layout.graph);
  const { kernels, arrays } = createKernels((allocate) => ({
    // Side by side with gradient and parameters, which Adam's step takes along with them.
    mean: allocate(plan.counts.parameters),
    variance: allocate(plan.counts.parameters),
    ...allocateAll(allocate, plan),
  }));
  const { parameters, mean, variance } = arrays;
  const minibatchGradient = new MinibatchGradient(plan, kernels, arrays, layout.actionSpace, terms);
  pad(plan.parameters, state.parameters, parameters);
  pad(plan.parameters, state.adamMean, mean);
  pad(plan.parameters, state.adamVariance, variance);
  let steps = state.adamSteps;
  let update: (TrainerUpdate & { readonly batch: EstimatedBatch }) | null = null;
  let rows: StatisticsRow[] = [];
  let stopped = false;
  /** Of the minibatch whose gradient is under way: the first that has not been added. */
  let row = 0;
  const rowsAtOnce = partRows(layout);

  /** Adam as PyTorch takes it, the gradient's global norm clipped first; log standard deviations stay within bounds. */
  function applyGradient(gradientNorm: number): void {
    const { learningRate, maxGradientNorm, adamEpsilon } = update!.settings;
    steps += 1;
    const step = {
      gradientScale: Math.min(1, maxGradientNorm / (gradientNorm + normEpsilon)),
      stepSize: learningRate / (1 - adamDecays.mean ** steps),
      varianceScale: 1 / Math.sqrt(1 - adamDecays.variance ** steps),
      epsilon: adamEpsilon,
    };
    kernels.adamStep(step, parameters, mean, variance, arrays.gradient);
    boundLogStd(minibatchGradient.logStd);
  }

  return {
    begin(next) {
      const estimates = knownEstimates(next.batch.estimates);
      update = { ...next, batch: { ...next.batch, estimates } };
      rows = [];
      row = 0;
      stopped = false;
    },

    step() {
      if (stopped) return true;
      const { batch, minibatches, settings } = update!;
      const indices = minibatches.at(rows.length)!; // one is asked for a minibatch
      if (row === 0) minibatchGradient.begin({ batch, indices, settings });
      const end = Math.min(indices.length, row + rowsAtOnce);
      for (; row < end; row += plan.rows) minibatchGradient.addBlock(row);
      if (row < indices.length) return false;
      row = 0;
      const statistics = minibatchGradient.end();
      rows.push(statistics);
      stopped = statistics.approximateKl > settings.largestKl;
      if (!stopped) applyGradient(statistics.gradientNorm);
      return true;
    },

    settle: async () => 0,

    hasStopped: async () => stopped,

    async finish() {
      const { batch, settings } = update!;
      const { statistics, stoppedEarly } = untilStopped(rows, settings.largestKl);
      update = null;
      return {
        parameters: unpad(plan.parameters, parameters),
        adamMean: unpad(plan.parameters, mean),
        adamVariance: unpad(plan.parameters, variance),
        adamSteps: steps,
        statistics,
        stoppedEarly,
        estimates: batch.estimates,
      };
    },

    dispose() {
      update = null;
    },
  };
}
