import { adamDecays, normEpsilon } from './adam-constants';
import {
  blockRows,
  layOutNetwork,
  layOutSlopes,
  pad,
  paddedLayout,
  runBackward,
  runForward,
  transposeKernels,
  unpad,
  view,
} from './dense-network';
import { knownEstimates } from './estimates';
import type { Allocate, CreateKernels } from './kernels/kernels';
import { createPlainKernels } from './kernels/plain/kernels';
import { createSimdKernels, isSimdAvailable } from './kernels/simd/kernels';
import type { EstimatedBatch } from './minibatch';
import { MinibatchLoss } from './loss/minibatch-loss';
import {
  type CreateTrainer,
  type MinibatchTrainer,
  rowOperations,
  type StatisticsRow,
  type TrainerState,
  type TrainerUpdate,
  untilStopped,
} from './minibatch-trainer';
import { boundLogStd, logStdName, type PolicyLayout } from './policy';

export { isSimdAvailable };

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
 * PPO's gradient written out: forward through both nets, slopes of the loss at their outputs, backward through the
 * nets, then the clipped step of Adam. One minibatch runs a block of rows at a time, so that memory does not grow with
 * it and activations stay in the cache.
 *
 * @param state copied.
 */
function createAnalyticTrainer(
  createKernels: CreateKernels,
  layout: PolicyLayout,
  state: TrainerState,
): MinibatchTrainer {
  const padded = paddedLayout(layout);
  const { kernels, arrays } = createKernels((allocate) => layOutTrainer(allocate, layout));
  const { parameters, mean, variance, gradient, observations, actor, critic, logStd } = arrays;
  const loss = new MinibatchLoss(layout.actionSpace);
  const headBlock = {
    outputs: actor.layers.at(-1)!.outputs, // a net has a head
    values: critic.layers.at(-1)!.outputs,
    logStd,
    outputSlopes: arrays.actorSlopes.at(-1)!.outputs,
    valueSlopes: arrays.criticSlopes.at(-1)!.outputs,
  };
  pad(padded, state.parameters, parameters);
  pad(padded, state.adamMean, mean);
  pad(padded, state.adamVariance, variance);
  let steps = state.adamSteps;
  let update: (TrainerUpdate & { readonly batch: EstimatedBatch }) | null = null;
  let rows: StatisticsRow[] = [];
  let stopped = false;
  /** Of the minibatch whose gradient is under way: the first that has not been added. */
  let row = 0;
  const rowsAtOnce = partRows(layout);

  /** Begins the gradient of a minibatch's loss. */
  function beginGradient(indices: Int32Array): void {
    gradient.fill(0);
    transposeKernels(kernels, actor, arrays.actorSlopes);
    transposeKernels(kernels, critic, arrays.criticSlopes);
    const { batch, settings } = update!;
    loss.begin({ batch, indices, settings });
  }

  /** Adds what up to a block of a minibatch's rows adds to the gradient, from `first` on. */
  function addBlock(indices: Int32Array, first: number): void {
    const { batch } = update!;
    const count = Math.min(blockRows, indices.length - first);
    gatherRows(batch.observations, layout.observationSize, indices, first, count, observations);
    runForward(kernels, actor, observations, count);
    runForward(kernels, critic, observations, count);
    loss.addBlock(first, count, headBlock);
    runBackward(kernels, actor, arrays.actorSlopes, observations, count);
    runBackward(kernels, critic, arrays.criticSlopes, observations, count);
  }

  /** The gradient is complete. @returns what the minibatch reports. */
  function endGradient(): StatisticsRow {
    arrays.logStdSlopes.set(loss.logStdSlopes);
    return { ...loss.statistics(), gradientNorm: Math.sqrt(kernels.squaredNorm(gradient)) };
  }

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
    kernels.adamStep(step, parameters, mean, variance, gradient);
    boundLogStd(logStd);
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
      const indices = update!.minibatches.at(rows.length)!; // one is asked for a minibatch
      if (row === 0) beginGradient(indices);
      const end = Math.min(indices.length, row + rowsAtOnce);
      for (; row < end; row += blockRows) addBlock(indices, row);
      if (row < indices.length) return false;
      row = 0;
      const statistics = endGradient();
      rows.push(statistics);
      stopped = statistics.approximateKl > update!.settings.largestKl;
      if (!stopped) applyGradient(statistics.gradientNorm);
      return true;
    },

    settle: async () => {},

    hasStopped: async () => stopped,

    async finish() {
      const { batch, settings } = update!;
      const { statistics, stoppedEarly } = untilStopped(rows, settings.largestKl);
      update = null;
      return {
        parameters: unpad(padded, parameters),
        adamMean: unpad(padded, mean),
        adamVariance: unpad(padded, variance),
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

function layOutTrainer(allocate: Allocate, layout: PolicyLayout) {
  const padded = paddedLayout(layout);
  const logStd = padded.blocks.find(({ block }) => block.name === logStdName);
  const parameters = allocate(padded.size);
  const gradient = allocate(padded.size);
  const logStdOf = (numbers: Float32Array) => (logStd ? view(logStd, numbers) : new Float32Array(0));
  return {
    parameters,
    mean: allocate(padded.size),
    variance: allocate(padded.size),
    gradient,
    observations: allocate(blockRows * layout.observationSize),
    actor: layOutNetwork(allocate, layout, 'actor', parameters),
    actorSlopes: layOutSlopes(allocate, layout, 'actor', gradient),
    critic: layOutNetwork(allocate, layout, 'critic', parameters),
    criticSlopes: layOutSlopes(allocate, layout, 'critic', gradient),
    logStd: logStdOf(parameters),
    logStdSlopes: logStdOf(gradient),
  };
}

/** Copies `count` rows of `table` `[M, width]`, those at `indices` from `first` on, into `into` `[count, width]`. */
function gatherRows(
  table: Float32Array,
  width: number,
  indices: Int32Array,
  first: number,
  count: number,
  into: Float32Array,
): void {
  for (let row = 0; row < count; row++) {
    const start = indices[first + row]! * width;
    for (let i = 0; i < width; i++) into[row * width + i] = table[start + i]!;
  }
}
