import type { GraphNode } from './graph';
import type { LayerKind } from './layer-kind';

/** What comes in from outside: the observation, as the policy is meant to see it. */
export interface InputNode extends GraphNode {
  readonly kind: 'input';
  readonly size: number;
}

/** Rows lie as close together as they come. */
export const inputLayer: LayerKind<InputNode> = {
  size: ({ size }) => size,
  parameters: () => [],
  lower(_node, at) {
    at.output();
  },
};
