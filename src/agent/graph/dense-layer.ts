import type { DenseShape } from '../kernels/kernels';
import type { GraphNode } from './graph';
import type { LayerKind } from './layer-kind';

/** y = x · kernel + bias, for one input. */
export interface DenseNode extends GraphNode {
  readonly kind: 'dense';
  /** Numbers in each row of y. */
  readonly size: number;
}

/**
 *     ∂L/∂kernel = xᵀ · ∂L/∂y,    ∂L/∂bias = Σ rows of ∂L/∂y,    ∂L/∂x = ∂L/∂y · kernelᵀ
 *
 * The transposed kernel is made once for all of a minibatch's rows. Slopes of large kernels are added up in slices of
 * their rows.
 */
export const denseLayer: LayerKind<DenseNode> = {
  size: ({ size }) => size,

  parameters: ({ size }, [inputs]) => [
    { name: 'kernel', shape: [inputs!, size] }, // a dense layer has an input
    { name: 'bias', shape: [size] },
  ],

  lower({ size }, at) {
    const input = at.inputs[0]!; // a dense layer has an input
    const output = at.output();
    const shape = { inputs: input.size, inputWidth: input.width, outputs: size, width: output.width };
    at.forward('dense', shape, input, at.parameter('kernel'), at.parameter('bias'), output);

    const slopes = at.outputSlopes();
    const kernelSlopes = at.gradient('kernel');
    const sliceRows = rowsOfSlice(shape);
    for (let row = 0; row < input.size; row += sliceRows) {
      const rows = Math.min(sliceRows, input.size - row);
      at.accumulate(
        'denseWeightSlopes',
        { ...shape, inputs: rows },
        { ...input, offset: input.offset + row, count: input.count - row },
        slopes,
        { ...kernelSlopes, offset: kernelSlopes.offset + row * shape.width, count: rows * shape.width },
      );
    }
    at.accumulate('addRows', shape, slopes, at.gradient('bias'));

    const inputSlopes = at.inputSlopes(0);
    if (inputSlopes === null) return;
    const transposedKernel = at.prepared(size * input.width);
    at.refresh('transpose', shape, at.parameter('kernel'), transposedKernel);
    at.backward('denseInputSlopes', shape, slopes, transposedKernel, inputSlopes);
  },
};

/** Weights of one slice at least: fewer are not worth a call. */
const sliceWeights = 1_024;
/** Slices of one kernel at most. */
const mostSlices = 32;

/** Kernel rows of one slice, a multiple of the four that are computed together. */
function rowsOfSlice({ inputs, width }: DenseShape): number {
  return 4 * Math.ceil(Math.max(sliceWeights / width, inputs / mostSlices) / 4);
}
