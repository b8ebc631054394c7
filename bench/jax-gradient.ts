import { nn, numpy as np } from '@jax-js/jax';
import type { PolicyLayout } from '../src/agent/policy';
import { type Arrays, namedWeights } from './jax-forms';
import type { JaxLoss } from './jax-trainer';

/**
 * The gradient of the loss in `jax-trainer.ts` written out by hand for two nets of two tanh layers, over weights in one
 * array: what is left of jax-js is its kernels, without what its autodiff adds.
 */
export function gradientByHand(layout: PolicyLayout, settings: JaxLoss) {
  const { clipRange, valueCoefficient, entropyCoefficient } = settings;
  return (
    { all }: Arrays,
    observations: np.Array, // [B, obs]
    chosen: np.Array, // [B, actions], 1 at the action taken
    oldLogProbabilities: np.Array, // [B]
    advantages: np.Array, // [B]
    returns: np.Array, // [B]
  ): Arrays => {
    const weights = namedWeights(layout, all!);
    const count = observations.shape[0]!;
    const actor = forward(weights, 'actor', observations.ref);
    const critic = forward(weights, 'critic', observations.ref);

    const logProbabilities = nn.logSoftmax(actor.outputs);
    const probabilities = np.exp(logProbabilities.ref);
    const taken = logProbabilities.ref.mul(chosen.ref).sum(-1);
    const ratios = np.exp(taken.sub(oldLogProbabilities));
    // Where the clipped term is the larger loss, nothing depends on the ratio.
    const depends = np.where(
      np.greater(advantages.ref, 0),
      np.less(ratios.ref, 1 + clipRange),
      np.greater(ratios.ref, 1 - clipRange),
    );
    const takenSlopes = advantages
      .neg()
      .mul(ratios)
      .mul(depends.astype(np.float32))
      .mul(1 / count);
    const entropies = probabilities.ref.mul(logProbabilities.ref).sum(-1).neg();
    const entropySlopes = probabilities.ref
      .mul(logProbabilities.add(entropies.reshape([count, 1])))
      .mul(entropyCoefficient / count);
    const logitSlopes = takenSlopes.reshape([count, 1]).mul(chosen.sub(probabilities)).add(entropySlopes);
    const valueSlopes = critic.outputs
      .reshape([count])
      .sub(returns)
      .mul((2 * valueCoefficient) / count)
      .reshape([count, 1]);

    const slopes: Arrays = {
      ...backward(weights, 'actor', observations.ref, actor, logitSlopes),
      ...backward(weights, 'critic', observations, critic, valueSlopes),
    };
    return { all: np.concatenate(layout.blocks.map(({ name }) => slopes[name]!.reshape([-1]))) };
  };
}

interface Forward {
  readonly first: np.Array;
  readonly second: np.Array;
  readonly outputs: np.Array;
}

/** Leaves the kernels that are needed backwards as they are. */
function forward(weights: Arrays, net: string, observations: np.Array): Forward {
  const dense = (layer: string, inputs: np.Array) =>
    np.matmul(inputs, weights[`${net}.${layer}.kernel`]!.ref).add(weights[`${net}.${layer}.bias`]!);
  const first = np.tanh(dense('0', observations));
  const second = np.tanh(dense('1', first.ref));
  weights[`${net}.0.kernel`]!.dispose();
  return { first, second, outputs: dense('head', second.ref) };
}

/** By the names of a net's weights. */
function backward(
  weights: Arrays,
  net: string,
  observations: np.Array,
  { first, second }: Forward,
  outputSlopes: np.Array,
): Arrays {
  const kernel = (layer: string) => weights[`${net}.${layer}.kernel`]!.transpose();
  /** Slopes before a layer's tanh, given those after it. */
  const before = (slopes: np.Array, outputs: np.Array) => slopes.mul(np.square(outputs).neg().add(1));
  const secondSlopes = before(np.matmul(outputSlopes.ref, kernel('head')), second.ref);
  const firstSlopes = before(np.matmul(secondSlopes.ref, kernel('1')), first.ref);
  const ofLayer = (layer: string, inputs: np.Array, slopes: np.Array): Arrays => ({
    [`${net}.${layer}.kernel`]: np.matmul(inputs.transpose(), slopes.ref),
    [`${net}.${layer}.bias`]: slopes.sum(0),
  });
  return {
    ...ofLayer('head', second, outputSlopes),
    ...ofLayer('1', first, secondSlopes),
    ...ofLayer('0', observations, firstSlopes),
  };
}
