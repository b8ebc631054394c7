// What of an ONNX model (github.com/onnx/onnx, onnx.proto3) a straight net needs, as plain data.

/** Numbers with a shape, row-major. Whole numbers are kept as numbers: indices and shapes are small. */
export interface OnnxTensor {
  readonly name: string;
  readonly type: 'float' | 'int64';
  readonly dims: readonly number[];
  readonly values: ArrayLike<number>;
}

/** What an operator is told besides its inputs. */
export type OnnxAttribute =
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'floats'; readonly value: readonly number[] }
  | { readonly kind: 'ints'; readonly value: readonly number[] }
  | { readonly kind: 'tensor'; readonly value: OnnxTensor }
  /** A text, a graph, or lists of such: nothing that a straight net is told. */
  | { readonly kind: 'other' };

/** One operator, joined to others by the names of its inputs and outputs. */
export interface OnnxNode {
  readonly name: string;
  readonly operator: string;
  /** Empty for ONNX's own operators. */
  readonly domain: string;
  /** An empty name is an input that is left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, OnnxAttribute>;
}

/** What goes into a graph or comes out of it. */
export interface OnnxValue {
  readonly name: string;
  readonly type: 'float' | 'int64' | 'other';
  /** A number, or the name of one that is known only when it runs, such as the batch; null where a file says neither. */
  readonly dims: readonly (number | string | null)[];
}

/** A model: one graph, whose nodes stand in the order in which they can be computed. */
export interface OnnxModel {
  /** Of ONNX's own operators. */
  readonly opset: number;
  readonly graph: string;
  readonly nodes: readonly OnnxNode[];
  readonly constants: readonly OnnxTensor[];
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  /** What whoever made it adds about it, by key. */
  readonly metadata: ReadonlyMap<string, string>;
}
