import type { KnownEstimates } from '../../estimates';
import type { TrainingBatch } from '../../minibatch';
import { batchTexels, readBatchTexels } from './batch-texels';
import type { ProgramSource } from './program-context';
import { readRows, rowsFor, rowWidth } from './texel-rows';
import type { TileLayout } from './tile-layout';
import { texelProgram } from './tile-matrix';

/**
 * What the loss reads of each step besides the table, as two lists that are made once an update:
 *
 *     outcomes             M × (old log-probability, old value, advantage, return)
 *     advantage moments    M' × (mean, 1 / (standard deviation + 1e-8), 0, 0): of each minibatch's advantages
 *
 * Outcomes are drawn from the sums of the scan, or uploaded where they are known.
 */

/** Takes each step's advantage from its cell of the scan. `numbers` is M. */
export function outcomesProgram(layout: TileLayout): ProgramSource {
  const texels = batchTexels(layout);
  return {
    samplers: ['updateTable', 'scanned'],
    fragmentShader: `${texelProgram}${readRows}
uniform sampler2D updateTable;
uniform sampler2D scanned;
uniform vec4 numbers[1];
out vec4 outcome;

vec4 updateTexel(int place) { return texelOf(updateTable, place); }
${readBatchTexels(texels)}
void main() {
  int row = placeOfFragment();
  outcome = vec4(0.0);
  if (row >= int(numbers[0].x)) return;
  int place = row * ${texels.count};
  float advantage = texelOf(scanned, int(cellOf(place))).x;
  outcome = vec4(logProbabilitiesOf(place), valuesOf(place), advantage, advantage + valuesOf(place));
}`,
  };
}

/** Rows whose advantages are summed before their sum is added to the others', so that float32 does for long minibatches. */
const chunk = 64;

/**
 * The mean of a minibatch's advantages and the inverse of their unbiased standard deviation; 0 and 1 for a single one.
 * Counted from the first advantage, so that those that are all alike come to exactly 0. `numbers` is M' and the
 * directory's place.
 */
export const momentsProgram: ProgramSource = {
  samplers: ['updateTable', 'outcomes'],
  fragmentShader: `${texelProgram}${readRows}
uniform sampler2D updateTable;
uniform sampler2D outcomes;
uniform vec4 numbers[1];
out vec4 moments;

float advantageOf(int schedule, int i) {
  int row = int(texelOf(updateTable, schedule + (i >> 2))[i & 3]);
  return texelOf(outcomes, row).z;
}

void main() {
  int number = placeOfFragment();
  moments = vec4(0.0, 1.0, 0.0, 0.0);
  if (number >= int(numbers[0].x)) return;
  vec4 entry = texelOf(updateTable, int(numbers[0].y) + number);
  int schedule = int(entry.x);
  int count = int(entry.y);
  if (count < 2) return;
  float origin = advantageOf(schedule, 0);
  float sum = 0.0;
  for (int start = 0; start < count; start += ${chunk}) {
    float part = 0.0;
    int end = min(count, start + ${chunk});
    for (int i = start; i < end; i++) part += advantageOf(schedule, i) - origin;
    sum += part;
  }
  float mean = sum / float(count);
  float squares = 0.0;
  for (int start = 0; start < count; start += ${chunk}) {
    float part = 0.0;
    int end = min(count, start + ${chunk});
    for (int i = start; i < end; i++) {
      float apart = (advantageOf(schedule, i) - origin) - mean;
      part += apart * apart;
    }
    squares += part;
  }
  moments = vec4(origin + mean, 1.0 / (sqrt(squares / float(count - 1)) + 1e-8), 0.0, 0.0);
}`,
};

/** Outcomes that are known, as texels. */
export function knownOutcomes(
  { size, logProbabilities, values }: TrainingBatch,
  { advantages, returns }: KnownEstimates,
): Float32Array {
  const texels = new Float32Array(4 * rowWidth * rowsFor(size));
  for (let row = 0; row < size; row++) {
    texels[4 * row] = logProbabilities[row]!;
    texels[4 * row + 1] = values[row]!;
    texels[4 * row + 2] = advantages[row]!;
    texels[4 * row + 3] = returns[row]!;
  }
  return texels;
}

/** Takes apart what was read of the outcomes. */
export function readOutcomes(texels: Float32Array, size: number): KnownEstimates {
  const advantages = new Float32Array(size);
  const returns = new Float32Array(size);
  for (let row = 0; row < size; row++) {
    advantages[row] = texels[4 * row + 2]!;
    returns[row] = texels[4 * row + 3]!;
  }
  return { advantages, returns };
}
