import { adamDecays, normEpsilon } from './adam-constants';
import { knownEstimates } from './estimates';
import { pad, unpad } from './graph/padded-parameters';
import { blockRows, compile, type Plan } from './graph/plan';
import { allocateBlocks, type BlockArrays } from './graph/run-plan';
import type { CreateKernels, Kernels } from './kernels/kernels';
import { createPlainKernels } from './kernels/plain/kernels';
import { createFmaKernels, createSimdKernels, isFmaAvailable, isSimdAvailable } from './kernels/simd/kernels';
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
import { ShardLost, type Team } from './shards/team';

export { isFmaAvailable, isSimdAvailable };

/** Some 10 ms in plain JavaScript. */
const partOperations = 3e7;

/** So many rows of a long minibatch are taken in one part of its step: whole blocks, one at least. */
export function partRows(layout: PolicyLayout): number {
  return blockRows * Math.max(1, Math.floor(partOperations / (blockRows * rowOperations(layout))));
}

/** Where a trainer keeps its numbers and computes. */
export interface Workplace {
  readonly kernels: Kernels;
  readonly mean: Float32Array;
  readonly variance: Float32Array;
  /** One, or as many as a team takes at once. */
  readonly blocks: readonly BlockArrays<Float32Array>[];
  /** Who shares in the work; null where nobody does. */
  readonly team: Team | null;
}

/** Makes a workplace of zeros. */
export type CreateWorkplace = (plan: Plan) => Workplace;

/** One thread alone, over arrays of its own. */
export function aloneWith(createKernels: CreateKernels): CreateWorkplace {
  return (plan) => {
    const { kernels, arrays } = createKernels((allocate) => ({
      // Side by side with gradient and parameters, which Adam's step takes along with them.
      mean: allocate(plan.counts.parameters),
      variance: allocate(plan.counts.parameters),
      blocks: allocateBlocks(allocate, plan),
    }));
    return { kernels, ...arrays, team: null };
  };
}

/** The analytic trainer in plain loops over typed arrays. Needs nothing but the engine. */
export const createPlainTrainer: CreateTrainer = (layout, state) =>
  createAnalyticTrainer(aloneWith(createPlainKernels), layout, state);

/**
 * The analytic trainer in WebAssembly SIMD.
 *
 * @throws PlaytrainError `backend-unavailable` where the engine knows no WebAssembly SIMD.
 */
export const createSimdTrainer: CreateTrainer = (layout, state) =>
  createAnalyticTrainer(aloneWith(createSimdKernels), layout, state);

/**
 * The same with multiplications and additions fused, so that bits depend on the machine.
 *
 * @throws PlaytrainError `backend-unavailable` where the engine knows no relaxed SIMD.
 */
export const createFmaTrainer: CreateTrainer = (layout, state) =>
  createAnalyticTrainer(aloneWith(createFmaKernels), layout, state);

/**
 * PPO's gradient written out: the policy's graph forward, slopes of the loss at its outputs, the graph backward, then
 * the clipped step of Adam. Rows of a minibatch run a block at a time, so that activations stay in the cache; with a
 * team, as many blocks as it takes at once.
 *
 * @param state copied.
 * @param createAlone where to go on, with the same bits, once one of the team is lost.
 */
export function createAnalyticTrainer(
  createWorkplace: CreateWorkplace,
  layout: PolicyLayout,
  state: TrainerState,
  createAlone: CreateWorkplace = createWorkplace,
): MinibatchTrainer {
  const plan = compile(layout.graph);
  let place = createWorkplace(plan);
  let minibatchGradient = new MinibatchGradient(plan, place.kernels, place.blocks, layout.actionSpace);
  pad(plan.parameters, state.parameters, parametersOf(place));
  pad(plan.parameters, state.adamMean, place.mean);
  pad(plan.parameters, state.adamVariance, place.variance);
  let steps = state.adamSteps;
  let update: (TrainerUpdate & { readonly batch: EstimatedBatch }) | null = null;
  let rows: StatisticsRow[] = [];
  let stopped = false;
  /** Of the minibatch whose gradient is under way: the first that has not been added. */
  let row = 0;
  const rowsAtOnce = partRows(layout);

  /** Adds the next rows of a minibatch. @returns the first that is left. */
  function addPart(count: number): number {
    const { team } = place;
    if (team?.isWorthwhile(count)) {
      const end = Math.min(count, row + team.mostRows);
      minibatchGradient.addWave(row, end - row, team);
      return end;
    }
    const end = Math.min(count, row + rowsAtOnce);
    for (let first = row; first < end; first += plan.rows) minibatchGradient.addBlock(first);
    return end;
  }

  /** Leaves the team, with what the minibatch was begun with. */
  function leaveTeam(): void {
    const before = place;
    place = createAlone(plan);
    parametersOf(place).set(parametersOf(before));
    place.mean.set(before.mean);
    place.variance.set(before.variance);
    minibatchGradient = new MinibatchGradient(plan, place.kernels, place.blocks, layout.actionSpace);
    before.team?.giveUp();
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
    const { kernels, mean, variance, blocks } = place;
    kernels.adamStep(step, parametersOf(place), mean, variance, blocks[0]!.gradient);
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
      try {
        row = addPart(indices.length);
      } catch (error) {
        if (!(error instanceof ShardLost)) throw error;
        leaveTeam();
        row = 0;
        return false;
      }
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
        parameters: unpad(plan.parameters, parametersOf(place)),
        adamMean: unpad(plan.parameters, place.mean),
        adamVariance: unpad(plan.parameters, place.variance),
        adamSteps: steps,
        statistics,
        stoppedEarly,
        estimates: batch.estimates,
      };
    },

    dispose() {
      update = null;
      place.team?.close();
    },
  };
}

/** What all blocks share. */
function parametersOf({ blocks }: Workplace): Float32Array {
  return blocks[0]!.parameters; // there is one block at least
}
