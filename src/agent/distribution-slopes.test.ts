import { describe, expect, it } from 'vitest';
import { type ActionSpace, actionLayout, maskSize } from '../contract';
import { SeededRandom } from '../random/seeded-random';
import { createDistributionSlopes } from './distribution-slopes';
import { createDistribution } from './distributions';
import { paddedWidth } from './kernels/kernels';
import { referenceProbabilities } from './testing/reference-minibatch';
import { testSpaces, trainingCase } from './testing/training-cases';

for (const [name, space] of Object.entries(testSpaces)) {
  describe(`distribution slopes: ${name}`, () => {
    const { layout, rows, size, width, batch, outputs, logStd } = givenRows(space);
    const rowOf = (numbers: Float32Array | Uint8Array, row: number) =>
      [...numbers].slice((row * numbers.length) / rows, ((row + 1) * numbers.length) / rows);
    const slopesOf = createDistributionSlopes(space);

    it('has the log-probability with which actions are drawn, and the distribution’s entropy', () => {
      const distribution = createDistribution(space);
      const tight = Float32Array.from(
        { length: rows * size },
        (_, i) => outputs[Math.floor(i / size) * width + (i % size)]!,
      );
      for (let row = 0; row < rows; row++) {
        slopesOf.read(outputs, row, logStd, batch, row);
        const { masks, actions } = batch;
        const logProbability = distribution.logProbability(tight, row, logStd, masks, actions);
        expect(slopesOf.logProbability).toBeCloseTo(logProbability, 12);
        const reference = referenceProbabilities(
          layout,
          rowOf(tight, row),
          [...logStd],
          rowOf(actions, row),
          rowOf(masks, row),
        );
        expect(slopesOf.entropy).toBeCloseTo(reference.entropy, 12);
      }
    });

    it('has the slopes of small differences', () => {
      const difference = 2 ** -10;
      // A weighted sum of log-probability and entropy, as a function of one output or log standard deviation.
      const valueAt = (row: number, numbers: Float32Array, i: number, shift: number) => {
        const before = numbers[i]!;
        numbers[i] = before + shift;
        slopesOf.read(outputs, row, logStd, batch, row);
        numbers[i] = before;
        return 0.7 * slopesOf.logProbability - 0.4 * slopesOf.entropy;
      };
      const slopeAt = (row: number, numbers: Float32Array, i: number) => {
        const rise = valueAt(row, numbers, i, difference) - valueAt(row, numbers, i, -difference);
        return rise / (Math.fround(numbers[i]! + difference) - Math.fround(numbers[i]! - difference));
      };
      const slopes = new Float32Array(rows * width);
      for (let row = 0; row < rows; row++) {
        const logStdSlopes = new Float64Array(logStd.length);
        slopesOf.read(outputs, row, logStd, batch, row);
        slopesOf.write(0.7, -0.4, slopes, row, logStdSlopes);
        for (let k = 0; k < size; k++) {
          const i = row * width + k;
          expect(slopes[i]).toBeCloseTo(slopeAt(row, outputs, i), 5);
        }
        logStdSlopes.forEach((slope, i) => {
          expect(slope).toBeCloseTo(slopeAt(row, logStd, i), 4);
        });
      }
    });
  });
}

describe('distribution slopes', () => {
  const masked = Object.entries(testSpaces).filter(([, space]) => maskSize(space) > 0);

  it.each(masked)('are exactly 0 for forbidden choices, however likely they would be: %s', (_, space) => {
    const { rows, width, batch, outputs, logStd } = givenRows(space);
    const { components, masks } = actionLayout(space);
    const forbiddenOutputs = Array.from({ length: rows }, (_, row) =>
      components.flatMap((component) => {
        const { mask, count, output } = { mask: null, count: 0, ...component };
        if (mask === null) return [];
        return Array.from({ length: count }, (_, k) => k)
          .filter((k) => batch.masks[row * masks + mask + k] === 0)
          .map((k) => row * width + output + k);
      }),
    ).flat();
    for (const i of forbiddenOutputs) outputs[i] = 1000;
    const slopesOf = createDistributionSlopes(space);
    const slopes = new Float32Array(rows * width).fill(9);
    for (let row = 0; row < rows; row++) {
      slopesOf.read(outputs, row, logStd, batch, row);
      slopesOf.write(1, 1, slopes, row, new Float64Array(logStd.length));
      expect(Number.isFinite(slopesOf.logProbability + slopesOf.entropy)).toBe(true);
    }
    expect(forbiddenOutputs.length).toBeGreaterThan(10);
    expect(forbiddenOutputs.every((i) => slopes[i] === 0)).toBe(true);
  });
});

/** Stored steps, and outputs of any size that a head might have for them. */
function givenRows(space: ActionSpace) {
  const rows = 32;
  const { outputs: size, logStds } = actionLayout(space);
  const width = paddedWidth(size);
  const { layout, batch } = trainingCase(space, rows, 6);
  const random = SeededRandom.fromSeed(2);
  const outputs = Float32Array.from({ length: rows * width }, () => random.normal());
  const logStd = Float32Array.from({ length: logStds }, () => 0.3 * random.normal());
  return { layout, rows, size, width, batch, outputs, logStd };
}
