import * as tf from '@tensorflow/tfjs-core';
import { logStdBounds, logStdName, type PolicyLayout } from './policy';

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
 * Actor and critic on a batch of observations; the slow twin is `PlainSnapshot.forward`.
 *
 * @param blocks as `parameterBlocks` gives them.
 * @param observations `[B, obs]`.
 */
export function policyForward(
  layout: PolicyLayout,
  blocks: readonly tf.Tensor[],
  observations: tf.Tensor2D,
): TensorOutputs {
  const block = (name: string): tf.Tensor => {
    const index = layout.blocks.findIndex((candidate) => candidate.name === name);
    // The layout names every block that it was built with.
    return blocks[index]!;
  };
  const activate = layout.activation === 'tanh' ? tf.tanh : tf.relu;
  const dense = (layer: string, input: tf.Tensor2D) =>
    tf.fused.matMul({
      a: input,
      b: block(`${layer}.kernel`) as tf.Tensor2D,
      transposeA: false,
      transposeB: false,
      bias: block(`${layer}.bias`),
    }) as tf.Tensor2D;
  const network = (name: string) => {
    let hidden = observations;
    for (let layer = 0; layer < layout.hiddenSizes.length; layer++) {
      hidden = activate(dense(`${name}.${layer}`, hidden)) as tf.Tensor2D;
    }
    return dense(`${name}.head`, hidden);
  };
  return {
    outputs: network('actor'),
    values: tf.reshape(network('critic'), [observations.shape[0]]),
    logStd: layout.actionSpace.kind === 'continuous' ? (block(logStdName) as tf.Tensor1D) : null,
  };
}
