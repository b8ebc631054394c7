import type { OnnxAttribute, OnnxNode, OnnxTensor } from './model';

/** Puts a graph together, operator by operator. Everything has a name that is made here or given, and is used once. */
export class GraphWriter {
  readonly nodes: OnnxNode[] = [];
  readonly constants: OnnxTensor[] = [];

  /** A tensor that is part of the file. @returns its name. */
  constant(name: string, dims: readonly number[], values: ArrayLike<number>): string {
    this.constants.push({ name, type: 'float', dims, values });
    return name;
  }

  /** Whole numbers that are part of the file, in one row. @returns their name. */
  indices(name: string, values: readonly number[]): string {
    this.constants.push({ name, type: 'int64', dims: [values.length], values });
    return name;
  }

  /** An operator with one output. @returns the output's name. */
  node(
    operator: string,
    inputs: readonly string[],
    output: string,
    attributes: Readonly<Record<string, OnnxAttribute>> = {},
  ): string {
    this.nodes.push({
      name: `${output}/${operator}`,
      operator,
      domain: '',
      inputs,
      outputs: [output],
      attributes: new Map(Object.entries(attributes)),
    });
    return output;
  }

  /** An output that is the same whatever is seen. */
  fixedOutput(name: string, dims: readonly number[], values: readonly number[]): void {
    const value = { name: '', type: 'float', dims, values } as const;
    this.node('Constant', [], name, { value: { kind: 'tensor', value } });
  }
}
