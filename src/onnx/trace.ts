import { bad } from '../agent/file-error';
import type { PlaytrainError } from '../contract';
import type { OnnxModel, OnnxNode, OnnxTensor } from './model';
import { operators } from './operators';
import type { Step } from './step';
import { columnsOf, netOf, type Traced } from './straight-net';
import { scalar, slicedRange } from './tensor';

/** A graph asks for no more numbers than this to be worked out while it is followed: the largest net takes a tenth of it. */
const mostWork = 1e7;
const mostNodes = 2_000;

/** What to do where a model is another. */
export const readHere =
  'Read here are straight nets: dense layers with tanh, relu or swish, a normaliser before them, and masks.';

/** What the names of a graph stand for, once it is followed from what goes in. */
export class Trace {
  private readonly traced: Map<string, Traced>;
  private work = 0;

  /**
   * Follows every node once, in the order of the file.
   *
   * @param given what goes in, by name.
   * @throws PlaytrainError `bad-file` where the graph asks for too much.
   */
  constructor(model: OnnxModel, given: ReadonlyMap<string, Traced>) {
    const { nodes, constants } = model;
    if (nodes.length > mostNodes) {
      throw bad(`it has ${nodes.length} nodes, and a straight net some dozens`, readHere);
    }
    this.traced = new Map(constants.map((tensor) => [tensor.name, constantOf(tensor)]));
    for (const [name, value] of given) this.traced.set(name, value);
    for (const node of nodes) this.follow(node);
  }

  /** What a name stands for. */
  of(name: string): Traced {
    const found = this.traced.get(name);
    return found ?? { kind: 'refused', node: name, why: 'nothing gives it' };
  }

  private follow(node: OnnxNode): void {
    const called = nameOf(node);
    const inputs = node.inputs.map(
      (name): Traced => (name === '' ? { kind: 'constant', tensor: scalar(Number.NaN) } : this.of(name)),
    );
    const operator = node.domain === '' ? operators.get(node.operator) : undefined;
    const step = { node, called, inputs, spend: (count: number) => this.spend(count) };
    const outputs = operator === undefined ? unknown(step) : operator(step);
    for (const [i, name] of node.outputs.entries()) {
      if (name === '') continue;
      const why = `${node.operator} has an output that is not read here`;
      this.traced.set(name, outputs[i] ?? { kind: 'refused', node: called, why });
    }
  }

  private spend(multiplications: number): void {
    this.work += multiplications;
    if (this.work > mostWork) {
      throw bad('it asks for more arithmetic than the largest net that is read here', readHere);
    }
  }
}

/** How a node is called in sentences: many have no name, and their outputs do. */
function nameOf({ name, operator, outputs }: OnnxNode): string {
  return name !== '' ? name : `${operator} → ${outputs[0] ?? '?'}`;
}

function unknown({ node, called }: Step): readonly Traced[] {
  const operator = node.domain === '' ? node.operator : `${node.domain}.${node.operator}`;
  return [{ kind: 'refused', node: called, why: `${operator} is no part of a straight net` }];
}

function constantOf({ dims, values }: OnnxTensor): Traced {
  return { kind: 'constant', tensor: { dims, values: Float64Array.from(values) } };
}

/**
 * What is seen, in parts that lie one after another.
 *
 * @throws PlaytrainError `bad-file` where it is too much to be followed in parts.
 */
export function observationParts(widths: readonly number[]): readonly Traced[] {
  const width = widths.reduce((sum, each) => sum + each, 0);
  const whole = netOf({ kind: 'observation', width });
  if (widths.length === 1) return [{ kind: 'net', net: whole }];
  if (width * width > mostWork) throw bad(`it sees ${width} numbers in ${widths.length} parts`, readHere);
  let start = 0;
  return widths.map((part) => {
    const columns = slicedRange(width, start, start + part);
    start += part;
    return { kind: 'net', net: { ...whole, map: columnsOf(whole.map, width, columns), width: part } };
  });
}

/** @throws PlaytrainError `bad-file` that names the node, where a name could not be followed. */
export function refusal(node: string, why: string): PlaytrainError {
  return bad(`its node “${node}” cannot be followed (${why})`, readHere);
}
