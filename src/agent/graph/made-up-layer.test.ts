import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SeededRandom } from '../../random/seeded-random';
import type { CreateKernels, Numbers } from '../kernels/kernels';
import { createFloat64Kernels, createPlainKernels } from '../kernels/plain/kernels';
import { createSimdKernels } from '../kernels/simd/kernels';
import { differencedGradient, graphCase, largestError, runGraph } from '../testing/graph-gradients';
import { randomGraph } from '../testing/random-graph';
import type { GraphNode } from './graph';
import type { LayerKind, Place } from './layer-kind';
import { layerKinds } from './layer-kinds';

/** A kind of layer that somebody adds: y = g ⊙ x, a learned gain a number. */
type AnyEmit = (kernel: string, sizes: object, ...operands: Place[]) => void;

const gainLayer: LayerKind = {
  size: (_node, [size]) => size!,
  parameters: (_node, [size]) => [{ name: 'gain', shape: [size!] }],
  lower(_node, at) {
    const input = at.inputs[0]!;
    const output = at.output();
    const shape = { width: output.width, inputWidth: input.width };
    // Kernels of its own: the table of kernels does not name them here.
    (at.forward as AnyEmit)('gain', shape, input, at.parameter('gain'), output);
    const slopes = at.outputSlopes();
    (at.accumulate as AnyEmit)('gainWeightSlopes', shape, input, slopes, at.gradient('gain'));
    const inputSlopes = at.inputSlopes(0);
    if (inputSlopes === null) return;
    (at.backward as AnyEmit)('gainInputSlopes', shape, slopes, at.parameter('gain'), inputSlopes);
  },
};

interface GainShape {
  readonly width: number;
  readonly inputWidth: number;
}

function everyNumber(
  { width, inputWidth }: GainShape,
  rows: number,
  visit: (at: number, column: number) => void,
) {
  expect(inputWidth).toBe(width);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < width; column++) visit(row * width + column, column);
  }
}

/** One form for all arrays: here it is not about speed. */
const gainKernels = {
  gain(shape: GainShape, rows: number, inputs: Numbers, gain: Numbers, outputs: Numbers) {
    everyNumber(shape, rows, (i, column) => {
      outputs[i] = inputs[i]! * gain[column]!;
    });
  },
  gainWeightSlopes(shape: GainShape, rows: number, inputs: Numbers, slopes: Numbers, gainSlopes: Numbers) {
    everyNumber(shape, rows, (i, column) => {
      gainSlopes[column] = gainSlopes[column]! + inputs[i]! * slopes[i]!;
    });
  },
  gainInputSlopes(shape: GainShape, rows: number, slopes: Numbers, gain: Numbers, inputSlopes: Numbers) {
    everyNumber(shape, rows, (i, column) => {
      inputSlopes[i] = inputSlopes[i]! + slopes[i]! * gain[column]!;
    });
  },
};

function withGain<Array extends Numbers>(createKernels: CreateKernels<Array>): CreateKernels<Array> {
  return (layOut) => {
    const { kernels, arrays } = createKernels(layOut);
    return { kernels: { ...kernels, ...gainKernels }, arrays };
  };
}

it('a kind of layer that is added is compiled, run and learned by all kernels', () => {
  const kinds = { ...layerKinds, gain: gainLayer };
  const gain = (name: string, input: string): GraphNode => ({ kind: 'gain', name, inputs: [input] });
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const given = graphCase(randomGraph(SeededRandom.fromSeed(seed), gain), seed, kinds);
      const { gradient } = runGraph(withGain(createFloat64Kernels), given);
      const differences = differencedGradient(given, withGain(createFloat64Kernels));
      // Differences of a millionth leave 1e-7, and 1 − y² is the slope of the rational tanh to within 3e-7.
      expect(largestError(gradient, differences)).toBeLessThan(1e-6);
      for (const createKernels of [createPlainKernels, createSimdKernels]) {
        expect(largestError(runGraph(withGain(createKernels), given).gradient, gradient)).toBeLessThan(1e-5);
      }
    }),
  );
});
