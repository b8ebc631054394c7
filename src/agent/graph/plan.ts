import { paddedWidth } from '../kernels/kernels';
import { type GraphNode, neededFor, type OutputName, outputNames, type PolicyGraph } from './graph';
import type { Emit, Lowering, Memory, Place, Rows } from './layer-kind';
import { kindOf, type LayerKinds, layerKinds } from './layer-kinds';
import { type PaddedLayout, paddedLayout } from './padded-parameters';
import { graphBlocks, nodeSizes } from './parameter-blocks';

/** One kernel's work. How many rows it is for is told when it runs. */
export interface Call {
  /** For whose sake it is made. */
  readonly node: string;
  /** Of `LayerKernels`. */
  readonly kernel: string;
  readonly sizes: object;
  readonly operands: readonly Place[];
}

/**
 * A graph in calls of kernels on arrays of known sizes: no tensors, no tape, nothing decided while it runs. It is data
 * still: the same plan runs in plain loops and in SIMD, forward only in whoever acts, and backwards in whoever learns.
 */
export interface Plan {
  readonly graph: PolicyGraph;
  /** The most that it runs on at once. */
  readonly rows: number;
  readonly parameters: PaddedLayout;
  /** How many numbers each array has. */
  readonly counts: Readonly<Record<Memory, number>>;
  /** Where observations are put. */
  readonly input: Rows;
  readonly outputs: Readonly<Record<OutputName, { readonly rows: Rows; readonly slopes: Rows }>>;
  readonly forward: readonly Call[];
  /** To be run once parameters have changed, before any `backward`. */
  readonly refresh: readonly Call[];
  /** Makes all slopes of those at the outputs. To be run after `forward` on the same rows. */
  readonly backward: readonly Call[];
  /** Adds to the gradient, each call to a part of its own. To be run after `backward` on the same rows. */
  readonly accumulate: readonly Call[];
}

/** The most rows that are run at once: more gain nothing, and these many activations stay in the processor's cache. */
export const blockRows = 64;

/** Lays a graph out for up to `rows` observations at once. Nodes that no output depends on are left out. */
export function compile(
  graph: PolicyGraph,
  { rows }: { readonly rows: number } = { rows: blockRows },
  kinds: LayerKinds = layerKinds,
): Plan {
  const needed = new Set(Object.values(graph.outputs).flatMap((output) => [...neededFor(graph, output)]));
  const nodes = graph.nodes.filter(({ name }) => needed.has(name));
  const compiler = new Compiler(graph, nodes, rows, kinds);
  for (const node of nodes) compiler.lower(node);
  return compiler.plan();
}

/** A node's numbers: null slopes are asked for by nobody. */
interface NodeRows {
  readonly rows: Rows;
  readonly slopes: Rows | null;
}

class Compiler {
  private readonly graph: PolicyGraph;
  private readonly rows: number;
  private readonly kinds: LayerKinds;
  private readonly sizes: ReadonlyMap<string, number>;
  private readonly parameters: PaddedLayout;
  /** Who reads each node's outputs, in order. */
  private readonly readers: ReadonlyMap<string, readonly GraphNode[]>;
  private readonly isOutput: ReadonlySet<string>;
  private readonly counts: Record<Memory, number>;
  private readonly lowered = new Map<string, NodeRows>();
  private readonly forward: Call[] = [];
  private readonly refresh: Call[] = [];
  /** Each node's, in order of the nodes: they run from the last node to the first. */
  private readonly backward: Call[][] = [];
  private readonly accumulate: Call[][] = [];

  /** @param nodes of the graph that are to be computed. */
  constructor(graph: PolicyGraph, nodes: readonly GraphNode[], rows: number, kinds: LayerKinds) {
    this.graph = graph;
    this.rows = rows;
    this.kinds = kinds;
    this.sizes = nodeSizes(graph, kinds);
    this.parameters = paddedLayout(graphBlocks(graph, kinds));
    this.readers = new Map(
      nodes.map(({ name }) => [name, nodes.filter(({ inputs }) => inputs.includes(name))]),
    );
    this.isOutput = new Set(Object.values(graph.outputs));
    const { size } = this.parameters;
    this.counts = { parameters: size, prepared: 0, gradient: size, activations: 0, slopes: 0 };
  }

  lower(node: GraphNode): void {
    const backward: Call[] = [];
    const accumulate: Call[] = [];
    const emitTo =
      (calls: Call[]): Emit =>
      (kernel, sizes, ...operands) => {
        calls.push({ node: node.name, kernel, sizes, operands });
      };
    const inputs = node.inputs.map((name) => this.loweredNode(name));
    const made = (at: NodeRows) => {
      this.lowered.set(node.name, at);
      return at.rows;
    };
    const emitBackward = emitTo(backward);
    const at: Lowering = {
      inputs: inputs.map(({ rows }) => rows),
      parameter: (name) => this.parameterPlace('parameters', node, name),
      gradient: (name) => this.parameterPlace('gradient', node, name),
      output: () => made(this.newRows(node)),
      outputInPlace: () => made(this.sharedRows(node)),
      outputSlopes: () => this.slopesOf(node.name),
      inputSlopes: (input) => {
        const { slopes } = inputs[input]!; // a layer asks for inputs that it has
        if (slopes !== null && this.runsFirst(node, node.inputs[input]!)) {
          emitBackward('clear', { width: slopes.width }, slopes);
        }
        return slopes;
      },
      prepared: (count) => this.allocate('prepared', count),
      forward: emitTo(this.forward),
      refresh: emitTo(this.refresh),
      backward: emitBackward,
      accumulate: emitTo(accumulate),
    };
    kindOf(node, this.kinds).lower(node, at);
    // Without slopes of its own, nothing below it has parameters either.
    const isLearned = this.loweredNode(node.name).slopes !== null;
    this.backward.push(isLearned ? backward : []);
    this.accumulate.push(isLearned ? accumulate : []);
  }

  plan(): Plan {
    const { graph, rows, parameters, counts, forward, refresh } = this;
    const input = graph.nodes.find(({ kind }) => kind === 'input');
    if (input === undefined) throw new Error('A graph needs an input.');
    const outputs = outputNames.map((output) => {
      const name = graph.outputs[output];
      return [output, { rows: this.loweredNode(name).rows, slopes: this.slopesOf(name) }];
    });
    return {
      graph,
      rows,
      parameters,
      counts,
      input: this.loweredNode(input.name).rows,
      outputs: Object.fromEntries(outputs) as Plan['outputs'],
      forward,
      refresh,
      backward: this.backward.toReversed().flat(),
      accumulate: this.accumulate.toReversed().flat(),
    };
  }

  private loweredNode(name: string): NodeRows {
    const found = this.lowered.get(name);
    if (found === undefined) throw new Error(`The node “${name}” is read before it is computed.`);
    return found;
  }

  private slopesOf(name: string): Rows {
    const { slopes } = this.loweredNode(name);
    if (slopes === null)
      throw new Error(`Nothing can be learned at the node “${name}”: it has no parameters.`);
    return slopes;
  }

  /** Rows of inputs lie as close together as they come; all others begin with whole vectors. */
  private newRows(node: GraphNode): NodeRows {
    const size = this.sizes.get(node.name)!; // every node has a size
    const width = node.kind === 'input' ? size : paddedWidth(size);
    const rowsIn = (memory: Memory): Rows => ({
      ...this.allocate(memory, this.rows * width),
      size,
      width,
    });
    return { rows: rowsIn('activations'), slopes: this.isLearned(node) ? rowsIn('slopes') : null };
  }

  private sharedRows(node: GraphNode): NodeRows {
    const name = node.inputs[0]!; // what is changed in place is an input
    if (this.readers.get(name)!.length > 1 || this.isOutput.has(name)) {
      throw new Error(`“${node.name}” would change the outputs of “${name}”, which others read, too.`);
    }
    return this.loweredNode(name);
  }

  /** Whether a node has parameters, or depends on any. */
  private isLearned(node: GraphNode): boolean {
    const inputSizes = node.inputs.map((input) => this.sizes.get(input)!); // every node has a size
    if (kindOf(node, this.kinds).parameters(node, inputSizes).length > 0) return true;
    return node.inputs.some((input) => this.loweredNode(input).slopes !== null);
  }

  /** Whether a node is the first to add to the slopes at one of its inputs: those at the graph's outputs are given. */
  private runsFirst(node: GraphNode, input: string): boolean {
    return this.readers.get(input)!.at(-1) === node && !this.isOutput.has(input);
  }

  private parameterPlace(memory: 'parameters' | 'gradient', node: GraphNode, name: string): Place {
    const wanted = `${node.name}.${name}`;
    const { offset, size } = this.parameters.blocks.find(({ block }) => block.name === wanted)!; // its own
    return { memory, offset, count: size };
  }

  private allocate(memory: Memory, count: number): Place {
    const place = { memory, offset: this.counts[memory], count };
    this.counts[memory] += paddedWidth(count);
    return place;
  }
}
