import { actionLayout, learnedColumns, policyOutputSize, spaceSizes, widthOf } from '../../../contract';
import type { TrainingBatch } from '../../minibatch';
import { writeActionColumns } from '../../tensor-distributions';
import { cellsOfBatch } from './gae-scan';
import type { TileLayout } from './tile-layout';
import { tilesFor } from './tile-matrix';

/**
 * A batch row as texels, derived from the columns that an update learns from: first those of several numbers, each
 * beginning with a texel of its own, then single numbers, four to a texel. Actions lie as `writeActionColumns` has them.
 *
 * Two single numbers are the device's own: the row's cell in the scan of the advantages, and whether the policy that is
 * trained acted.
 */
export interface BatchTexels {
  /** From one batch row to the next. */
  readonly count: number;
  /** Where each column of several numbers begins, in texels, and how many numbers it has. */
  readonly columns: readonly { readonly name: WideColumn; readonly begin: number; readonly width: number }[];
  /** In the order in which they are stored, from `singlesBegin` on. */
  readonly singles: readonly SingleNumber[];
  readonly singlesBegin: number;
}

type LearnedColumn = (typeof learnedColumns)[number];
type SingleColumn = Extract<LearnedColumn, { readonly width: 1 }>['name'];
type WideColumn = Exclude<LearnedColumn['name'], SingleColumn>;
type SingleNumber = SingleColumn | 'cell' | 'onVersion';

export function batchTexels(layout: TileLayout): BatchTexels {
  const { observationSize, actionSpace } = layout.policy;
  const sizes = spaceSizes(observationSize, actionSpace);
  let count = 0;
  const wide = learnedColumns.filter(
    (column): column is Extract<LearnedColumn, { name: WideColumn }> => column.width !== 1,
  );
  const columns = wide.map((column) => {
    const width = column.name === 'actions' ? policyOutputSize(actionSpace) : widthOf(column, sizes);
    const begin = count;
    count += tilesFor(width);
    return { name: column.name, begin, width };
  });
  const learnedSingles = learnedColumns.flatMap(({ name, width }) =>
    width === 1 ? [name as SingleColumn] : [],
  );
  const singles: readonly SingleNumber[] = [...learnedSingles, 'cell', 'onVersion'];
  return { columns, singles, singlesBegin: count, count: count + tilesFor(singles.length) };
}

/** GLSL that reads a batch row's columns, by the row's place: `<name>Texel(place, column)`, and `<name>Of(place)`. */
export function readBatchTexels({ columns, singles, singlesBegin }: BatchTexels): string {
  const wide = columns.map(
    ({ name, begin }) =>
      `vec4 ${name}Texel(int place, int column) { return updateTexel(place + ${begin} + column); }`,
  );
  const single = singles.map(
    (name, i) =>
      `float ${name}Of(int place) { return updateTexel(place + ${singlesBegin + (i >> 2)})[${i & 3}]; }`,
  );
  return `// What the batch holds of a step, by its row's place.\n${[...wide, ...single].join('\n')}\n`;
}

/** Writes all of a batch's rows, one after the other from the first texel on. */
export function writeBatch(layout: TileLayout, batch: TrainingBatch, texels: Float32Array): void {
  const { columns, singles, singlesBegin, count } = batchTexels(layout);
  const { components } = actionLayout(layout.policy.actionSpace);
  const cell = 'rollouts' in batch.estimates ? cellsOfBatch(batch.estimates) : new Int32Array(batch.size);
  const numbers = { ...batch, cell };
  for (const { name, begin, width } of columns) {
    for (let row = 0; row < batch.size; row++) {
      const start = 4 * (row * count + begin);
      if (name === 'actions') writeActionColumns(components, batch.actions, row, texels, start);
      else texels.set(batch[name].subarray(row * width, (row + 1) * width), start);
    }
  }
  singles.forEach((name, i) => {
    const column = numbers[name];
    for (let row = 0; row < batch.size; row++) texels[4 * (row * count + singlesBegin) + i] = column[row]!;
  });
}
