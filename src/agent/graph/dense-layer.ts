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
 * The transposed kernel is made once for all of a minibatch's rows.
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
    at.backward('denseWeightSlopes', shape, input, slopes, at.gradient('kernel'), at.gradient('bias'));

    const inputSlopes = at.inputSlopes(0);
    if (inputSlopes === null) return;
    const transposedKernel = at.scratch(size * input.width);
    at.refresh('transpose', shape, at.parameter('kernel'), transposedKernel);
    at.backward('denseInputSlopes', shape, slopes, transposedKernel, inputSlopes);
  },
};
