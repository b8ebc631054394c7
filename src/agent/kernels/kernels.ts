/** Learning keeps float32; acting in plain loops, and what tests compare with, float64. */
export type Numbers = Float32Array | Float64Array;

/**
 * What layers are computed with, forwards and backwards: each takes its sizes, how many rows it is for, and its arrays.
 * Implemented twice: `plain/kernels.ts` can be followed by hand, `simd/kernels.ts` is fast.
 *
 * Matrices are row-major, and rows of kernels, activations and slopes are padded with zeros to a multiple of four
 * numbers: their *width*. Slopes are derivatives of the loss with respect to what they are named for. A row's result
 * does not depend, to the bit, on the rows computed along with it.
 */
export interface LayerKernels<Array extends Numbers = Float32Array> {
  /** outputs ← inputs · kernel + bias, for the first `rows` rows. */
  dense(
    shape: DenseShape,
    rows: number,
    inputs: Array, // [rows, inputWidth]
    kernel: Array, // [inputs, width]
    bias: Array, // [width]
    outputs: Array, // [rows, width]
  ): void;

  /** kernelSlopes += inputsᵀ · outputSlopes, row after row. */
  denseWeightSlopes(
    shape: DenseShape,
    rows: number,
    inputs: Array, // [rows, inputWidth]
    outputSlopes: Array, // [rows, width]
    kernelSlopes: Array, // [inputs, width]
  ): void;

  /** sums += Σ rows of `numbers`, row after row. */
  addRows(
    shape: { readonly width: number },
    rows: number,
    numbers: Array, // [rows, width]
    sums: Array, // [width]
  ): void;

  /** inputSlopes += outputSlopes · kernelᵀ. */
  denseInputSlopes(
    shape: DenseShape,
    rows: number,
    outputSlopes: Array, // [rows, width]
    transposedKernel: Array, // [outputs, inputWidth]
    inputSlopes: Array, // [rows, inputWidth]
  ): void;

  /** transposedKernel ← kernelᵀ, whatever the rows. Padding is left as it is. */
  transpose(
    shape: DenseShape,
    rows: number,
    kernel: Array, // [inputs, width]
    transposedKernel: Array, // [outputs, inputWidth]
  ): void;

  /** Applies the activation to the first `rows` rows, in place. */
  activate(shape: ActivationShape, rows: number, numbers: Array): void;

  /** slopes ← slopes · activation′, given the activation's outputs: the slopes before it. */
  activationSlopes(
    shape: ActivationShape,
    rows: number,
    activations: Array, // [rows, width]
    slopes: Array, // [rows, width]
  ): void;

  /** outputs ← x / (1 + e⁻ˣ) for the x of `inputs`, for the first `rows` rows. */
  swish(
    shape: { readonly width: number },
    rows: number,
    inputs: Array, // [rows, width]
    outputs: Array, // [rows, width]
  ): void;

  /** inputSlopes += outputSlopes · swish′(inputs), given what `swish` made of the inputs. */
  swishSlopes(
    shape: { readonly width: number },
    rows: number,
    inputs: Array, // [rows, width]
    outputs: Array, // [rows, width]
    outputSlopes: Array, // [rows, width]
    inputSlopes: Array, // [rows, width]
  ): void;

  /** The first `rows` rows ← 0. */
  clear(shape: { readonly width: number }, rows: number, numbers: Array): void;
}

/** Besides, what a gradient step takes: of whole vectors. */
export interface Kernels<Array extends Numbers = Float32Array> extends LayerKernels<Array> {
  /** Σ x², in float64. */
  squaredNorm(numbers: Array): number;

  /** One step of Adam on flat vectors of one length, the gradient scaled first. */
  adamStep(step: AdamStep, parameters: Array, mean: Array, variance: Array, gradient: Array): void;
}

/** Whose derivative is a function of what it gives. */
export type ActivationInPlace = 'tanh' | 'relu';

export type Activation = ActivationInPlace | 'swish';

export interface ActivationShape {
  readonly activation: ActivationInPlace;
  /** Numbers in each row, a multiple of four. */
  readonly width: number;
}

export interface DenseShape {
  readonly inputs: number;
  /** From one row of inputs to the next. */
  readonly inputWidth: number;
  readonly outputs: number;
  /** `outputs` rounded up to a multiple of four. */
  readonly width: number;
}

/**
 * θ ← θ − stepSize · m / (√v · varianceScale + epsilon), m and v being the moments after the step, of which those below
 * `smallestMoments` are 0.
 */
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
export type Allocate<Array extends Numbers = Float32Array> = (count: number) => Array;

/**
 * Makes kernels and the arrays they work on.
 *
 * @param layOut allocates every array; may be called more than once, the last call counts.
 */
export type CreateKernels<Array extends Numbers = Float32Array> = <Arrays>(
  layOut: (allocate: Allocate<Array>) => Arrays,
) => {
  readonly kernels: Kernels<Array>;
  readonly arrays: Arrays;
};

/** `columns` rounded up to whole vectors. */
export function paddedWidth(columns: number): number {
  return Math.ceil(columns / 4) * 4;
}
