import * as tf from '@tensorflow/tfjs-core';
import { type Hyperparameters, maskSize, policyOutputSize } from '../contract';
import type { SeededRandom } from '../random/seeded-random';
import { adamStep, createAdam, disposeAdam } from './adam';
import type {
  MinibatchTrainer,
  StatisticsRow,
  StepSettings,
  TrainerResult,
  TrainerState,
  TrainingBatch,
} from './minibatch-trainer';
import { statisticNames } from './minibatch-trainer';
import type { PolicyLayout } from './policy';
import { readTensor } from './tensor-backend';
import { tensorProbabilities, writeActionColumns } from './tensor-distributions';
import { joinBlocks, parameterBlocks, policyForward } from './tensor-policy';

/**
 * Proximal policy optimisation (Schulman et al. 2017, algorithm 1, actor-critic style), the part that follows a
 * rollout and its advantages: epochs, minibatches, loss, gradient, step. In plain tfjs operations and autodiff, on
 * every backend. This page is the definition; a faster trainer must equal it.
 *
 * Axes: M steps of the update, B of a minibatch, P parameters.
 */

// ---- Epochs and minibatches -----------------------------------------------------------------------------------------

export interface UpdatePlan
  extends StepSettings,
    Pick<Hyperparameters, 'epochs' | 'minibatchSize' | 'targetKl'> {}

export interface UpdateResult extends TrainerResult {
  /** Gradient steps taken. */
  readonly minibatches: number;
  /** Rows `[B]` of the update's first minibatch. */
  readonly firstMinibatch: Int32Array;
  /** How many of the last statistics rows belong to the last epoch that was begun. */
  readonly lastEpochRows: number;
  readonly stoppedEarly: boolean;
}

/** With a target KL, an update ends before the step whose minibatch exceeds this many times the target. */
const klTolerance = 1.5;

/**
 * All epochs over one batch: each shuffles the steps anew and takes them in minibatches of one fixed size. What does
 * not fill a minibatch is left for other epochs' shuffles.
 *
 * @param yieldToOthers awaited after each minibatch.
 */
export async function ppoUpdate(
  trainer: MinibatchTrainer,
  batch: TrainingBatch,
  plan: UpdatePlan,
  random: SeededRandom,
  yieldToOthers: () => Promise<void>,
): Promise<UpdateResult> {
  const order = Int32Array.from({ length: batch.size }, (_, row) => row);
  let firstMinibatch = new Int32Array(0);
  let minibatches = 0;
  let lastEpochRows = 0;
  let stoppedEarly = false;
  trainer.begin(batch, plan);
  for (let epoch = 0; epoch < plan.epochs && !stoppedEarly; epoch++) {
    random.shuffle(order);
    lastEpochRows = 0;
    for (
      let start = 0;
      start + plan.minibatchSize <= batch.size && !stoppedEarly;
      start += plan.minibatchSize
    ) {
      const indices = order.slice(start, start + plan.minibatchSize);
      lastEpochRows += 1;
      if (epoch === 0 && start === 0) firstMinibatch = indices;
      if (plan.targetKl === 0) trainer.step(indices);
      else stoppedEarly = !(await trainer.stepWithin(indices, klTolerance * plan.targetKl));
      if (!stoppedEarly) minibatches += 1;
      await yieldToOthers();
    }
  }
  return { ...(await trainer.finish()), firstMinibatch, minibatches, lastEpochRows, stoppedEarly };
}

// ---- One minibatch: loss ------------------------------------------------------------------------------------------

/** A minibatch's columns, gathered from the batch. */
interface Minibatch {
  readonly observations: tf.Tensor2D; // [B, obs]
  readonly actions: tf.Tensor2D; // [B, policyOutputs]
  readonly masks: tf.Tensor2D | null; // [B, policyOutputs]
  readonly oldLogProbabilities: tf.Tensor1D; // [B]
  readonly oldValues: tf.Tensor1D; // [B]
  readonly advantages: tf.Tensor1D; // [B], normalised
  readonly returns: tf.Tensor1D; // [B]
  readonly present: tf.Tensor1D; // [B]
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
  const logRatios = tf.sub(logProbability, minibatch.oldLogProbabilities);
  const ratios = tf.exp(logRatios) as tf.Tensor1D;

  const policyLoss = clippedPolicyLoss(ratios, minibatch.advantages, settings.clipRange);
  const valueLoss = criticLoss(outputs.values, minibatch.oldValues, minibatch.returns, settings);
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
      ratioDeviation: tf.max(tf.mul(ratioErrors, minibatch.present)),
    },
  };
}

// ---- One minibatch: gradient and step -------------------------------------------------------------------------------

/**
 * The trainer whose gradients are tfjs's own. The batch is uploaded once an update as one matrix, minibatches are
 * gathered from it outside the gradient, and statistics stay on the device until `finish`.
 *
 * @param state copied; the trainer owns its tensors until `dispose`.
 */
export function createAutodiffTrainer(layout: PolicyLayout, state: TrainerState): MinibatchTrainer {
  let adam = createAdam(state.parameters, state.adamMean, state.adamVariance, state.adamSteps);
  let table: tf.Tensor2D | null = null;
  let settings: StepSettings | null = null;
  let rows: tf.Tensor1D[] = [];

  function gatherMinibatch(indices: Int32Array): Minibatch {
    const outputs = policyOutputSize(layout.actionSpace);
    const masked = maskSize(layout.actionSpace) > 0;
    const widths = [layout.observationSize, outputs, ...(masked ? [outputs] : []), 1, 1, 1, 1, 1];
    const columns = tf.split(tf.gather(table!, tf.tensor1d(indices, 'int32')), widths, 1);
    const [observations, actions] = columns as [tf.Tensor2D, tf.Tensor2D];
    const [oldLogProbabilities, oldValues, advantages, returns, present] = columns
      .slice(-5)
      .map((column) => tf.reshape(column, [indices.length])) as [
      tf.Tensor1D,
      tf.Tensor1D,
      tf.Tensor1D,
      tf.Tensor1D,
      tf.Tensor1D,
    ];
    return {
      observations,
      actions,
      masks: masked ? (columns[2] as tf.Tensor2D) : null,
      oldLogProbabilities,
      oldValues,
      advantages: normaliseAdvantages(advantages),
      returns,
      present,
    };
  }

  /** @returns the gradient `[P]` and the statistics without the gradient norm. */
  function differentiate(indices: Int32Array) {
    const inForce = settings!;
    return tf.tidy(() => {
      const minibatch = gatherMinibatch(indices);
      let statistics: ReturnType<typeof minibatchLoss>['statistics'] | undefined;
      const { grads } = tf.valueAndGrads((...blocks: tf.Tensor[]) => {
        const result = minibatchLoss(layout, blocks, minibatch, inForce);
        // Kept past the inner tidy of valueAndGrads.
        statistics = Object.fromEntries(
          Object.entries(result.statistics).map(([name, scalar]) => [name, tf.keep(scalar)]),
        ) as typeof result.statistics;
        return result.loss;
      })(parameterBlocks(layout, adam.parameters));
      return { gradient: joinBlocks(grads), statistics: statistics! };
    });
  }
  type Differentiated = ReturnType<typeof differentiate>;

  function applyGradient({ gradient, statistics }: Differentiated): void {
    const { next, gradientNorm } = adamStep(adam, gradient, settings!);
    disposeAdam(adam);
    adam = next;
    report(statistics, gradientNorm);
    gradientNorm.dispose();
    tf.dispose([gradient, statistics]);
  }

  function report(statistics: Differentiated['statistics'], gradientNorm: tf.Scalar): void {
    const scalars = { ...statistics, gradientNorm };
    rows.push(tf.stack(statisticNames.map((name) => scalars[name])) as tf.Tensor1D);
  }

  return {
    begin(batch, stepSettings) {
      table = tf.tensor2d(batchTable(layout, batch), [batch.size, columnCount(layout)]);
      settings = stepSettings;
    },

    step(indices) {
      applyGradient(differentiate(indices));
    },

    async stepWithin(indices, largestKl) {
      const differentiated = differentiate(indices);
      const [approximateKl] = await readTensor(differentiated.statistics.approximateKl);
      if (approximateKl! <= largestKl) {
        applyGradient(differentiated);
        return true;
      }
      const gradientNorm = tf.tidy(() => tf.norm(differentiated.gradient) as tf.Scalar);
      report(differentiated.statistics, gradientNorm);
      tf.dispose([differentiated, gradientNorm]);
      return false;
    },

    async finish() {
      const { parameters, mean, variance, steps } = adam;
      const everything = tf.tidy(() => tf.concat1d([parameters, mean, variance, ...rows]));
      const rowCount = rows.length;
      table?.dispose();
      tf.dispose(rows);
      table = null;
      rows = [];
      try {
        const numbers = await readTensor(everything);
        const size = layout.parameterCount;
        return {
          parameters: numbers.slice(0, size),
          adamMean: numbers.slice(size, 2 * size),
          adamVariance: numbers.slice(2 * size, 3 * size),
          adamSteps: steps,
          statistics: statisticsRows(numbers.subarray(3 * size), rowCount),
        };
      } finally {
        everything.dispose();
      }
    },

    dispose() {
      disposeAdam(adam);
      table?.dispose();
      tf.dispose(rows);
    },
  };
}

// ---- The batch as one matrix ----------------------------------------------------------------------------------------

/** Observation, action, mask, then five single columns: old log-probability, old value, advantage, return, present. */
function columnCount(layout: PolicyLayout): number {
  return layout.observationSize + policyOutputSize(layout.actionSpace) + maskSize(layout.actionSpace) + 5;
}

/** @returns `[M, columns]`, row-major. */
function batchTable(layout: PolicyLayout, batch: TrainingBatch): Float32Array {
  const { observationSize, actionSpace } = layout;
  const columns = columnCount(layout);
  const masks = maskSize(actionSpace);
  const table = new Float32Array(batch.size * columns);
  for (let row = 0; row < batch.size; row++) {
    const start = row * columns;
    table.set(batch.observations.subarray(row * observationSize, (row + 1) * observationSize), start);
    writeActionColumns(actionSpace, batch.actions, row, table, start + observationSize);
    table.set(batch.masks.subarray(row * masks, (row + 1) * masks), start + columns - 5 - masks);
    const singles = [batch.logProbabilities, batch.values, batch.advantages, batch.returns, batch.present];
    singles.forEach((column, i) => {
      table[start + columns - 5 + i] = column[row]!;
    });
  }
  return table;
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
