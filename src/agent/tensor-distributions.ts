import * as tf from '@tensorflow/tfjs-core';
import { type ActionComponent, type ActionPart, type ActionSpace, actionLayout } from '../contract';
import type { TensorOutputs } from './tensor-policy';

/**
 * What a forbidden choice's logit becomes: its probability underflows to exactly 0, while −∞ would make p·log p NaN.
 * Small enough that every float32 step on it stays finite.
 */
const forbiddenLogit = -1e8;

/** Stored actions as the tensor half reads them. */
export interface ActionColumns {
  /** One-hot over each choice, all choices side by side; or the continuous action as sampled. */
  readonly actions: tf.Tensor2D; // [B, policyOutputs]
  /** 1 for each allowed choice; null where nothing is ever forbidden. */
  readonly masks: tf.Tensor2D | null; // [B, maskSize]
}

export interface TensorProbabilities {
  /** Log-probability of the stored action, summed over its components. */
  readonly logProbability: tf.Tensor1D; // [B]
  /** Mean over the batch of the distribution's entropy, summed over action components. */
  readonly entropy: tf.Scalar;
}

/**
 * Writes one stored action as the tensor half reads it: one-hot for choices, as it is for continuous ones. Products
 * with it take the place of `gather`, whose gradient the WebAssembly backend lacks.
 *
 * @param components of the action space.
 * @param actions stored actions `[…, actionSize]`; the one at `row` is read.
 * @param into written from `offset` on, `policyOutputSize` numbers that were 0.
 */
export function writeActionColumns(
  components: readonly ActionComponent[],
  actions: Float32Array,
  row: number,
  into: Float32Array,
  offset: number,
): void {
  for (let i = 0; i < components.length; i++) {
    const { kind, output } = components[i]!;
    const value = actions[row * components.length + i]!;
    if (kind === 'axis') into[offset + output] = value;
    else into[offset + output + value] = 1;
  }
}

/** All of a batch's stored actions as the tensor half reads them, `[M, policyOutputs]`. */
export function actionColumns(
  space: ActionSpace,
  { actions, size }: { readonly actions: Float32Array; readonly size: number },
): Float32Array<ArrayBuffer> {
  const { components, outputs } = actionLayout(space);
  const columns = new Float32Array(size * outputs);
  for (let row = 0; row < size; row++) writeActionColumns(components, actions, row, columns, row * outputs);
  return columns;
}

/**
 * Log-probabilities of stored actions under the present policy, and its entropy; differentiable on every backend.
 */
export function tensorProbabilities(
  space: ActionSpace,
  { outputs, logStd }: TensorOutputs,
  { actions, masks }: ActionColumns,
): TensorProbabilities {
  const { parts } = actionLayout(space);
  const masked = parts.filter(isMasked);
  const axes = parts.filter(({ kind }) => kind === 'axes');
  const allOutputs = splitColumns(outputs, parts.map(outputsOf));
  const allActions = splitColumns(actions, parts.map(outputsOf));
  const ownMasks = masks === null ? [] : splitColumns(masks, masked.map(outputsOf));
  const ownLogStds = logStd === null ? [] : splitVector(logStd, axes.map(outputsOf));
  return parts
    .map((part, i): TensorProbabilities => {
      const [own, chosen] = [allOutputs[i]!, allActions[i]!];
      if (part.kind === 'axes') return gaussian(own, ownLogStds[axes.indexOf(part)]!, chosen);
      const counts = part.components.map(({ count }) => count);
      return categorical(
        counts,
        isMasked(part) ? maskLogits(own, ownMasks[masked.indexOf(part)]!) : own,
        chosen,
      );
    })
    .reduce((sum, part) => ({
      logProbability: tf.add(sum.logProbability, part.logProbability),
      entropy: tf.add(sum.entropy, part.entropy),
    }));
}

/** How many of the head's outputs are a part's. */
function outputsOf(part: ActionPart): number {
  if (part.kind === 'axes') return part.components.length;
  return part.components.reduce((sum, { count }) => sum + count, 0);
}

function isMasked(part: ActionPart): boolean {
  return part.kind === 'choices' && part.mask !== null;
}

/** Forbidden logits become a constant before any exponential, so their gradient is exactly 0. */
function maskLogits(logits: tf.Tensor2D, masks: tf.Tensor2D): tf.Tensor2D {
  return tf.add(tf.mul(logits, masks), tf.mul(tf.sub(1, masks), forbiddenLogit));
}

/** Independent choices: log π(a) = Σ log softmax(logits)[aᵢ], H = −Σ p log p. */
function categorical(
  counts: readonly number[],
  logits: tf.Tensor2D,
  oneHot: tf.Tensor2D,
): TensorProbabilities {
  const logProbabilities = joinColumns(
    splitColumns(logits, counts).map((choice) => tf.logSoftmax(choice) as tf.Tensor2D),
  );
  const negativeEntropy = tf.sum(tf.mul(tf.exp(logProbabilities), logProbabilities), 1);
  return {
    logProbability: tf.sum(tf.mul(oneHot, logProbabilities), 1),
    entropy: tf.neg(tf.mean(negativeEntropy)),
  };
}

function splitColumns(columns: tf.Tensor2D, counts: readonly number[]): tf.Tensor2D[] {
  return counts.length === 1 ? [columns] : tf.split(columns, [...counts], 1);
}

function splitVector(vector: tf.Tensor1D, sizes: readonly number[]): tf.Tensor1D[] {
  return sizes.length === 1 ? [vector] : tf.split(vector, [...sizes]);
}

function joinColumns(parts: readonly tf.Tensor2D[]): tf.Tensor2D {
  return parts.length === 1 ? parts[0]! : tf.concat2d([...parts], 1);
}

/** Diagonal Gaussian: log π(a) = −Σ (z²/2 + log σ + ½ log 2π), z = (a − μ)/σ; H = Σ (log σ + ½ log 2πe). */
function gaussian(means: tf.Tensor2D, logStd: tf.Tensor1D, actions: tf.Tensor2D): TensorProbabilities {
  const halfLog2Pi = 0.5 * Math.log(2 * Math.PI);
  const deviations = tf.mul(tf.sub(actions, means), tf.exp(tf.neg(logStd)));
  const totalLogStd = tf.sum(logStd);
  return {
    logProbability: tf.sub(
      tf.mul(tf.sum(tf.square(deviations), 1), -0.5),
      tf.add(totalLogStd, logStd.size * halfLog2Pi),
    ),
    entropy: tf.add(totalLogStd, logStd.size * (halfLog2Pi + 0.5)),
  };
}
