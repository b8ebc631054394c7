/**
 * A policy as a small static graph: what is computed of an observation, before anything is known of memory, kernels or
 * devices. Plain data, which is written into files as it is.
 */
export interface PolicyGraph {
  /** Each comes after its inputs. */
  readonly nodes: readonly GraphNode[];
  /** Parameters that no node reads and the loss does: a Gaussian policy's log standard deviations. */
  readonly vectors: readonly ParameterVector[];
  readonly outputs: GraphOutputs;
}

/** The nodes whose outputs a policy is made of. */
export interface GraphOutputs {
  /** Logits, or a Gaussian's means. */
  readonly policy: string;
  /** One number a row: V(s). */
  readonly value: string;
}
export type OutputName = keyof GraphOutputs;
export const outputNames: readonly OutputName[] = ['policy', 'value'];

/** One step of the computation, of a kind that `layerKinds` lists. It makes one matrix of others: a row an observation. */
export interface GraphNode {
  readonly kind: string;
  /** Of its own in the graph. Its parameters are named after it: `actor.0` has `actor.0.kernel`. */
  readonly name: string;
  /** The nodes whose outputs it reads, by name. */
  readonly inputs: readonly string[];
}

export interface ParameterVector {
  readonly name: string;
  readonly size: number;
}

/** The nodes that a node's outputs depend on, itself among them, by name. */
export function neededFor({ nodes }: PolicyGraph, name: string): ReadonlySet<string> {
  const needed = new Set([name]);
  for (const node of nodes.toReversed()) {
    if (needed.has(node.name)) for (const input of node.inputs) needed.add(input);
  }
  return needed;
}

/** Whether both say the same, node by node: weights of the one are weights of the other then. */
export function sameGraph(left: PolicyGraph, right: PolicyGraph): boolean {
  return graphKey(left) === graphKey(right);
}

const keys = new WeakMap<PolicyGraph, string>();

/** A text that two graphs share where they say the same. */
export function graphKey(graph: PolicyGraph): string {
  const known = keys.get(graph);
  if (known !== undefined) return known;
  const sorted = (part: object) => Object.entries(part).sort(([left], [right]) => (left < right ? -1 : 1));
  const { nodes, vectors, outputs } = graph;
  const key = JSON.stringify([nodes.map(sorted), vectors.map(sorted), sorted(outputs)]);
  keys.set(graph, key);
  return key;
}
