import * as tf from '@tensorflow/tfjs-core';
import { adamDecays, normEpsilon } from './adam-constants';

/** Parameters and Adam's two running moments, each one flat tensor `[P]`, so that a step is a dozen kernels. */
export interface AdamState {
  readonly parameters: tf.Tensor1D;
  readonly mean: tf.Tensor1D;
  readonly variance: tf.Tensor1D;
  /** Steps taken since the moments were 0. */
  readonly steps: number;
}

export interface AdamSettings {
  readonly learningRate: number;
  /** Outside the square root. */
  readonly adamEpsilon: number;
  readonly maxGradientNorm: number;
}

/** Uploads a state. @returns tensors that the caller disposes of with `disposeAdam`. */
export function createAdam(
  parameters: Float32Array,
  mean: Float32Array,
  variance: Float32Array,
  steps: number,
): AdamState {
  return {
    parameters: tf.tensor1d(parameters.slice()),
    mean: tf.tensor1d(mean.slice()),
    variance: tf.tensor1d(variance.slice()),
    steps,
  };
}

export function disposeAdam(state: AdamState): void {
  tf.dispose([state.parameters, state.mean, state.variance]);
}

/**
 * One step of Adam as PyTorch takes it (Kingma and Ba 2015, algorithm 1), the gradient's global norm clipped first:
 *
 *     g ← g · min(1, max / (‖g‖ + 1e-6))
 *     m ← β₁ m + (1 − β₁) g
 *     v ← β₂ v + (1 − β₂) g²
 *     θ ← θ − lr / (1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + ε)
 *
 * What changes with the step enters as tensors, so no shader is compiled for it.
 *
 * @param gradient of all parameters, `[P]`.
 * @returns the next state and the norm before clipping, a scalar; the old state is left to the caller.
 */
export function adamStep(
  state: AdamState,
  gradient: tf.Tensor1D,
  settings: AdamSettings,
): { next: AdamState; gradientNorm: tf.Scalar } {
  const steps = state.steps + 1;
  const stepSize = settings.learningRate / (1 - adamDecays.mean ** steps);
  const varianceScale = 1 / Math.sqrt(1 - adamDecays.variance ** steps);
  const [parameters, mean, variance, gradientNorm] = tf.tidy(() => {
    const norm = tf.sqrt(tf.sum(tf.square(gradient))) as tf.Scalar;
    const coefficient = tf.minimum(1, tf.div(settings.maxGradientNorm, tf.add(norm, normEpsilon)));
    const clipped = tf.mul(gradient, coefficient);
    const nextMean = tf.add(tf.mul(state.mean, adamDecays.mean), tf.mul(clipped, 1 - adamDecays.mean));
    const nextVariance = tf.add(
      tf.mul(state.variance, adamDecays.variance),
      tf.mul(tf.square(clipped), 1 - adamDecays.variance),
    );
    const denominator = tf.add(tf.mul(tf.sqrt(nextVariance), varianceScale), settings.adamEpsilon);
    const nextParameters = tf.sub(state.parameters, tf.mul(tf.div(nextMean, denominator), stepSize));
    return [nextParameters, nextMean, nextVariance, norm] as [
      tf.Tensor1D,
      tf.Tensor1D,
      tf.Tensor1D,
      tf.Scalar,
    ];
  });
  return { next: { parameters, mean, variance, steps }, gradientNorm };
}
