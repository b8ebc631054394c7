import { adamDecays } from '../../adam-constants';
import type { Minibatches, StepSettings } from '../../minibatch';
import type { TrainerUpdate } from '../../minibatch-trainer';
import { batchTexels, readBatchTexels, writeBatch } from './batch-texels';
import { cellCount, writeCells } from './gae-scan';
import { type SlicesOf, wholeGradient } from './gradient-slices';
import { readRows, rowsFor, rowWidth } from './texel-rows';
import type { TileLayout } from './tile-layout';
import { tilesFor } from './tile-matrix';

/**
 * All of an update's steps as one texture, uploaded once, and what each program is told of its minibatch.
 *
 * The table is a list of texels:
 *
 *     batch        M × (the columns that are learned from; see `batch-texels.ts`)
 *     cells        of the rollouts, where advantages are estimated from them; see `gae-scan.ts`
 *     schedule     the rows of each minibatch, four a texel; each minibatch begins with a texel of its own
 *     directory    M' × (where a minibatch's schedule begins, how many rows it has, 0, 0), M' the minibatches
 *
 * Settings, and what differs from one minibatch to the next, are 16 uniform numbers.
 */

/** Row numbers and places are stored as float32, which holds every whole number up to this. */
const largestPlace = 2 ** 24;

/** GLSL that reads the table, the settings and a minibatch's numbers. */
export function readUpdateTable(layout: TileLayout): string {
  const texels = batchTexels(layout);
  return `${readRows}
uniform sampler2D updateTable;
uniform vec4 numbers[4];

vec4 updateTexel(int place) { return texelOf(updateTable, place); }

struct Settings {
  float clipRange;
  bool valueClip;
  float valueClipRange;
  float valueFactor; // 1/2 in the half form
  float valueCoefficient;
  float entropyCoefficient;
  float maxGradientNorm;
  float adamEpsilon;
  float largestKl;
};

struct Minibatch {
  int schedule; // place of its first four rows
  int count; // steps
  int rowTiles; // ⌈count / 4⌉
  float stepSize; // lr / (1 − β₁ᵗ)
  float varianceScale; // 1 / √(1 − β₂ᵗ)
  int number; // of the update, from 0
  int slices; // of the gradient
};

Settings readSettings() {
  vec4 first = numbers[0];
  vec4 second = numbers[1];
  return Settings(
    first.x, first.y > 0.0, abs(first.y), first.z, first.w, second.x, second.y, second.z, second.w);
}

Minibatch readMinibatch() {
  vec4 first = numbers[2];
  int count = int(first.y);
  return Minibatch(int(first.x), count, (count + 3) >> 2, first.z, first.w, int(numbers[3].x), int(numbers[3].y));
}

/** The four rows that a row of tiles stands for. */
ivec4 batchRows(int schedule, int rowTile) { return ivec4(updateTexel(schedule + rowTile)); }

/** Where they begin in the table. */
ivec4 batchPlaces(int schedule, int rowTile) { return batchRows(schedule, rowTile) * ${texels.count}; }

${readBatchTexels(texels)}
/** A tile of the four rows' observations, by their places. */
mat4 observationTile(ivec4 places, int column) {
  return mat4(
    observationsTexel(places.x, column),
    observationsTexel(places.y, column),
    observationsTexel(places.z, column),
    observationsTexel(places.w, column));
}
`;
}

export interface UpdateTable {
  readonly texels: Float32Array; // [height, 2048, 4]
  readonly height: number;
  readonly rows: number; // M
  /** Where the cells begin, and how many there are: none where advantages are known. */
  readonly firstCell: number;
  readonly cells: number;
  readonly minibatches: number;
  /** Where the directory begins. */
  readonly directory: number;
  readonly longestMinibatch: number;
  /** The uniform `numbers` of a minibatch, 16 of them; good until another's are asked for. */
  readonly numbersOf: (minibatch: number) => Float32Array;
  /** How many rows a minibatch has. */
  readonly sizeOf: (minibatch: number) => number;
  /** Into how many slices its gradient is split. */
  readonly slicesOf: (minibatch: number) => number;
}

/**
 * Writes an update's table.
 *
 * @param stepsBefore Adam's step count before the first minibatch.
 * @param slicesOf how each minibatch's gradient is split.
 * @returns null where it would have more than `maxHeight` rows.
 */
export function updateTable(
  layout: TileLayout,
  { batch, minibatches, settings }: TrainerUpdate,
  stepsBefore: number,
  maxHeight: number,
  slicesOf: SlicesOf = wholeGradient,
): UpdateTable | null {
  const { estimates } = batch;
  const mostTexels = Math.min(largestPlace, maxHeight * rowWidth);
  const firstCell = batch.size * batchTexels(layout).count;
  const cells = 'rollouts' in estimates ? cellCount(estimates) : 0;
  const firstSchedule = firstCell + cells;
  const schedule = drawSchedule(minibatches, mostTexels - firstSchedule - minibatches.length);
  if (schedule === null) return null;
  const directory = firstSchedule + schedule.texels;
  const height = rowsFor(directory + minibatches.length);

  const texels = new Float32Array(4 * rowWidth * height);
  writeBatch(layout, batch, texels);
  if ('rollouts' in estimates) writeCells(estimates, texels, 4 * firstCell);
  texels.set(schedule.rows.subarray(0, 4 * schedule.texels), 4 * firstSchedule);
  schedule.sizes.forEach((size, number) => {
    texels[4 * (directory + number)] = firstSchedule + schedule.begins[number]!;
    texels[4 * (directory + number) + 1] = size;
  });
  const numbers = Float32Array.from([...settingsNumbers(settings), 0, 0, 0, 0, 0, 0, 0, 0]);
  return {
    texels,
    height,
    rows: batch.size,
    firstCell,
    cells,
    minibatches: minibatches.length,
    directory,
    longestMinibatch: schedule.sizes.reduce((longest, size) => Math.max(longest, size), 0),
    numbersOf(number) {
      const steps = stepsBefore + number + 1;
      numbers[8] = firstSchedule + schedule.begins[number]!;
      numbers[9] = schedule.sizes[number]!;
      numbers[10] = settings.learningRate / (1 - adamDecays.mean ** steps);
      numbers[11] = 1 / Math.sqrt(1 - adamDecays.variance ** steps);
      numbers[12] = number;
      numbers[13] = slicesOf(tilesFor(schedule.sizes[number]!));
      return numbers;
    },
    sizeOf: (number) => schedule.sizes[number]!,
    slicesOf: (number) => slicesOf(tilesFor(schedule.sizes[number]!)),
  };
}

/** The rows of all minibatches, each beginning with a texel of its own. */
interface Schedule {
  readonly rows: Float32Array;
  readonly texels: number;
  readonly begins: Int32Array; // [M'], texels
  readonly sizes: Int32Array; // [M'], rows
}

/** Draws all minibatches. @returns null where they take more than `mostTexels`; no more of them are drawn then. */
function drawSchedule(minibatches: Minibatches, mostTexels: number): Schedule | null {
  const begins = new Int32Array(minibatches.length);
  const sizes = new Int32Array(minibatches.length);
  let rows = new Float32Array(4 * rowWidth);
  let texels = 0;
  for (let number = 0; number < minibatches.length; number++) {
    const drawn = minibatches.at(number)!; // there are so many
    begins[number] = texels;
    sizes[number] = drawn.length;
    const end = texels + tilesFor(drawn.length);
    if (end > mostTexels) return null;
    if (4 * end > rows.length) rows = grown(rows, 4 * end);
    rows.set(drawn, 4 * texels);
    texels = end;
  }
  return texels > mostTexels ? null : { rows, texels, begins, sizes };
}

function grown(numbers: Float32Array<ArrayBuffer>, least: number): Float32Array<ArrayBuffer> {
  const larger = new Float32Array(Math.max(least, 2 * numbers.length));
  larger.set(numbers);
  return larger;
}

/** In the order in which `readSettings` reads them. */
function settingsNumbers(settings: StepSettings): number[] {
  const { valueClip, valueClipRange, valueLoss } = settings;
  return [
    settings.clipRange,
    // Of either sign: without clipping it is negative.
    valueClip ? valueClipRange : -valueClipRange,
    valueLoss === 'halfMeanSquared' ? 0.5 : 1,
    settings.valueCoefficient,
    settings.entropyCoefficient,
    settings.maxGradientNorm,
    settings.adamEpsilon,
    settings.largestKl,
  ];
}
