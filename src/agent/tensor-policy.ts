import * as tf from '@tensorflow/tfjs-core';
import { logStdBounds, logStdName, type PolicyLayout } from './policy';
import { graphForward } from './tensor-graph';

/** A batch's forward pass. */
export interface TensorOutputs {
  /** Logits, or a Gaussian's means. */
  readonly outputs: tf.Tensor2D; // [B, policyOutputs]
  readonly values: tf.Tensor1D; // [B]
  /** Null for discrete spaces. */
  readonly logStd: tf.Tensor1D | null; // [A]
}

/**
 * Cuts a flat parameter tensor `[P]` into the layout's blocks, in the layout's order and shapes.
 *
 * @returns one tensor a block, for the caller to dispose of.
 */
export function parameterBlocks(layout: PolicyLayout, parameters: tf.Tensor1D): tf.Tensor[] {
  return layout.blocks.map(({ offset, size, shape }) =>
    tf.tidy(() => tf.reshape(tf.slice(parameters, offset, size), [...shape])),
  );
}

/** Joins blocks, or their gradients, into one flat tensor `[P]`: the inverse of `parameterBlocks`. */
export function joinBlocks(blocks: readonly tf.Tensor[]): tf.Tensor1D {
  return tf.tidy(() => tf.concat1d(blocks.map((block) => tf.reshape(block, [block.size]))));
}

/** @returns parameters `[P]` whose log standard deviations, which come last, are brought back within their bounds. */
export function boundedLogStd(layout: PolicyLayout, parameters: tf.Tensor1D): tf.Tensor1D {
  const block = layout.blocks.find(({ name }) => name === logStdName);
  if (block === undefined) return parameters.clone();
  return tf.tidy(() =>
    tf.concat1d([
      tf.slice(parameters, 0, block.offset),
      tf.clipByValue(tf.slice(parameters, block.offset), logStdBounds.low, logStdBounds.high) as tf.Tensor1D,
    ]),
  );
}

/**
 * A policy's graph on a batch of observations: what a plan computes must equal it.
 *
 * @param blocks as `parameterBlocks` gives them.
 * @param observations `[B, obs]`.
 */
export function policyForward(
  layout: PolicyLayout,
  blocks: readonly tf.Tensor[],
  observations: tf.Tensor2D,
): TensorOutputs {
  const block = (wanted: string): tf.Tensor =>
    blocks[layout.blocks.findIndex(({ name }) => name === wanted)]!; // the layout names every block that it was built with
  const { policy, value } = graphForward(layout.graph, block, observations);
  return {
    outputs: policy,
    values: tf.reshape(value, [observations.shape[0]]),
    logStd: layout.blocks.some(({ name }) => name === logStdName) ? (block(logStdName) as tf.Tensor1D) : null,
  };
}
