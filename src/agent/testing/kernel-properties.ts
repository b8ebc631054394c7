import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../../random/seeded-random';
import {
  type Allocate,
  type CreateKernels,
  type DenseShape,
  type Kernels,
  paddedWidth,
} from '../kernels/kernels';
import { createPlainKernels } from '../kernels/plain/kernels';

/** A sum of `terms` products near 1 may differ from float64 by this much: half a unit in the last place each. */
const sumTolerance = (terms: number) => (terms + 2) * 6e-8 * 8;

/** A layer of any size, its arrays filled with normal numbers and its padding with zeros. */
const layers = fc.record({
  seed: fc.integer(),
  rows: fc.integer({ min: 1, max: 70 }),
  inputs: fc.integer({ min: 1, max: 40 }),
  outputs: fc.integer({ min: 1, max: 40 }),
  paddedInputs: fc.boolean(),
});
type Layer = typeof layers extends fc.Arbitrary<infer Value> ? Value : never;

function shapeOf({ inputs, outputs, paddedInputs }: Layer): DenseShape {
  const inputWidth = paddedInputs ? paddedWidth(inputs) : inputs;
  return { inputs, inputWidth, outputs, width: paddedWidth(outputs) };
}

function layOut(allocate: Allocate, layer: Layer) {
  const { rows, inputs, outputs, seed } = layer;
  const shape = shapeOf(layer);
  const random = SeededRandom.fromSeed(seed);
  const matrix = (height: number, columns: number, width: number) => {
    const numbers = allocate(height * width);
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < columns; column++) numbers[row * width + column] = random.normal();
    }
    return numbers;
  };
  return {
    inputs: matrix(rows, inputs, shape.inputWidth),
    kernel: matrix(inputs, outputs, shape.width),
    transposedKernel: allocate(outputs * paddedWidth(inputs)),
    bias: matrix(1, outputs, shape.width),
    outputs: matrix(rows, outputs, shape.width),
    inputSlopes: allocate(rows * paddedWidth(inputs)),
    kernelSlopes: matrix(inputs, outputs, shape.width),
    biasSlopes: matrix(1, outputs, shape.width),
  };
}

/** Runs the same calls on these kernels and the plain ones and compares every array they work on. */
function expectTwins<Arrays extends Readonly<Record<string, Float32Array>>>(
  createKernels: CreateKernels,
  layOutArrays: (allocate: Allocate) => Arrays,
  run: (kernels: Kernels, arrays: Arrays) => void,
  tolerance: number,
): void {
  const plain = createPlainKernels(layOutArrays);
  const simd = createKernels(layOutArrays);
  run(plain.kernels, plain.arrays);
  run(simd.kernels, simd.arrays);
  for (const name of Object.keys(plain.arrays)) {
    const expected = plain.arrays[name]!;
    const actual = simd.arrays[name]!;
    expect(actual.length).toBe(expected.length);
    expected.forEach((number, i) => {
      const error = Math.abs(actual[i]! - number);
      if (!(error <= tolerance * Math.max(1, Math.abs(number)))) {
        throw new Error(`${name}[${i}] is ${actual[i]} and should be ${number}`);
      }
    });
  }
}

/** Holds compiled kernels equal to the plain ones, which compute in float64. */
export function describeTwins(name: string, createKernels: CreateKernels): void {
  describe(`${name} kernels equal their plain twins`, () => {
    it('dense', () => {
      fc.assert(
        fc.property(layers, (layer) => {
          expectTwins(
            createKernels,
            (allocate) => layOut(allocate, layer),
            (kernels, { inputs, kernel, bias, outputs }) =>
              kernels.dense(shapeOf(layer), layer.rows, inputs, kernel, bias, outputs),
            sumTolerance(layer.inputs),
          );
        }),
      );
    });

    it('slopes of weights, added to what was there', () => {
      fc.assert(
        fc.property(layers, (layer) => {
          expectTwins(
            createKernels,
            (allocate) => layOut(allocate, layer),
            (kernels, { inputs, outputs, kernelSlopes, biasSlopes }) => {
              kernels.denseWeightSlopes(shapeOf(layer), layer.rows, inputs, outputs, kernelSlopes);
              kernels.addRows(shapeOf(layer), layer.rows, outputs, biasSlopes);
            },
            sumTolerance(layer.rows),
          );
        }),
      );
    });

    it('slopes of inputs, through the transposed kernel, added to what was there', () => {
      fc.assert(
        fc.property(layers, (anyLayer) => {
          const layer = { ...anyLayer, paddedInputs: true };
          expectTwins(
            createKernels,
            (allocate) => layOut(allocate, layer),
            (kernels, { kernel, transposedKernel, outputs, inputSlopes }) => {
              kernels.transpose(shapeOf(layer), layer.rows, kernel, transposedKernel);
              kernels.denseInputSlopes(shapeOf(layer), layer.rows, outputs, transposedKernel, inputSlopes);
            },
            sumTolerance(layer.outputs),
          );
        }),
      );
    });

    it('a swish and its slopes, added to what was there', () => {
      fc.assert(
        fc.property(fc.integer(), fc.integer({ min: 1, max: 20 }), (seed, vectors) => {
          const random = SeededRandom.fromSeed(seed);
          const drawn = (scale: number) =>
            Float32Array.from({ length: 4 * vectors }, () => scale * random.normal());
          // Numbers of some twenty are rounded to a millionth, and that is multiplied by what is given.
          const [numbers, given, before] = [drawn(5), drawn(1), drawn(1)];
          expectTwins(
            createKernels,
            (allocate) => {
              const made = (from: Float32Array) => {
                const array = allocate(4 * vectors);
                array.set(from.subarray(0, array.length));
                return array;
              };
              return {
                inputs: made(numbers),
                outputs: allocate(4 * vectors),
                outputSlopes: made(given),
                inputSlopes: made(before),
              };
            },
            (kernels, { inputs, outputs, outputSlopes, inputSlopes }) => {
              kernels.swish({ width: 4 }, vectors, inputs, outputs);
              kernels.swishSlopes({ width: 4 }, vectors, inputs, outputs, outputSlopes, inputSlopes);
            },
            2e-5,
          );
        }),
      );
    });

    for (const activation of ['tanh', 'relu'] as const) {
      it(`${activation} and its slopes`, () => {
        fc.assert(
          fc.property(fc.integer(), fc.integer({ min: 1, max: 20 }), (seed, vectors) => {
            const random = SeededRandom.fromSeed(seed);
            const numbers = Float32Array.from({ length: 8 * vectors }, () => 3 * random.normal());
            expectTwins(
              createKernels,
              (allocate) => {
                const outputs = allocate(4 * vectors);
                const slopes = allocate(4 * vectors);
                outputs.set(numbers.subarray(0, outputs.length));
                slopes.set(numbers.subarray(4 * vectors, 4 * vectors + slopes.length));
                return { outputs, slopes };
              },
              (kernels, { outputs, slopes }) => {
                kernels.activate({ activation, width: 4 }, vectors, outputs);
                kernels.activationSlopes({ activation, width: 4 }, vectors, outputs, slopes);
              },
              // 1 − y² loses digits where y is near 1, but no absolute precision; slopes are up to some 15.
              1e-5,
            );
          }),
        );
      });
    }

    it('the norm and a step of Adam', () => {
      fc.assert(
        fc.property(fc.integer(), fc.integer({ min: 1, max: 20 }), (seed, vectors) => {
          const step = { gradientScale: 0.7, stepSize: 3e-4, varianceScale: 1.5, epsilon: 1e-5 };
          expectTwins(
            createKernels,
            (allocate) => {
              const random = SeededRandom.fromSeed(seed);
              const filled = (of: () => number) => {
                const numbers = allocate(4 * vectors);
                for (let i = 0; i < numbers.length; i++) numbers[i] = of();
                return numbers;
              };
              return {
                parameters: filled(() => random.normal()),
                mean: filled(() => 0.1 * random.normal()),
                variance: filled(() => 0.1 * random.uniform()),
                gradient: filled(() => random.normal()),
                norm: allocate(4),
              };
            },
            (kernels, { parameters, mean, variance, gradient, norm }) => {
              norm[0] = kernels.squaredNorm(gradient);
              kernels.adamStep(step, parameters, mean, variance, gradient);
            },
            3e-7,
          );
        }),
      );
    });
  });
}

/** Holds kernels to what all of them promise. */
export function describeKernels(name: string, create: CreateKernels): void {
  describe(`${name} kernels`, () => {
    it('compute a row to the same bits, whatever rows go with it', () => {
      fc.assert(
        fc.property(layers, (layer) => {
          const { kernels, arrays } = create((allocate) => layOut(allocate, layer));
          const shape = shapeOf(layer);
          const { inputs, kernel, bias, outputs } = arrays;
          kernels.dense(shape, layer.rows, inputs, kernel, bias, outputs);
          kernels.activate({ activation: 'tanh', width: shape.width }, layer.rows, outputs);
          const together = outputs.slice();
          for (let row = 0; row < layer.rows; row++) {
            inputs.copyWithin(0, row * shape.inputWidth, (row + 1) * shape.inputWidth);
            kernels.dense(shape, 1, inputs, kernel, bias, outputs);
            kernels.activate({ activation: 'tanh', width: shape.width }, 1, outputs);
            expect(outputs.subarray(0, shape.width)).toEqual(
              together.subarray(row * shape.width, (row + 1) * shape.width),
            );
          }
        }),
        { numRuns: 30 },
      );
    });

    it('keep padding at zero through a layer, its slopes and its step', () => {
      const layer: Layer = { seed: 3, rows: 5, inputs: 6, outputs: 3, paddedInputs: true };
      const { kernels, arrays } = create((allocate) => ({
        ...layOut(allocate, layer),
        mean: allocate(24),
        variance: allocate(24),
      }));
      const { inputs, kernel, bias, outputs, kernelSlopes, biasSlopes } = arrays;
      const { transposedKernel, inputSlopes, mean, variance } = arrays;
      const shape = shapeOf(layer);
      kernels.transpose(shape, 5, kernel, transposedKernel);
      kernels.dense(shape, 5, inputs, kernel, bias, outputs);
      kernels.activate({ activation: 'tanh', width: shape.width }, 5, outputs);
      kernels.denseWeightSlopes(shape, 5, inputs, outputs, kernelSlopes);
      kernels.addRows(shape, 5, outputs, biasSlopes);
      kernels.denseInputSlopes(shape, 5, outputs, transposedKernel, inputSlopes);
      const step = { gradientScale: 1, stepSize: 0.1, varianceScale: 1, epsilon: 1e-8 };
      kernels.adamStep(step, kernel, mean, variance, kernelSlopes);
      const lastColumn = (numbers: Float32Array, width: number) =>
        new Set(numbers.filter((_, i) => i % width === width - 1));
      for (const numbers of [outputs, kernel, mean, variance, kernelSlopes, biasSlopes]) {
        expect(lastColumn(numbers, 4)).toEqual(new Set([0]));
        expect(numbers.some((number) => number !== 0)).toBe(true);
      }
      expect(lastColumn(inputSlopes, 8)).toEqual(new Set([0]));
    });

    it('let moments decay to 0 itself where no gradient comes any more, and go on with the others as before', () => {
      const { kernels, arrays } = create((allocate) => ({
        parameters: allocate(8),
        mean: allocate(8),
        variance: allocate(8),
        gradient: allocate(8),
      }));
      const { parameters, mean, variance, gradient } = arrays;
      const step = { gradientScale: 1, stepSize: 1e-3, varianceScale: 1, epsilon: 1e-8 };
      // The first four are dead after one step; the others go on, the last with gradients that are hardly there.
      parameters.fill(0.5);
      gradient.set([1, -1, 1e-3, -1e4, 1, -1, 1e-3, 1e-12]);
      kernels.adamStep(step, parameters, mean, variance, gradient);
      gradient.fill(0, 0, 4);
      const smallest = { mean: Number.POSITIVE_INFINITY, variance: Number.POSITIVE_INFINITY };
      for (let steps = 0; steps < 110_000; steps++) {
        kernels.adamStep(step, parameters, mean, variance, gradient);
        for (const name of ['mean', 'variance'] as const) {
          for (const number of arrays[name]) {
            if (number !== 0) smallest[name] = Math.min(smallest[name], Math.abs(number));
          }
        }
      }
      expect([...mean.subarray(0, 4), ...variance.subarray(0, 4)]).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
      // As decimals nearest to them in float32.
      expect(smallest.mean).toBeGreaterThanOrEqual(Math.fround(1e-30));
      expect(smallest.variance).toBeGreaterThanOrEqual(Math.fround(1e-37));
      for (let i = 4; i < 8; i++) {
        expect(mean[i]! / gradient[i]!).toBeCloseTo(1, 4);
        expect(variance[i]! / gradient[i]! ** 2).toBeCloseTo(1, 3);
      }
    });

    it('let a step go where its gradient is no number: it is seen, and not made a 0', () => {
      const { kernels, arrays } = create((allocate) => [0, 1, 2, 3].map(() => allocate(4)));
      const [parameters, mean, variance, gradient] = arrays as [
        Float32Array,
        Float32Array,
        Float32Array,
        Float32Array,
      ];
      gradient.fill(Number.NaN);
      const step = { gradientScale: 1, stepSize: 1e-3, varianceScale: 1, epsilon: 1e-8 };
      kernels.adamStep(step, parameters, mean, variance, gradient);
      for (const numbers of arrays) expect(numbers).toEqual(new Float32Array(4).fill(Number.NaN));
    });

    it('compute what a hand computes', () => {
      const shape: DenseShape = { inputs: 2, inputWidth: 2, outputs: 1, width: 4 };
      const { kernels, arrays } = create((allocate) => {
        const of = (count: number, ...numbers: number[]) => {
          const array = allocate(count);
          if (array.length > 0) array.set(numbers);
          return array;
        };
        return {
          inputs: of(4, 1, 2, 3, 4),
          kernel: of(8, 10, 0, 0, 0, 100),
          bias: of(4, 5),
          outputs: of(8),
          gradient: of(4, 3, 4),
          parameters: of(4, 1, 1),
          mean: of(4),
          variance: of(4),
        };
      });
      const { inputs, kernel, bias, outputs, gradient, parameters, mean, variance } = arrays;
      // 1·10 + 2·100 + 5 and 3·10 + 4·100 + 5.
      kernels.dense(shape, 2, inputs, kernel, bias, outputs);
      expect([...outputs]).toEqual([215, 0, 0, 0, 435, 0, 0, 0]);
      expect(kernels.squaredNorm(gradient)).toBe(25);
      // Halved, 1.5 and 2; m = 0.15 and 0.2; v = 0.00225 and 0.004; θ = 1 − 0.1 m / √v.
      const step = { gradientScale: 0.5, stepSize: 0.1, varianceScale: 1, epsilon: 1e-12 };
      kernels.adamStep(step, parameters, mean, variance, gradient);
      expect(mean[0]).toBeCloseTo(0.15, 6);
      expect(variance[1]).toBeCloseTo(0.004, 8);
      expect(parameters[0]).toBeCloseTo(1 - 0.015 / Math.sqrt(0.00225), 6);
    });

    it('pass relu’s slopes only where it passed its input', () => {
      const { kernels, arrays } = create((allocate) => [allocate(4), allocate(4)] as const);
      const [outputs, slopes] = arrays;
      outputs.set([-1, 0, 2, Number.NaN]);
      kernels.activate({ activation: 'relu', width: 4 }, 1, outputs);
      expect([...outputs]).toEqual([0, 0, 2, Number.NaN]);
      slopes.set([5, 6, 7, 8]);
      kernels.activationSlopes({ activation: 'relu', width: 4 }, 1, outputs, slopes);
      expect([...slopes]).toEqual([0, 0, 7, 0]);
    });
  });
}
