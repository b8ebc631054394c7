import type { SeededRandom } from '../../random/seeded-random';
import type { ActivationNode } from '../graph/activation-layer';
import type { DenseNode } from '../graph/dense-layer';
import type { GraphNode, PolicyGraph } from '../graph/graph';
import type { InputNode } from '../graph/input-layer';

/**
 * A graph of any shape: layers that read any earlier one, so that some are read by several and some by none, and outputs
 * that may be read, too.
 *
 * @param extra makes a node of another kind that reads the named one.
 */
export function randomGraph(
  random: SeededRandom,
  extra?: (name: string, input: string) => GraphNode,
): PolicyGraph {
  const size = () => 1 + random.below(9);
  const observation: InputNode = { kind: 'input', name: 'observation', inputs: [], size: size() };
  const nodes: GraphNode[] = [observation];
  /** That a layer may read. */
  const readable = [observation.name];
  const addDense = (name: string, numbers = size()) => {
    const node: DenseNode = {
      kind: 'dense',
      name,
      inputs: [readable[random.below(readable.length)]!],
      size: numbers,
    };
    nodes.push(node);
    return name;
  };
  for (let layer = 0; layer < 1 + random.below(5); layer++) {
    let last = addDense(`layer${layer}`);
    if (extra !== undefined && random.below(2) === 0) {
      nodes.push(extra(`extra${layer}`, last));
      last = `extra${layer}`;
    }
    if (random.below(3) > 0) {
      const activation: ActivationNode = {
        kind: 'activation',
        name: `activation${layer}`,
        inputs: [last],
        function: (['tanh', 'relu', 'swish'] as const)[random.below(3)]!,
      };
      nodes.push(activation);
      last = activation.name;
    }
    readable.push(last);
  }
  const policy = addDense('policy');
  if (random.below(2) === 0) readable.push(policy);
  return { nodes, vectors: [], outputs: { policy, value: addDense('value', 1) } };
}
