import { maskSize } from '../../../contract';
import { adamDecays } from '../../adam-constants';
import type { StepSettings, TrainerUpdate, TrainingBatch } from '../../minibatch-trainer';
import { writeActionColumns } from '../../tensor-distributions';
import type { TileLayout } from './tile-layout';
import { tilesFor } from './tile-matrix';

/**
 * All of an update's steps as one texture, uploaded once, and what each program is told of its minibatch.
 *
 * Texel i of the table lies at column i mod 2048 of row ⌊i / 2048⌋:
 *
 *     batch        M × (observation, action, mask where there are masks, 2 texels of single numbers)
 *     schedule     the rows of each minibatch, four a texel; each minibatch begins with a texel of its own
 *
 * Settings, and what differs from one minibatch to the next, are 16 uniform numbers, computed in advance.
 */

/** Texels in a row; a power of 2. */
export const updateTableWidth = 2048;
const singlesTexels = 2;
/** Row numbers and places are stored as float32, which holds every whole number up to this. */
const largestPlace = 2 ** 24;

/** GLSL that reads the table, the settings and the present minibatch's numbers. */
export function readUpdateTable(layout: TileLayout): string {
  const { action, mask, singles, count } = rowTexels(layout);
  return `
uniform sampler2D updateTable;
uniform vec4 minibatch[4];

vec4 updateTexel(int place) {
  return texelFetch(updateTable, ivec2(place & ${updateTableWidth - 1}, place >> ${Math.log2(updateTableWidth)}), 0);
}

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
  float advantageMean;
  float advantageScale; // 1 / (standard deviation + 1e-8)
  float stepSize; // lr / (1 − β₁ᵗ)
  float varianceScale; // 1 / √(1 − β₂ᵗ)
  int number; // of the update, from 0
};

Settings readSettings() {
  vec4 first = minibatch[0];
  vec4 second = minibatch[1];
  return Settings(
    first.x, first.y > 0.0, abs(first.y), first.z, first.w, second.x, second.y, second.z, second.w);
}

Minibatch readMinibatch() {
  vec4 first = minibatch[2];
  vec4 second = minibatch[3];
  int count = int(first.y);
  return Minibatch(
    int(first.x), count, (count + 3) >> 2, first.z, first.w, second.x, second.y, int(second.z));
}

/** Places of the four batch rows that a row of tiles stands for. */
ivec4 batchRows(int schedule, int rowTile) {
  return ivec4(updateTexel(schedule + rowTile)) * ${count};
}

/** A tile of the four rows' observations. */
mat4 observationTile(ivec4 rows, int column) {
  return mat4(
    updateTexel(rows.x + column),
    updateTexel(rows.y + column),
    updateTexel(rows.z + column),
    updateTexel(rows.w + column));
}

/** What the batch holds of a step beside its observation; by the place of its row. */
vec4 actionTexel(int row, int column) { return updateTexel(row + ${action} + column); }
vec4 maskTexel(int row, int column) { return updateTexel(row + ${mask} + column); }
vec4 oldLogProbabilityValueAdvantageReturn(int row) { return updateTexel(row + ${singles}); }
float isPresent(int row) { return updateTexel(row + ${singles + 1}).x; }
`;
}

/** Where the parts of a batch row begin, in texels. */
function rowTexels(layout: TileLayout) {
  const action = layout.observations;
  const mask = action + layout.actions;
  const singles = mask + (layout.hasMasks ? layout.actions : 0);
  return { action, mask, singles, count: singles + singlesTexels };
}

export interface UpdateTable {
  readonly texels: Float32Array; // [height, 2048, 4]
  readonly height: number;
  /** The uniform `minibatch` of each. */
  readonly minibatches: readonly Float32Array[]; // 16 numbers each
  readonly longestMinibatch: number;
  /** Rows of each minibatch. */
  readonly sizes: readonly number[];
}

/**
 * Writes an update's table.
 *
 * @param stepsBefore Adam's step count before the first minibatch.
 * @returns null where it would have more than `maxHeight` rows.
 */
export function updateTable(
  layout: TileLayout,
  { batch, minibatches, settings }: TrainerUpdate,
  stepsBefore: number,
  maxHeight: number,
): UpdateTable | null {
  const batchEnd = batch.size * rowTexels(layout).count;
  // Drawn in order, and once.
  const drawn = Array.from({ length: minibatches.length }, (_, i) => minibatches.at(i)!.slice());
  const count = drawn.reduce((sum, rows) => sum + tilesFor(rows.length), batchEnd);
  const height = Math.ceil(count / updateTableWidth);
  if (height > maxHeight || count > largestPlace) return null;

  const texels = new Float32Array(4 * updateTableWidth * height);
  writeBatch(layout, batch, texels);
  const shared = settingsNumbers(settings);
  let schedule = batchEnd;
  let longestMinibatch = 0;
  const numbers = drawn.map((rows, number) => {
    texels.set(rows, 4 * schedule);
    const { mean, scale } = advantageNormalisation(batch.advantages, rows);
    const steps = stepsBefore + number + 1;
    const stepSize = settings.learningRate / (1 - adamDecays.mean ** steps);
    const varianceScale = 1 / Math.sqrt(1 - adamDecays.variance ** steps);
    const own = [schedule, rows.length, mean, scale, stepSize, varianceScale, number, 0];
    schedule += tilesFor(rows.length);
    longestMinibatch = Math.max(longestMinibatch, rows.length);
    return Float32Array.from([...shared, ...own]);
  });
  const sizes = drawn.map(({ length }) => length);
  return { texels, height, minibatches: numbers, sizes, longestMinibatch };
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

function writeBatch(layout: TileLayout, batch: TrainingBatch, texels: Float32Array): void {
  const { observationSize, actionSpace } = layout.policy;
  const places = rowTexels(layout);
  const masks = maskSize(actionSpace);
  for (let row = 0; row < batch.size; row++) {
    const start = 4 * row * places.count;
    texels.set(batch.observations.subarray(row * observationSize, (row + 1) * observationSize), start);
    writeActionColumns(actionSpace, batch.actions, row, texels, start + 4 * places.action);
    if (masks > 0) {
      texels.set(batch.masks.subarray(row * masks, (row + 1) * masks), start + 4 * places.mask);
    }
    const singles = start + 4 * places.singles;
    texels[singles] = batch.logProbabilities[row]!;
    texels[singles + 1] = batch.values[row]!;
    texels[singles + 2] = batch.advantages[row]!;
    texels[singles + 3] = batch.returns[row]!;
    texels[singles + 4] = batch.present[row]!;
  }
}

/** Centres and scales by the minibatch's own mean and unbiased standard deviation; leaves a single step as it is. */
function advantageNormalisation(advantages: Float32Array, rows: Int32Array): { mean: number; scale: number } {
  if (rows.length < 2) return { mean: 0, scale: 1 };
  const mean = rows.reduce((sum, row) => sum + advantages[row]!, 0) / rows.length;
  const squares = rows.reduce((sum, row) => sum + (advantages[row]! - mean) ** 2, 0);
  return { mean, scale: 1 / (Math.sqrt(squares / (rows.length - 1)) + 1e-8) };
}
