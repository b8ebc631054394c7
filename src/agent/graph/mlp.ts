import type { Activation } from '../kernels/kernels';
import type { ActivationNode } from './activation-layer';
import type { DenseNode } from './dense-layer';
import { type GraphNode, type ParameterVector, type PolicyGraph, sameGraph } from './graph';
import type { InputNode } from './input-layer';

/** Two plain nets side by side, an actor and a critic, over the same hidden sizes. */
export interface MlpShape {
  readonly observationSize: number;
  readonly hiddenSizes: readonly number[];
  readonly activation: Activation;
  /** Of the actor's head. */
  readonly policyOutputs: number;
  readonly vectors: readonly ParameterVector[];
}

/** Layers are `actor.0`, `actor.1`, …, `actor.head`, and the same for `critic`, whose head is one number wide. */
export function mlpGraph(shape: MlpShape): PolicyGraph {
  const observation: InputNode = {
    kind: 'input',
    name: 'observation',
    inputs: [],
    size: shape.observationSize,
  };
  return {
    nodes: [observation, ...network('actor', shape.policyOutputs, shape), ...network('critic', 1, shape)],
    vectors: shape.vectors,
    outputs: { policy: 'actor.head', value: 'critic.head' },
  };
}

function network(name: string, outputs: number, { hiddenSizes, activation }: MlpShape): GraphNode[] {
  let input = 'observation';
  const hidden = hiddenSizes.flatMap((size, layer): GraphNode[] => {
    const dense: DenseNode = { kind: 'dense', name: `${name}.${layer}`, inputs: [input], size };
    const activated: ActivationNode = {
      kind: 'activation',
      name: `${name}.${layer}.${activation}`,
      inputs: [dense.name],
      function: activation,
    };
    input = activated.name;
    return [dense, activated];
  });
  const head: DenseNode = { kind: 'dense', name: `${name}.head`, inputs: [input], size: outputs };
  return [...hidden, head];
}

/** The shape of a graph that is two plain nets; null for any other. */
export function mlpShapeOf(graph: PolicyGraph): MlpShape | null {
  const { nodes, vectors } = graph;
  const ofKind = <Node extends GraphNode>(kind: Node['kind']) =>
    nodes.filter((node): node is Node => node.kind === kind);
  const actor = ofKind<DenseNode>('dense').filter(({ name }) => name.startsWith('actor.'));
  const shape = {
    observationSize: ofKind<InputNode>('input')[0]?.size ?? 0,
    hiddenSizes: actor.slice(0, -1).map(({ size }) => size),
    activation: ofKind<ActivationNode>('activation')[0]?.function ?? 'tanh',
    policyOutputs: actor.at(-1)?.size ?? 0,
    vectors,
  };
  return sameGraph(mlpGraph(shape), graph) ? shape : null;
}
