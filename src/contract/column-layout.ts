import { type Column, columns, type SizeName } from './columns';

type AnyColumn = (typeof columns)[number];
/** A column that decision records have. */
export type DecisionColumn = Extract<AnyColumn, { readonly decision: true }>;
/** A column that rollouts have. */
export type RolloutColumn = Extract<AnyColumn, { readonly rollout: string }>;
/** A column that is learned from. */
export type LearnedColumn = Extract<AnyColumn, { readonly learned: true }>;

/** The columns of each record, in the table's order. */
export const decisionColumns = columns.filter((column): column is DecisionColumn => 'decision' in column);
/** Those that rollouts have, in the table’s order. */
export const rolloutColumns = columns.filter((column): column is RolloutColumn => 'rollout' in column);
/** Those that are learned from, in the table’s order. */
export const learnedColumns = columns.filter((column): column is LearnedColumn => 'learned' in column);

/** The typed array of each type of number. */
export interface ArrayOf {
  readonly float32: Float32Array<ArrayBuffer>;
  readonly int32: Int32Array<ArrayBuffer>;
  readonly uint8: Uint8Array<ArrayBuffer>;
}

/** A record of columns, an array each. */
export type ColumnArrays<Each extends Column> = {
  readonly [One in Each as One['name']]: ArrayOf[One['dtype']];
};
/** The arrays of a decision record. */
export type DecisionColumns = ColumnArrays<DecisionColumn>;
/** The arrays of a rollout. */
export type RolloutColumns = ColumnArrays<RolloutColumn>;
/** The arrays that an update learns from. */
export type LearnedColumns = ColumnArrays<LearnedColumn>;

/** The sizes that a record of these columns takes from its shape. */
export type SizesOf<Each extends Column> = Readonly<Record<Extract<Each['width'], SizeName>, number>>;

/** Numbers in one row of a column. */
export function widthOf<Each extends Column>(column: Each, sizes: SizesOf<Each>): number {
  const { width }: Column = column;
  return typeof width === 'number' ? width : (sizes as Readonly<Record<SizeName, number>>)[width];
}

/** Makes arrays of one type. */
interface ArrayType {
  new (count: number): ArrayOf[Column['dtype']];
  new (buffer: ArrayBuffer, offset: number, count: number): ArrayOf[Column['dtype']];
  readonly BYTES_PER_ELEMENT: number;
}
const arrayTypes: Readonly<Record<Column['dtype'], ArrayType>> = {
  float32: Float32Array,
  int32: Int32Array,
  uint8: Uint8Array,
};

/** An array of zeros for so many numbers of a column. */
export function columnArray({ dtype }: Pick<Column, 'dtype'>, count: number) {
  return new arrayTypes[dtype](count);
}

/** Where each column of a record lies in its buffer. */
export interface ColumnLayout {
  /** Of the whole buffer, its header included. */
  readonly bytes: number;
  readonly places: readonly ColumnPlace[];
}

/** Where one column lies in a buffer. */
export interface ColumnPlace {
  readonly name: string;
  readonly type: ArrayType;
  readonly offset: number;
  readonly count: number;
}

/**
 * Lays columns out in one buffer: those of whole words first, so that every array is aligned.
 *
 * @param countOf how many numbers a column has.
 * @param headerBytes that come before the first, a multiple of four.
 */
export function columnLayout<Each extends Column>(
  columns: readonly Each[],
  countOf: (column: Each) => number,
  headerBytes = 0,
): ColumnLayout {
  const isWords = ({ dtype }: Each) => arrayTypes[dtype].BYTES_PER_ELEMENT === 4;
  const ordered = [...columns.filter(isWords), ...columns.filter((column) => !isWords(column))];
  let bytes = headerBytes;
  const places = ordered.map((column) => {
    const type = arrayTypes[column.dtype];
    const place = { name: column.name, type, offset: bytes, count: countOf(column) };
    bytes += place.count * type.BYTES_PER_ELEMENT;
    return place;
  });
  return { bytes, places };
}

/** Writes the arrays of a layout over `buffer` into `record`, each under its column's name. */
export function layColumns({ places }: ColumnLayout, buffer: ArrayBuffer, record: object): void {
  const fields = record as Record<string, ArrayOf[Column['dtype']]>;
  for (let i = 0; i < places.length; i++) {
    const { name, type, offset, count } = places[i]!;
    fields[name] = new type(buffer, offset, count);
  }
}

/** What an update learns from, of so many steps that have not been filled in. */
export function emptyLearned(sizes: SizesOf<(typeof learnedColumns)[number]>, steps: number): LearnedColumns {
  return Object.fromEntries(
    learnedColumns.map((column) => [column.name, columnArray(column, steps * widthOf(column, sizes))]),
  ) as unknown as LearnedColumns;
}
