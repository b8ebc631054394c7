import type { Activation } from '../kernels/kernels';
import type { GraphNode } from './graph';
import type { LayerKind, Lowering } from './layer-kind';

/** y = f(x), number by number, for one input. */
export interface ActivationNode extends GraphNode {
  readonly kind: 'activation';
  readonly function: Activation;
}

/**
 * In place where f′ is a function of y: ∂L/∂x = ∂L/∂y · f′. A swish falls before it rises, so that two x give one y: it
 * keeps both.
 */
export const activationLayer: LayerKind<ActivationNode> = {
  size: (_node, [size]) => size!, // an activation has an input
  parameters: () => [],
  lower({ function: activation }, at) {
    if (activation === 'swish') return lowerSwish(at);
    const output = at.outputInPlace();
    const shape = { activation, width: output.width };
    at.forward('activate', shape, output);
    at.backward('activationSlopes', shape, output, at.outputSlopes());
  },
};

function lowerSwish(at: Lowering): void {
  const input = at.inputs[0]!; // an activation has an input
  const output = at.output();
  const shape = { width: output.width };
  at.forward('swish', shape, input, output);
  const slopes = at.outputSlopes();
  const inputSlopes = at.inputSlopes(0);
  if (inputSlopes !== null) at.backward('swishSlopes', shape, input, output, slopes, inputSlopes);
}
