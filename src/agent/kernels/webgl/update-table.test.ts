import { describe, expect, it } from 'vitest';
import type { TrainerUpdate } from '../../minibatch-trainer';
import { cleanrlStep } from '../../testing/trainer-properties';
import { allRows, testSpaces, trainingCase } from '../../testing/training-cases';
import { tileLayout } from './tile-layout';
import { updateTable } from './update-table';

const given = trainingCase(testSpaces['masked discrete']!, 6, 1);
const layout = tileLayout(given.layout);
// Texels: observation 1, action 1, mask 1, single numbers 1.
const rowTexels = 4;

function table(minibatches: readonly Int32Array[], settings: Partial<TrainerUpdate['settings']> = {}) {
  const update = { batch: given.batch, minibatches, settings: { ...cleanrlStep, ...settings } };
  return updateTable(layout, update, 2, 100)!;
}

describe('an update as texels', () => {
  it('holds each step as it was stored', () => {
    const { texels } = table([allRows(6)]);
    const { observations, actions, masks, ...batch } = given.batch;
    const row = 4;
    const start = row * rowTexels * 4;
    expect(texels.slice(start, start + 4)).toEqual(observations.slice(16, 20));
    const oneHot = [0, 1, 2, 3].map((choice) => (actions[row] === choice ? 1 : 0));
    expect(Array.from(texels.subarray(start + 4, start + 8))).toEqual(oneHot);
    expect(Array.from(texels.subarray(start + 8, start + 12))).toEqual(Array.from(masks.subarray(16, 20)));
    expect(Array.from(texels.subarray(start + 12, start + 16))).toEqual([
      batch.logProbabilities[row],
      batch.values[row],
      0,
      batch.onVersion[row],
    ]);
  });

  it('begins each minibatch’s rows with a texel of its own, and lists where', () => {
    const rows = [Int32Array.from([5, 0, 3, 1, 2]), Int32Array.from([4])];
    const { texels, directory, longestMinibatch, numbersOf, sizeOf } = table(rows);
    const start = 6 * rowTexels;
    expect(Array.from(numbersOf(0).subarray(8, 10))).toEqual([start, 5]);
    expect(Array.from(numbersOf(1).subarray(8, 10))).toEqual([start + 2, 1]);
    expect([sizeOf(0), sizeOf(1)]).toEqual([5, 1]);
    expect(Array.from(texels.subarray(4 * start, 4 * start + 9))).toEqual([5, 0, 3, 1, 2, 0, 0, 0, 4]);
    expect(directory).toBe(start + 3);
    const entry = (number: number) => Array.from(texels.subarray(4 * (directory + number)).subarray(0, 2));
    expect(entry(0)).toEqual([start, 5]);
    expect(entry(1)).toEqual([start + 2, 1]);
    expect(longestMinibatch).toBe(5);
  });

  it('corrects Adam’s bias by the steps taken before and in the update', () => {
    // The second minibatch after 2 steps is step 4: 1 − 0.9⁴ = 0.3439, 1 − 0.999⁴ = 0.003994004.
    const numbers = table([allRows(6), allRows(6)], { learningRate: 0.1 }).numbersOf(1);
    expect(numbers[10]).toBeCloseTo(0.1 / 0.3439, 6);
    expect(numbers[11]).toBeCloseTo(1 / Math.sqrt(0.003994003998999962), 4);
    expect(numbers[12]).toBe(1);
  });

  it('tells by its sign whether the value loss is clipped', () => {
    const clipOf = (valueClip: boolean) => table([allRows(6)], { valueClip, valueClipRange: 0.5 });
    expect(clipOf(true).numbersOf(0)[1]).toBe(0.5);
    expect(clipOf(false).numbersOf(0)[1]).toBe(-0.5);
  });

  it('wraps into rows of 2048 texels, and is refused where there are too many', () => {
    // 1,500 steps take 6,000 texels, their schedule 375 and its entry 1: four rows.
    const large = trainingCase(testSpaces['masked discrete']!, 1_500, 1);
    const update = { batch: large.batch, minibatches: [allRows(1_500)], settings: cleanrlStep };
    expect(updateTable(layout, update, 0, 4)!.height).toBe(4);
    expect(updateTable(layout, update, 0, 3)).toBeNull();
  });

  it('draws no more minibatches than it has room for', () => {
    let drawn = 0;
    const minibatches = {
      length: 3_276_800,
      at: () => {
        drawn += 1;
        return allRows(6);
      },
    };
    expect(
      updateTable(layout, { batch: given.batch, minibatches, settings: cleanrlStep }, 0, 100),
    ).toBeNull();
    expect(drawn).toBeLessThan(100 * 2048);
  });
});
