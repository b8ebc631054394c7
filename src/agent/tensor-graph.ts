import * as tf from '@tensorflow/tfjs-core';
import type { ActivationNode } from './graph/activation-layer';
import { type GraphNode, type OutputName, outputNames, type PolicyGraph } from './graph/graph';
import type { Activation } from './kernels/kernels';

/** What one kind of layer computes, in tfjs operations, whose gradient is tfjs's own. */
export interface TensorForm<Node extends GraphNode = GraphNode> {
  /**
   * @param inputs `[B, size]` each.
   * @param parameter one of the node's, such as `kernel`.
   */
  compute(node: Node, inputs: readonly tf.Tensor2D[], parameter: (name: string) => tf.Tensor): tf.Tensor2D;
}

const dense: TensorForm = {
  compute: (_node, [input], parameter) =>
    tf.fused.matMul({
      a: input!, // a dense layer has an input
      b: parameter('kernel') as tf.Tensor2D,
      transposeA: false,
      transposeB: false,
      bias: parameter('bias'),
    }) as tf.Tensor2D,
};

const tensorFunctions: Readonly<Record<Activation, (x: tf.Tensor2D) => tf.Tensor2D>> = {
  tanh: (x) => tf.tanh(x),
  relu: (x) => tf.relu(x),
  swish: (x) => tf.mul(x, tf.sigmoid(x)),
};

const activation: TensorForm<ActivationNode> = {
  compute: (node, [input]) => tensorFunctions[node.function](input!), // an activation has an input
};

/** The definition of every kind of layer but inputs: what its kernels must equal. */
export const tensorForms: Readonly<Record<string, TensorForm>> = { dense, activation };

/**
 * Reads a graph node by node: the definition of what a plan computes.
 *
 * @param block a parameter by its full name.
 * @param observations `[B, obs]`.
 * @returns each output, `[B, size]`.
 */
export function graphForward(
  { nodes, outputs }: PolicyGraph,
  block: (name: string) => tf.Tensor,
  observations: tf.Tensor2D,
  forms: Readonly<Record<string, TensorForm>> = tensorForms,
): Readonly<Record<OutputName, tf.Tensor2D>> {
  const made = new Map<string, tf.Tensor2D>();
  for (const node of nodes) {
    const inputs = node.inputs.map((name) => made.get(name)!); // nodes come after their inputs
    const parameter = (name: string) => block(`${node.name}.${name}`);
    const form = forms[node.kind];
    if (node.kind !== 'input' && form === undefined) throw new Error(`tfjs has no form of “${node.kind}”.`);
    made.set(node.name, form === undefined ? observations : form.compute(node, inputs, parameter));
  }
  return Object.fromEntries(
    outputNames.map((output) => [output, made.get(outputs[output])!]), // outputs are nodes
  ) as Record<OutputName, tf.Tensor2D>;
}
