import * as tf from '@tensorflow/tfjs-core';
import { type LearnedColumns, learnedColumns, policyOutputSize, spaceSizes, widthOf } from '../contract';
import { adamStep, createAdam, disposeAdam } from './adam';
import { type KnownEstimates, knownEstimates } from './estimates';
import type { StepSettings, TrainingBatch } from './minibatch';
import {
  type MinibatchTrainer,
  type StatisticsRow,
  statisticNames,
  type TrainerState,
  type TrainerUpdate,
  untilStopped,
} from './minibatch-trainer';
import type { PolicyLayout } from './policy';
import { readTensor } from './tensor-backend';
import { actionColumns, tensorProbabilities } from './tensor-distributions';
import { boundedLogStd, joinBlocks, parameterBlocks, policyForward } from './tensor-policy';

/**
 * Proximal policy optimisation (Schulman et al. 2017, algorithm 1, actor-critic style): loss, gradient and step of one
 * minibatch, in plain tfjs operations and autodiff, on every backend. This page is the definition; a faster trainer
 * must equal it. What draws the minibatches of all epochs, and asks for their steps, is `ppoUpdate` in `update.ts`.
 *
 * Axes: M steps of the update, B of a minibatch, P parameters.
 */

// ---- One minibatch: loss ------------------------------------------------------------------------------------------

/** A minibatch's columns, gathered from the batch: those of the table, and what its steps came to. */
interface Minibatch extends Readonly<Record<Exclude<keyof LearnedColumns, 'masks'>, tf.Tensor>> {
  readonly observations: tf.Tensor2D; // [B, obs]
  readonly actions: tf.Tensor2D; // [B, policyOutputs]
  readonly masks: tf.Tensor2D | null; // [B, policyOutputs]
  readonly logProbabilities: tf.Tensor1D; // [B], of the policy that acted
  readonly values: tf.Tensor1D; // [B], of the critic that acted along
  readonly advantages: tf.Tensor1D; // [B], normalised
  readonly returns: tf.Tensor1D; // [B]
  readonly onVersion: tf.Tensor1D; // [B]
}

/** Centred and scaled by the minibatch's own mean and unbiased standard deviation; untouched when there is but one. */
export function normaliseAdvantages(advantages: tf.Tensor1D): tf.Tensor1D {
  if (advantages.size < 2) return advantages;
  const centred = tf.sub(advantages, tf.mean(advantages));
  const variance = tf.div(tf.sum(tf.square(centred)), advantages.size - 1);
  return tf.div(centred, tf.add(tf.sqrt(variance), 1e-8));
}

/** mean(max(−A·r, −A·clip(r, 1 − ε, 1 + ε))): eq. 7 of the paper, negated. */
export function clippedPolicyLoss(
  ratios: tf.Tensor1D,
  advantages: tf.Tensor1D,
  clipRange: number,
): tf.Scalar {
  const plain = tf.mul(tf.neg(advantages), ratios);
  const clipped = tf.mul(tf.neg(advantages), tf.clipByValue(ratios, 1 - clipRange, 1 + clipRange));
  return tf.mean(tf.maximum(plain, clipped));
}

/**
 * mean((V − R)²), or the mean of the larger of that and the square of the clipped prediction's error; half of it in
 * the half form.
 */
export function criticLoss(
  values: tf.Tensor1D,
  oldValues: tf.Tensor1D,
  returns: tf.Tensor1D,
  settings: Pick<StepSettings, 'valueClip' | 'valueClipRange' | 'valueLoss'>,
): tf.Scalar {
  const { valueClip, valueClipRange, valueLoss } = settings;
  let squares = tf.square(tf.sub(values, returns));
  if (valueClip) {
    const moved = tf.clipByValue(tf.sub(values, oldValues), -valueClipRange, valueClipRange);
    squares = tf.maximum(squares, tf.square(tf.sub(tf.add(oldValues, moved), returns)));
  }
  const mean = tf.mean(squares) as tf.Scalar;
  return valueLoss === 'halfMeanSquared' ? tf.mul(mean, 0.5) : mean;
}

/**
 * L = policy loss + c_v · value loss − c_e · entropy (eq. 9 of the paper, negated), and what is reported of it.
 *
 * @returns the loss and every statistic but the gradient norm, all scalars.
 */
function minibatchLoss(
  layout: PolicyLayout,
  blocks: readonly tf.Tensor[],
  minibatch: Minibatch,
  settings: StepSettings,
): { loss: tf.Scalar; statistics: Record<Exclude<keyof StatisticsRow, 'gradientNorm'>, tf.Scalar> } {
  const outputs = policyForward(layout, blocks, minibatch.observations);
  const { logProbability, entropy } = tensorProbabilities(layout.actionSpace, outputs, minibatch);
  const logRatios = tf.sub(logProbability, minibatch.logProbabilities);
  const ratios = tf.exp(logRatios) as tf.Tensor1D;

  const policyLoss = clippedPolicyLoss(ratios, minibatch.advantages, settings.clipRange);
  const valueLoss = criticLoss(outputs.values, minibatch.values, minibatch.returns, settings);
  const loss = tf.sub(
    tf.add(policyLoss, tf.mul(valueLoss, settings.valueCoefficient)),
    tf.mul(entropy, settings.entropyCoefficient),
  ) as tf.Scalar;

  const ratioErrors = tf.abs(tf.sub(ratios, 1));
  return {
    loss,
    statistics: {
      policyLoss,
      valueLoss,
      entropy,
      // The k3 estimator (Schulman 2020, "Approximating KL divergence"); expm1 keeps it above 0 near ratio 1.
      approximateKl: tf.mean(tf.sub(tf.expm1(logRatios), logRatios)),
      clipFraction: tf.mean(tf.cast(tf.greater(ratioErrors, settings.clipRange), 'float32')),
      ratioDeviation: tf.max(tf.mul(ratioErrors, minibatch.onVersion)),
    },
  };
}

// ---- One minibatch: gradient and step -------------------------------------------------------------------------------

/**
 * The trainer whose gradients are tfjs's own. The batch is uploaded once an update, minibatches are gathered from it
 * outside the gradient, and statistics stay on the device until `finish`.
 *
 * @param state copied; the trainer owns its tensors until `dispose`.
 */
export function createAutodiffTrainer(layout: PolicyLayout, state: TrainerState): MinibatchTrainer {
  let adam = createAdam(state.parameters, state.adamMean, state.adamVariance, state.adamSteps);
  let columns: BatchColumns | null = null;
  let update: TrainerUpdate | null = null;
  let estimates: KnownEstimates | null = null;
  /** 1 until a minibatch exceeds the largest KL, then 0; null where nothing stops the update. */
  let going: tf.Scalar | null = null;
  let stepsAtBegin = state.adamSteps;
  let rows: tf.Tensor1D[] = [];

  function gatherMinibatch(indices: Int32Array): Minibatch {
    const rows = tf.tensor1d(indices, 'int32');
    const gather = <Column extends tf.Tensor>(column: Column) => tf.gather(column, rows) as Column;
    const { masks, advantages, ...others } = columns!;
    const gathered = Object.fromEntries(
      Object.entries(others).map(([name, column]) => [name, gather(column)]),
    ) as Omit<Minibatch, 'masks' | 'advantages'>;
    return {
      ...gathered,
      masks: masks && gather(masks),
      advantages: normaliseAdvantages(gather(advantages)),
    };
  }

  /** @returns the gradient `[P]` and the statistics without the gradient norm. */
  function differentiate(indices: Int32Array) {
    const { settings } = update!;
    return tf.tidy(() => {
      const minibatch = gatherMinibatch(indices);
      let statistics: ReturnType<typeof minibatchLoss>['statistics'] | undefined;
      const { grads } = tf.valueAndGrads((...blocks: tf.Tensor[]) => {
        const result = minibatchLoss(layout, blocks, minibatch, settings);
        // Kept past the inner tidy of valueAndGrads.
        statistics = Object.fromEntries(
          Object.entries(result.statistics).map(([name, scalar]) => [name, tf.keep(scalar)]),
        ) as typeof result.statistics;
        return result.loss;
      })(parameterBlocks(layout, adam.parameters));
      return { gradient: joinBlocks(grads), statistics: statistics! };
    });
  }

  /** Takes the step, unless this minibatch or an earlier one exceeded the largest KL. @returns the gradient's norm. */
  function applyGradient(gradient: tf.Tensor1D, approximateKl: tf.Scalar): tf.Scalar {
    const { settings } = update!;
    const { next: stepped, gradientNorm } = adamStep(adam, gradient, settings);
    const next = { ...stepped, parameters: boundedLogStd(layout, stepped.parameters) };
    stepped.parameters.dispose();
    const before = adam;
    adam = next;
    if (going !== null) {
      const goesOn = tf.tidy(
        () =>
          tf.mul(going!, tf.cast(tf.lessEqual(approximateKl, settings.largestKl), 'float32')) as tf.Scalar,
      );
      const kept = (moved: tf.Tensor1D, stayed: tf.Tensor1D) =>
        tf.tidy(() => tf.where(tf.cast(goesOn, 'bool'), moved, stayed));
      adam = {
        parameters: kept(next.parameters, before.parameters),
        mean: kept(next.mean, before.mean),
        variance: kept(next.variance, before.variance),
        steps: next.steps,
      };
      disposeAdam(next);
      going.dispose();
      going = goesOn;
    }
    disposeAdam(before);
    return gradientNorm;
  }

  function endUpdate(): void {
    tf.dispose(Object.values(columns ?? {}));
    going?.dispose();
    tf.dispose(rows);
    columns = null;
    going = null;
    rows = [];
  }

  return {
    begin(next) {
      const { settings } = next;
      estimates = knownEstimates(next.batch.estimates);
      columns = uploadColumns(layout, next.batch, estimates);
      going = Number.isFinite(settings.largestKl) ? tf.scalar(1) : null;
      stepsAtBegin = adam.steps;
      update = next;
    },

    step() {
      const { gradient, statistics } = differentiate(update!.minibatches.at(rows.length)!);
      const gradientNorm = applyGradient(gradient, statistics.approximateKl);
      const scalars = { ...statistics, gradientNorm };
      rows.push(tf.stack(statisticNames.map((name) => scalars[name])) as tf.Tensor1D);
      tf.dispose([gradient, scalars]);
      return true;
    },

    settle: async () => {
      if (rows.length > 0) await readTensor(rows.at(-1)!);
      return 0;
    },

    async hasStopped() {
      return going !== null && (await readTensor(going))[0] === 0;
    },

    async finish() {
      const { parameters, mean, variance } = adam;
      const everything = tf.tidy(() => tf.concat1d([parameters, mean, variance, ...rows]));
      const rowCount = rows.length;
      endUpdate();
      try {
        const numbers = await readTensor(everything);
        const size = layout.parameterCount;
        const computed = statisticsRows(numbers.subarray(3 * size), rowCount);
        const { stepsTaken, ...told } = untilStopped(computed, update!.settings.largestKl);
        adam = { ...adam, steps: stepsAtBegin + stepsTaken };
        return {
          parameters: numbers.slice(0, size),
          adamMean: numbers.slice(size, 2 * size),
          adamVariance: numbers.slice(2 * size, 3 * size),
          adamSteps: adam.steps,
          ...told,
          estimates: estimates!,
        };
      } finally {
        everything.dispose();
      }
    },

    dispose() {
      disposeAdam(adam);
      endUpdate();
    },
  };
}

// ---- The batch ------------------------------------------------------------------------------------------------------

/** The columns of all M steps, as those of a minibatch, but for advantages, which are not normalised. */
type BatchColumns = Minibatch;

function uploadColumns(
  layout: PolicyLayout,
  batch: TrainingBatch,
  { advantages, returns }: KnownEstimates,
): BatchColumns {
  const { actionSpace, observationSize } = layout;
  const sizes = spaceSizes(observationSize, actionSpace);
  const stored = { ...batch, actions: actionColumns(actionSpace, batch) };
  const uploaded = learnedColumns.map((column) => {
    const width = column.name === 'actions' ? policyOutputSize(actionSpace) : widthOf(column, sizes);
    const numbers = Float32Array.from(stored[column.name]);
    if (column.width === 1) return [column.name, tf.tensor1d(numbers)];
    return [column.name, width === 0 ? null : tf.tensor2d(numbers, [batch.size, width])];
  });
  return {
    ...(Object.fromEntries(uploaded) as Pick<BatchColumns, keyof LearnedColumns>),
    advantages: tf.tensor1d(advantages),
    returns: tf.tensor1d(returns),
    onVersion: tf.tensor1d(Float32Array.from(batch.onVersion)),
  };
}

function statisticsRows(numbers: Float32Array, count: number): StatisticsRow[] {
  const width = statisticNames.length;
  return Array.from(
    { length: count },
    (_, row) =>
      Object.fromEntries(
        statisticNames.map((name, column) => [name, numbers[row * width + column]!]),
      ) as unknown as StatisticsRow,
  );
}
