import type { Activation } from '../kernels/kernels';
import type { GraphNode } from './graph';
import type { LayerKind } from './layer-kind';

/** y = f(x), number by number, for one input. */
export interface ActivationNode extends GraphNode {
  readonly kind: 'activation';
  readonly function: Activation;
}

/** In place: ∂L/∂x = ∂L/∂y · f′, and f′ is a function of y for every f there is. */
export const activationLayer: LayerKind<ActivationNode> = {
  size: (_node, [size]) => size!, // an activation has an input
  parameters: () => [],
  lower({ function: activation }, at) {
    const output = at.outputInPlace();
    const shape = { activation, width: output.width };
    at.forward('activate', shape, output);
    at.backward('activationSlopes', shape, output, at.outputSlopes());
  },
};
