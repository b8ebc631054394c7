// Arithmetic on a graph's constants, as much of it as exporters leave for those who read their files.

/** Numbers with a shape, row-major. */
export interface Tensor {
  readonly dims: readonly number[];
  readonly values: Float64Array;
}

/** No constant that is worked out may hold more: a broadcast of two small ones can be as large as any. */
const mostNumbers = 2 ** 21;

/** A constant of one number, without a shape. */
export function scalar(value: number): Tensor {
  return { dims: [], values: Float64Array.of(value) };
}

/** Whole numbers in one row. */
export function row(values: readonly number[]): Tensor {
  return { dims: [values.length], values: Float64Array.from(values) };
}

/** How many numbers a shape has; NaN for one that is none. */
export function countOf(dims: readonly number[]): number {
  return dims.reduce((product, dim) => product * (dim >= 0 ? dim : Number.NaN), 1);
}

/** Combines two constants number by number, the smaller repeated; null where their shapes do not go together. */
export function combine(
  left: Tensor,
  right: Tensor,
  operation: (left: number, right: number) => number,
): Tensor | null {
  const rank = Math.max(left.dims.length, right.dims.length);
  const padded = (dims: readonly number[]) => [
    ...Array.from({ length: rank - dims.length }, () => 1),
    ...dims,
  ];
  const [a, b] = [padded(left.dims), padded(right.dims)];
  const dims = a.map((dim, axis) => (dim === 1 ? b[axis]! : dim));
  if (b.some((dim, axis) => dim !== 1 && dim !== dims[axis])) return null;
  const count = countOf(dims);
  if (!(count <= mostNumbers)) return null;
  const values = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    values[i] = operation(left.values[placeIn(a, dims, i)]!, right.values[placeIn(b, dims, i)]!);
  }
  return { dims, values };
}

/** Where in a tensor of shape `own`, repeated to `dims`, the number at `index` is. */
function placeIn(own: readonly number[], dims: readonly number[], index: number): number {
  let place = 0;
  let stride = 1;
  let rest = index;
  for (let axis = dims.length - 1; axis >= 0; axis--) {
    const at = rest % dims[axis]!;
    rest = (rest - at) / dims[axis]!;
    if (own[axis] !== 1) place += at * stride;
    stride *= own[axis]!;
  }
  return place;
}

/** A constant with rows and columns exchanged; null for other shapes. */
export function transposed({ dims, values }: Tensor): Tensor | null {
  const [rows, columns] = dims;
  if (dims.length !== 2 || rows === undefined || columns === undefined) return null;
  const turned = new Float64Array(values.length);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) turned[c * rows + r] = values[r * columns + c]!;
  }
  return { dims: [columns, rows], values: turned };
}

/** What of an axis of `length` a slice takes; null for one that is not read here (steps other than 1). */
export function slicedRange(length: number, start: number, end: number): readonly number[] {
  const bounded = (at: number) => Math.max(0, Math.min(length, at < 0 ? at + length : at));
  const [from, to] = [bounded(start), bounded(end)];
  return Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
}

/** Some places along the last axis. */
export function lastAxis({ dims, values }: Tensor, places: readonly number[]): Tensor {
  const width = dims.at(-1) ?? 1;
  const rows = width === 0 ? 0 : values.length / width;
  const chosen = new Float64Array(rows * places.length);
  for (let r = 0; r < rows; r++) {
    for (const [at, place] of places.entries()) chosen[r * places.length + at] = values[r * width + place]!;
  }
  return { dims: [...dims.slice(0, -1), places.length], values: chosen };
}

/** A constant's numbers, as many as `width`: each its own, or one for all; null where it has another shape. */
export function perColumn({ dims, values }: Tensor, width: number): Float64Array | null {
  if (values.length === 1) return new Float64Array(width).fill(values[0]!);
  if (values.length !== width || dims.at(-1) !== width) return null;
  return values;
}
