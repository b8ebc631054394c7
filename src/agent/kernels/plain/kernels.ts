import { adamDecays, smallestMoments } from '../../adam-constants';
import type { CreateKernels, Kernels, Numbers } from '../kernels';
import { addProduct } from './product';
import { tanh } from './tanh';

/** Kernels as plain loops over typed arrays, float64 inside. */
export const createPlainKernels: CreateKernels = (layOut) => ({
  kernels: plainKernels,
  arrays: layOut((count) => new Float32Array(count)),
});

/** The same over arrays of float64, so that nothing is rounded in between. */
export const createFloat64Kernels: CreateKernels<Float64Array> = (layOut) => ({
  kernels: plainKernels,
  arrays: layOut((count) => new Float64Array(count)),
});

const plainKernels: Kernels<Numbers> = {
  dense({ inputs: depth, inputWidth, width }, rows, inputs, kernel, bias, outputs) {
    for (let row = 0; row < rows; row++) outputs.set(bias, row * width);
    addProduct(rows, width, depth, inputs, inputWidth, 1, kernel, outputs);
  },

  denseWeightSlopes({ inputs: kernelRows, inputWidth, width }, rows, inputs, outputSlopes, kernelSlopes) {
    addProduct(kernelRows, width, rows, inputs, 1, inputWidth, outputSlopes, kernelSlopes);
  },

  addRows({ width }, rows, numbers, sums) {
    for (let column = 0; column < width; column++) {
      let sum = sums[column]!;
      for (let row = 0; row < rows; row++) sum += numbers[row * width + column]!;
      sums[column] = sum;
    }
  },

  denseInputSlopes({ inputWidth, outputs, width }, rows, outputSlopes, transposedKernel, inputSlopes) {
    addProduct(rows, inputWidth, outputs, outputSlopes, width, 1, transposedKernel, inputSlopes);
  },

  transpose({ inputs, inputWidth, outputs, width }, _rows, kernel, transposedKernel) {
    for (let output = 0; output < outputs; output++) {
      for (let input = 0; input < inputs; input++) {
        transposedKernel[output * inputWidth + input] = kernel[input * width + output]!;
      }
    }
  },

  activate({ activation, width }, rows, numbers) {
    const count = rows * width;
    if (activation === 'tanh') {
      for (let i = 0; i < count; i++) numbers[i] = tanh(numbers[i]!);
    } else {
      for (let i = 0; i < count; i++) numbers[i] = Math.max(0, numbers[i]!);
    }
  },

  activationSlopes({ activation, width }, rows, activations, slopes) {
    const count = rows * width;
    if (activation === 'tanh') {
      for (let i = 0; i < count; i++) slopes[i] = slopes[i]! * (1 - activations[i]! * activations[i]!);
    } else {
      for (let i = 0; i < count; i++) if (!(activations[i]! > 0)) slopes[i] = 0;
    }
  },

  swish({ width }, rows, inputs, outputs) {
    const count = rows * width;
    for (let i = 0; i < count; i++) outputs[i] = inputs[i]! * (0.5 + 0.5 * tanh(0.5 * inputs[i]!));
  },

  swishSlopes({ width }, rows, inputs, outputs, outputSlopes, inputSlopes) {
    const count = rows * width;
    for (let i = 0; i < count; i++) {
      // 1 / (1 + e⁻ˣ), which the outputs are x times.
      const share = inputs[i] === 0 ? 0.5 : outputs[i]! / inputs[i]!;
      const slope = share + outputs[i]! * (1 - share);
      inputSlopes[i] = inputSlopes[i]! + outputSlopes[i]! * slope;
    }
  },

  clear({ width }, rows, numbers) {
    numbers.fill(0, 0, rows * width);
  },

  squaredNorm(numbers) {
    let sum = 0;
    for (let i = 0; i < numbers.length; i++) sum += numbers[i]! * numbers[i]!;
    return sum;
  },

  adamStep({ gradientScale, stepSize, varianceScale, epsilon }, parameters, mean, variance, gradient) {
    for (let i = 0; i < parameters.length; i++) {
      const g = gradient[i]! * gradientScale;
      let m = adamDecays.mean * mean[i]! + (1 - adamDecays.mean) * g;
      if (Math.abs(m) < smallestMoments.mean) m = 0;
      let v = adamDecays.variance * variance[i]! + (1 - adamDecays.variance) * g * g;
      if (v < smallestMoments.variance) v = 0;
      parameters[i] = parameters[i]! - (stepSize * m) / (Math.sqrt(v) * varianceScale + epsilon);
      mean[i] = m;
      variance[i] = v;
    }
  },
};
