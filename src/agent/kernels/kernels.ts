/**
 * What dense nets are computed with, forwards and backwards. Implemented twice: `plain/kernels.ts` can be followed by
 * hand, `simd/kernels.ts` is fast.
 *
 * Matrices are row-major, and rows of kernels, activations and slopes are padded with zeros to a multiple of four
 * numbers: their *width*. Slopes are derivatives of the loss with respect to what they are named for. A row's result
 * does not depend, to the bit, on the rows computed along with it.
 */
export interface Kernels {
  /** outputs ← inputs · kernel + bias, for the first `rows` rows. */
  dense(
    shape: DenseShape,
    rows: number,
    inputs: Float32Array, // [rows, inputWidth]
    kernel: Float32Array, // [inputs, width]
    bias: Float32Array, // [width]
    outputs: Float32Array, // [rows, width]
  ): void;

  /** kernelSlopes += inputsᵀ · outputSlopes; biasSlopes += Σ rows of outputSlopes. */
  denseWeightSlopes(
    shape: DenseShape,
    rows: number,
    inputs: Float32Array, // [rows, inputWidth]
    outputSlopes: Float32Array, // [rows, width]
    kernelSlopes: Float32Array, // [inputs, width]
    biasSlopes: Float32Array, // [width]
  ): void;

  /** inputSlopes ← outputSlopes · kernelᵀ. */
  denseInputSlopes(
    shape: DenseShape,
    rows: number,
    outputSlopes: Float32Array, // [rows, width]
    transposedKernel: Float32Array, // [outputs, inputWidth]
    inputSlopes: Float32Array, // [rows, inputWidth]
  ): void;

  /** transposedKernel ← kernelᵀ. Padding is left as it is. */
  transpose(
    shape: DenseShape,
    kernel: Float32Array, // [inputs, width]
    transposedKernel: Float32Array, // [outputs, inputWidth]
  ): void;

  /** Applies the activation to the first `count` numbers, a multiple of four. */
  activate(activation: Activation, count: number, numbers: Float32Array): void;

  /** slopes ← slopes · activation′, given the activation's outputs: the slopes before it. */
  activationSlopes(
    activation: Activation,
    count: number,
    activations: Float32Array,
    slopes: Float32Array,
  ): void;

  /** Σ x², in float64. */
  squaredNorm(numbers: Float32Array): number;

  /** One step of Adam on flat vectors of one length, the gradient scaled first. */
  adamStep(
    step: AdamStep,
    parameters: Float32Array,
    mean: Float32Array,
    variance: Float32Array,
    gradient: Float32Array,
  ): void;
}

export type Activation = 'tanh' | 'relu';

export interface DenseShape {
  readonly inputs: number;
  /** From one row of inputs to the next. */
  readonly inputWidth: number;
  readonly outputs: number;
  /** `outputs` rounded up to a multiple of four. */
  readonly width: number;
}

/** θ ← θ − stepSize · m / (√v · varianceScale + epsilon), m and v being the moments after the step. */
export interface AdamStep {
  /** By which the gradient is multiplied before anything else: the norm's clip. */
  readonly gradientScale: number;
  /** lr / (1 − β₁ᵗ) */
  readonly stepSize: number;
  /** 1 / √(1 − β₂ᵗ) */
  readonly varianceScale: number;
  readonly epsilon: number;
}

/** Makes an array of zeros, a multiple of four long, that the kernels can work on. */
export type Allocate = (count: number) => Float32Array;

/**
 * Makes kernels and the arrays they work on.
 *
 * @param layOut allocates every array; may be called more than once, the last call counts.
 */
export type CreateKernels = <Arrays>(layOut: (allocate: Allocate) => Arrays) => {
  readonly kernels: Kernels;
  readonly arrays: Arrays;
};

/** `columns` rounded up to whole vectors. */
export function paddedWidth(columns: number): number {
  return Math.ceil(columns / 4) * 4;
}
