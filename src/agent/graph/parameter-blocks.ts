import type { PolicyGraph } from './graph';
import { kindOf, layerKinds } from './layer-kinds';

/** One weight matrix or vector: a run of numbers in a policy's flat parameter array. */
export interface ParameterBlock {
  /** Such as `actor.0.kernel`. */
  readonly name: string;
  /** Kernels are `[in, out]`, row-major; biases `[out]`. */
  readonly shape: readonly number[];
  readonly offset: number;
  readonly size: number;
}

/** Numbers in each row of every node's output, by the node's name. */
export function nodeSizes({ nodes }: PolicyGraph, kinds = layerKinds): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  for (const node of nodes) {
    const inputSizes = node.inputs.map((input) => sizes.get(input)!); // nodes come after their inputs
    sizes.set(node.name, kindOf(node, kinds).size(node, inputSizes));
  }
  return sizes;
}

/** Every parameter of a graph: its nodes' in their order, and then its vectors. */
export function graphBlocks(graph: PolicyGraph, kinds = layerKinds): readonly ParameterBlock[] {
  const sizes = nodeSizes(graph, kinds);
  const named = [
    ...graph.nodes.flatMap((node) => {
      const inputSizes = node.inputs.map((input) => sizes.get(input)!); // every node has a size
      const parameters = kindOf(node, kinds).parameters(node, inputSizes);
      return parameters.map(({ name, shape }) => ({ name: `${node.name}.${name}`, shape }));
    }),
    ...graph.vectors.map(({ name, size }) => ({ name, shape: [size] })),
  ];
  let offset = 0;
  return named.map(({ name, shape }) => {
    const block = { name, shape, offset, size: shape.reduce((product, length) => product * length, 1) };
    offset += block.size;
    return block;
  });
}
