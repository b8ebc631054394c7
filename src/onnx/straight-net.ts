import type { Tensor } from './tensor';

// What a graph comes to when it is followed from what is seen to what is done.

/** What the layers so far give: what is seen, that normalised, or the outputs of a hidden layer. */
export type Body =
  | { readonly kind: 'observation'; readonly width: number }
  | {
      readonly kind: 'normalised';
      readonly width: number;
      readonly node: string;
      readonly clip: ClippedInput;
    }
  | {
      readonly kind: 'layer';
      readonly width: number;
      readonly node: string;
      readonly below: Body;
      readonly map: LinearMap;
      readonly activation: 'tanh' | 'relu' | 'swish';
    };

/** What is seen, scaled and shifted component by component, then cut. */
export interface ClippedInput {
  readonly scale: Float64Array; // [obs]
  readonly shift: Float64Array; // [obs]
  readonly low: number;
  readonly high: number;
}

/** y = x · kernel + bias, `kernel` `[inputs, outputs]` row-major; or, component by component, y = scale · x + shift. */
export type LinearMap =
  | { readonly kind: 'dense'; readonly kernel: Float64Array; readonly bias: Float64Array }
  | { readonly kind: 'diagonal'; readonly scale: Float64Array; readonly shift: Float64Array };

/** What is linear above a body, and cut at the end where it is. */
export interface Net {
  readonly body: Body;
  readonly map: LinearMap;
  readonly width: number;
  /** Where the numbers were cut, in today's scale; null where they were not. */
  readonly cut: { readonly node: string; readonly low: number; readonly high: number } | null;
  /** Of probabilities, or their logarithms, whose logits `map` gives: how many numbers each choice has. Null for others. */
  readonly choiceWidths: readonly number[] | null;
}

/** What a name in the graph stands for. */
export type Traced =
  | { readonly kind: 'constant'; readonly tensor: Tensor }
  | { readonly kind: 'net'; readonly net: Net }
  /** 1 / (1 + e⁻ˣ) of a net, which a swish multiplies by the net itself. */
  | { readonly kind: 'sigmoid'; readonly net: Net }
  /** Choices, each out of a net's logits. */
  | { readonly kind: 'choices'; readonly groups: readonly Net[] }
  /** What chance adds; the likeliest is without it. */
  | { readonly kind: 'noise' }
  /** What cannot be followed, and at which node; of no matter where nothing that is done depends on it. */
  | { readonly kind: 'refused'; readonly node: string; readonly why: string };

/** Numbers of a linear map that leaves everything as it is. */
export function unchanged(width: number): LinearMap {
  return { kind: 'diagonal', scale: new Float64Array(width).fill(1), shift: new Float64Array(width) };
}

/** A net that is a body's outputs, nothing more. */
export function netOf(body: Body): Net {
  return { body, map: unchanged(body.width), width: body.width, cut: null, choiceWidths: null };
}

/** The map, component by component scaled and shifted. */
export function rescaled(map: LinearMap, scale: Float64Array, shift: Float64Array): LinearMap {
  const width = scale.length;
  const bend = (numbers: Float64Array) => numbers.map((each, i) => each * scale[i]! + shift[i]!);
  if (map.kind === 'diagonal') {
    return { kind: 'diagonal', scale: map.scale.map((each, i) => each * scale[i]!), shift: bend(map.shift) };
  }
  const kernel = map.kernel.map((each, i) => each * scale[i % width]!);
  return { kind: 'dense', kernel, bias: bend(map.bias) };
}

/** The map, then another dense one. @param kernel `[width, outputs]`. @param bias `[outputs]`. */
export function followedBy(
  map: LinearMap,
  width: number,
  kernel: Float64Array,
  bias: Float64Array,
): LinearMap {
  const outputs = bias.length;
  const shift = map.kind === 'diagonal' ? map.shift : map.bias;
  const joinedBias = bias.slice();
  for (let i = 0; i < width; i++) {
    for (let o = 0; o < outputs; o++) joinedBias[o]! += shift[i]! * kernel[i * outputs + o]!;
  }
  if (map.kind === 'diagonal') {
    const scaled = kernel.map((each, i) => each * map.scale[Math.floor(i / outputs)]!);
    return { kind: 'dense', kernel: scaled, bias: joinedBias };
  }
  const inputs = map.kernel.length / width;
  const joined = new Float64Array(inputs * outputs);
  for (let row = 0; row < inputs; row++) {
    for (let i = 0; i < width; i++) {
      const factor = map.kernel[row * width + i]!;
      for (let o = 0; o < outputs; o++) joined[row * outputs + o]! += factor * kernel[i * outputs + o]!;
    }
  }
  return { kind: 'dense', kernel: joined, bias: joinedBias };
}

/** The map as a dense one. @param width of what comes out. */
export function asDense(map: LinearMap, width: number): LinearMap & { readonly kind: 'dense' } {
  if (map.kind === 'dense') return map;
  const kernel = new Float64Array(width * width);
  for (let i = 0; i < width; i++) kernel[i * width + i] = map.scale[i]!;
  return { kind: 'dense', kernel, bias: map.shift };
}

/** Some outputs of a map, in the order named. @param width of what comes out of all of it. */
export function columnsOf(map: LinearMap, width: number, columns: readonly number[]): LinearMap {
  const { kernel, bias } = asDense(map, width);
  const inputs = kernel.length / width;
  const chosen = new Float64Array(inputs * columns.length);
  for (let row = 0; row < inputs; row++) {
    for (const [at, column] of columns.entries()) {
      chosen[row * columns.length + at] = kernel[row * width + column]!;
    }
  }
  return { kind: 'dense', kernel: chosen, bias: Float64Array.from(columns, (column) => bias[column]!) };
}

/** Outputs of several nets over one body, side by side: parts that were taken out and put together again are as before. */
export function sideBySide(nets: readonly Net[]): LinearMap {
  const width = nets.reduce((sum, net) => sum + net.width, 0);
  const inputs = nets[0]!.body.width; // never none
  const kernel = new Float64Array(inputs * width);
  const bias = new Float64Array(width);
  let start = 0;
  for (const net of nets) {
    const dense = asDense(net.map, net.width);
    for (let row = 0; row < inputs; row++) {
      kernel.set(dense.kernel.subarray(row * net.width, (row + 1) * net.width), row * width + start);
    }
    bias.set(dense.bias, start);
    start += net.width;
  }
  const scale = Float64Array.from({ length: width }, (_, i) => kernel[i * width + i] ?? 0);
  const isDiagonal =
    inputs === width && kernel.every((each, at) => each === 0 || at % width === Math.floor(at / width));
  return isDiagonal ? { kind: 'diagonal', scale, shift: bias } : { kind: 'dense', kernel, bias };
}
