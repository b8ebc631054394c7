import { PlaytrainError, type SimdKernels } from '../../../contract';
import { adamDecays, smallestMoments } from '../../adam-constants';
import { type Allocate, type CreateKernels, type Kernels, paddedWidth } from '../kernels';
import { compiledKernels, sharedKernels } from './compiled-kernels';

/** What the compiled module exports: addresses and strides in bytes, counts in numbers; see `assembly/`. */
interface Exports {
  readonly memory: WebAssembly.Memory;
  addProduct(
    rows: number,
    columns: number,
    depth: number,
    a: number,
    aRowStep: number,
    aDepthStep: number,
    b: number,
    c: number,
  ): void;
  repeatRow(rows: number, columns: number, row: number, matrix: number): void;
  addRows(rows: number, columns: number, matrix: number, sums: number): void;
  transpose(
    rows: number,
    columns: number,
    stride: number,
    matrix: number,
    transposedStride: number,
    transposed: number,
  ): void;
  tanh(numbers: number, end: number): void;
  tanhBackward(outputs: number, slopes: number, end: number): void;
  relu(numbers: number, end: number): void;
  reluBackward(outputs: number, slopes: number, end: number): void;
  swish(inputs: number, outputs: number, end: number): void;
  swishBackward(
    inputs: number,
    outputs: number,
    outputSlopes: number,
    inputSlopes: number,
    end: number,
  ): void;
  squaredNorm(numbers: number, end: number): number;
  adam(
    parameters: number,
    end: number,
    mean: number,
    variance: number,
    gradient: number,
    gradientScale: number,
    meanDecay: number,
    meanGain: number,
    varianceDecay: number,
    varianceGain: number,
    smallestMean: number,
    smallestVariance: number,
    stepSize: number,
    varianceScale: number,
    epsilon: number,
  ): void;
}

const bytesPerNumber = Float32Array.BYTES_PER_ELEMENT;
const bytesPerPage = 65_536;

type MemoryKind = 'own' | 'shared';
type Compiled = Partial<Record<SimdKernels, WebAssembly.Module | null>>;

const sources = { own: compiledKernels, shared: sharedKernels } as const;
const compiled: Readonly<Record<MemoryKind, Compiled>> = { own: {}, shared: {} };

/** The module, compiled once a thread; null where the engine does not know its instructions, or may not use it. */
function compiledModule(kind: SimdKernels, memory: MemoryKind = 'own'): WebAssembly.Module | null {
  const known = compiled[memory][kind];
  if (known !== undefined) return known;
  const module = compile(sources[memory][kind]);
  compiled[memory][kind] = module;
  return module;
}

function compile(base64: string): WebAssembly.Module | null {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  try {
    return WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : null;
  } catch {
    // There is none at all, or a content security policy forbids it.
    return null;
  }
}

/** Whether this engine can run the WebAssembly SIMD kernels. */
export function isSimdAvailable(): boolean {
  return compiledModule('plain') !== null;
}

/** Whether it knows relaxed SIMD besides, of which the kernels take the fused multiply-add. */
export function isFmaAvailable(): boolean {
  return isSimdAvailable() && compiledModule('fma') !== null;
}

/**
 * Kernels in WebAssembly SIMD, over a memory of their own that is just large enough for the arrays and never grows.
 * Both are garbage once the arrays are.
 *
 * @throws PlaytrainError `backend-unavailable` where the engine knows no WebAssembly SIMD.
 */
export const createSimdKernels: CreateKernels = (layOut) => {
  const module = compiledModule('plain');
  if (module === null) {
    throw new PlaytrainError(
      'backend-unavailable',
      'This browser does not know WebAssembly SIMD; choose the JavaScript backend.',
    );
  }
  return instantiate(module, layOut);
};

/**
 * The same with multiplications and additions fused where the processor can: quicker, and rounded otherwise, so that
 * bits depend on the machine.
 *
 * @throws PlaytrainError `backend-unavailable` where the engine knows no relaxed SIMD.
 */
export const createFmaKernels: CreateKernels = (layOut) => {
  const module = compiledModule('fma');
  if (module === null) {
    throw new PlaytrainError(
      'backend-unavailable',
      'This browser does not know WebAssembly’s relaxed SIMD; choose the WebAssembly backend without it.',
    );
  }
  return instantiate(module, layOut);
};

/** Whether these kernels can work on a memory that several threads share, here and now. */
export function isSharingAvailable(kind: SimdKernels): boolean {
  // Browsers hide it where the page is not alone with its origin.
  return typeof SharedArrayBuffer !== 'undefined' && compiledModule(kind, 'shared') !== null;
}

/**
 * Kernels over a memory that several threads share, bit for bit those of `kind`.
 *
 * @param memory that another thread has made for the same arrays; without it, one is made.
 * @throws PlaytrainError `backend-unavailable` where memory cannot be shared.
 */
export function createSharedKernels<Arrays>(
  kind: SimdKernels,
  layOut: (allocate: Allocate) => Arrays,
  memory?: WebAssembly.Memory,
) {
  const module = isSharingAvailable(kind) ? compiledModule(kind, 'shared') : null;
  if (module === null) {
    throw new PlaytrainError('backend-unavailable', 'This page cannot share memory between its threads.');
  }
  const pages = pagesFor(layOut);
  const shared = memory ?? new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  const exports = new WebAssembly.Instance(module, { env: { memory: shared } }).exports as unknown as Exports;
  return { kernels: kernelsOf(exports), arrays: arraysIn(shared, layOut), memory: shared };
}

function instantiate<Arrays>(module: WebAssembly.Module, layOut: (allocate: Allocate) => Arrays) {
  const exports = new WebAssembly.Instance(module).exports as unknown as Exports;
  exports.memory.grow(pagesFor(layOut));
  return { kernels: kernelsOf(exports), arrays: arraysIn(exports.memory, layOut) };
}

function pagesFor(layOut: (allocate: Allocate) => unknown): number {
  let bytes = 0;
  layOut((count) => {
    bytes += paddedWidth(count) * bytesPerNumber;
    return new Float32Array(0);
  });
  return Math.ceil(bytes / bytesPerPage);
}

function arraysIn<Arrays>({ buffer }: WebAssembly.Memory, layOut: (allocate: Allocate) => Arrays): Arrays {
  let next = 0;
  return layOut((count) => {
    const view = new Float32Array(buffer, next, count);
    next += paddedWidth(count) * bytesPerNumber;
    return view;
  });
}

function kernelsOf(exports: Exports): Kernels {
  const end = (numbers: Float32Array, count = numbers.length) => numbers.byteOffset + count * bytesPerNumber;
  return {
    dense({ inputs: depth, inputWidth, width }, rows, inputs, kernel, bias, outputs) {
      exports.repeatRow(rows, width, bias.byteOffset, outputs.byteOffset);
      exports.addProduct(
        rows,
        width,
        depth,
        inputs.byteOffset,
        inputWidth * bytesPerNumber,
        bytesPerNumber,
        kernel.byteOffset,
        outputs.byteOffset,
      );
    },

    denseWeightSlopes({ inputs: kernelRows, inputWidth, width }, rows, inputs, outputSlopes, kernelSlopes) {
      exports.addProduct(
        kernelRows,
        width,
        rows,
        inputs.byteOffset,
        bytesPerNumber,
        inputWidth * bytesPerNumber,
        outputSlopes.byteOffset,
        kernelSlopes.byteOffset,
      );
    },

    addRows({ width }, rows, numbers, sums) {
      exports.addRows(rows, width, numbers.byteOffset, sums.byteOffset);
    },

    denseInputSlopes({ inputWidth, outputs, width }, rows, outputSlopes, transposedKernel, inputSlopes) {
      exports.addProduct(
        rows,
        inputWidth,
        outputs,
        outputSlopes.byteOffset,
        width * bytesPerNumber,
        bytesPerNumber,
        transposedKernel.byteOffset,
        inputSlopes.byteOffset,
      );
    },

    transpose({ inputs, inputWidth, outputs, width }, _rows, kernel, transposedKernel) {
      exports.transpose(inputs, outputs, width, kernel.byteOffset, inputWidth, transposedKernel.byteOffset);
    },

    activate({ activation, width }, rows, numbers) {
      exports[activation](numbers.byteOffset, end(numbers, rows * width));
    },

    activationSlopes({ activation, width }, rows, activations, slopes) {
      exports[`${activation}Backward`](activations.byteOffset, slopes.byteOffset, end(slopes, rows * width));
    },

    swish({ width }, rows, inputs, outputs) {
      exports.swish(inputs.byteOffset, outputs.byteOffset, end(outputs, rows * width));
    },

    swishSlopes({ width }, rows, inputs, outputs, outputSlopes, inputSlopes) {
      exports.swishBackward(
        inputs.byteOffset,
        outputs.byteOffset,
        outputSlopes.byteOffset,
        inputSlopes.byteOffset,
        end(inputSlopes, rows * width),
      );
    },

    clear({ width }, rows, numbers) {
      numbers.fill(0, 0, rows * width);
    },

    squaredNorm: (numbers) => exports.squaredNorm(numbers.byteOffset, end(numbers)),

    adamStep({ gradientScale, stepSize, varianceScale, epsilon }, parameters, mean, variance, gradient) {
      exports.adam(
        parameters.byteOffset,
        end(parameters),
        mean.byteOffset,
        variance.byteOffset,
        gradient.byteOffset,
        gradientScale,
        adamDecays.mean,
        1 - adamDecays.mean,
        adamDecays.variance,
        1 - adamDecays.variance,
        smallestMoments.mean,
        smallestMoments.variance,
        stepSize,
        varianceScale,
        epsilon,
      );
    },
  };
}
