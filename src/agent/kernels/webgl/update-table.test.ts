import { describe, expect, it } from 'vitest';
import type { TrainerUpdate } from '../../minibatch-trainer';
import { cleanrlStep } from '../../testing/trainer-properties';
import { allRows, testSpaces, trainingCase } from '../../testing/training-cases';
import { tileLayout } from './tile-layout';
import { updateTable } from './update-table';

const given = trainingCase(testSpaces['masked discrete']!, 6, 1);
const layout = tileLayout(given.layout);
// Texels: observation 1, action 1, mask 1, single numbers 2.
const rowTexels = 5;

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
    expect(Array.from(texels.subarray(start + 12, start + 17))).toEqual(
      [batch.logProbabilities, batch.values, batch.advantages, batch.returns, batch.present].map(
        (column) => column[row],
      ),
    );
  });

  it('begins each minibatch’s rows with a texel of its own', () => {
    const { texels, minibatches, longestMinibatch } = table([
      Int32Array.from([5, 0, 3, 1, 2]),
      Int32Array.from([4]),
    ]);
    const start = 6 * rowTexels;
    expect(minibatches.map((numbers) => numbers[8])).toEqual([start, start + 2]);
    expect(minibatches.map((numbers) => numbers[9])).toEqual([5, 1]);
    expect(Array.from(texels.subarray(4 * start, 4 * start + 9))).toEqual([5, 0, 3, 1, 2, 0, 0, 0, 4]);
    expect(longestMinibatch).toBe(5);
  });

  it('normalises advantages by the minibatch, but not a single one', () => {
    const batch = { ...given.batch, advantages: Float32Array.from([1, 2, 6, 0, 0, 0]) };
    // Mean 3; squares 4 + 1 + 9 = 14, over n − 1 = 2 is 7.
    const update = {
      batch,
      minibatches: [Int32Array.from([0, 1, 2]), Int32Array.from([2])],
      settings: cleanrlStep,
    };
    const { minibatches } = updateTable(layout, update, 0, 100)!;
    expect(minibatches[0]![10]).toBe(3);
    expect(minibatches[0]![11]).toBeCloseTo(1 / Math.sqrt(7), 6);
    expect(Array.from(minibatches[1]!.subarray(10, 12))).toEqual([0, 1]);
  });

  it('corrects Adam’s bias by the steps taken before and in the update', () => {
    // The second minibatch after 2 steps is step 4: 1 − 0.9⁴ = 0.3439, 1 − 0.999⁴ = 0.003994004.
    const { minibatches } = table([allRows(6), allRows(6)], { learningRate: 0.1 });
    expect(minibatches[1]![12]).toBeCloseTo(0.1 / 0.3439, 6);
    expect(minibatches[1]![13]).toBeCloseTo(1 / Math.sqrt(0.003994003998999962), 4);
    expect(minibatches[1]![14]).toBe(1);
  });

  it('tells by its sign whether the value loss is clipped', () => {
    const clipOf = (valueClip: boolean) => table([allRows(6)], { valueClip, valueClipRange: 0.5 });
    expect(clipOf(true).minibatches[0]![1]).toBe(0.5);
    expect(clipOf(false).minibatches[0]![1]).toBe(-0.5);
  });

  it('wraps into rows of 2048 texels, and is refused where there are too many', () => {
    // 1,000 steps take 5,000 texels and their schedule 250: three rows.
    const large = trainingCase(testSpaces['masked discrete']!, 1_000, 1);
    const update = { batch: large.batch, minibatches: [allRows(1_000)], settings: cleanrlStep };
    expect(updateTable(layout, update, 0, 3)!.height).toBe(3);
    expect(updateTable(layout, update, 0, 2)).toBeNull();
  });
});
