import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { sb3Hyperparameters } from '../contract';
import { testSpaces, testSpec } from './testing/training-cases';

/** The line that somebody adds to the table. */
const mood = {
  name: 'mood',
  dtype: 'float32',
  width: 3,
  per: 'row',
  decision: true,
  rollout: 'opening',
  learned: true,
} as const;
/** Another, of a single number. */
const luck = { ...mood, name: 'luck', dtype: 'int32', width: 1, rollout: 'closing' } as const;

interface MadeUp {
  readonly mood: Float32Array;
  readonly luck: Int32Array;
}

const spec = testSpec(testSpaces['masked discrete']!);
const settings = { ...sb3Hyperparameters, arenas: 2, rolloutLength: 2, hiddenSizes: [4] };

beforeAll(() => {
  vi.resetModules();
  vi.doMock('../contract/columns', async (importOriginal) => {
    const { columns } = await importOriginal<typeof import('../contract/columns')>();
    return { columns: [...columns, mood, luck] };
  });
});

afterAll(() => {
  vi.doUnmock('../contract/columns');
  vi.resetModules();
});

/** Two decisions of two agents, in each of which every number of the added columns is another. */
async function filledRollout() {
  const { DecisionBatch, decisionShape } = await import('../contract');
  const { RolloutWriter } = await import('./rollout-writer');
  const writer = new RolloutWriter(spec, settings, 0);
  writer.begin(0);
  const valid = Uint8Array.of(1, 1);
  for (let step = 0; step < 2; step++) {
    // Both sides of a worker lay a record of their own over one buffer.
    const told = new DecisionBatch(decisionShape(spec, 2)) as InstanceType<typeof DecisionBatch> & MadeUp;
    told.mood.set([0, 1, 2, 3, 4, 5].map((i) => 10 * step + i));
    told.luck.set([7 + step, -7 - step]);
    const batch = new DecisionBatch(told.shape, told.buffer);
    writer.open({ batch, observations: batch.observations, valid, validRows: 2 });
    writer.close(batch, new Float64Array(2), () => 0);
  }
  return writer.handOver(0, () => {}).rollout;
}

it('a column that a line adds is told, kept, learned from and uploaded', async () => {
  const { createRollout } = await import('../contract');
  const { trainingBatch } = await import('./training-batch');
  const filled = await filledRollout();
  const rollout = createRollout(filled.shape, filled.buffer) as typeof filled & MadeUp;
  expect([...rollout.mood]).toEqual([0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15]);
  expect([...rollout.luck]).toEqual([7, -7, 8, -8]);

  rollout.valid[1] = 0;
  const batch = trainingBatch([rollout], 0, settings) as ReturnType<typeof trainingBatch> & MadeUp;
  expect([...batch.mood]).toEqual([0, 1, 2, 10, 11, 12, 13, 14, 15]);
  expect([...batch.luck]).toEqual([7, 8, -8]);

  const { policyLayout } = await import('./policy');
  const { tileLayout } = await import('./kernels/webgl/tile-layout');
  const { batchTexels, readBatchTexels, writeBatch } = await import('./kernels/webgl/batch-texels');
  const layout = tileLayout(policyLayout(spec, settings));
  const texels = batchTexels(layout);
  const written = new Float32Array(4 * texels.count * batch.size);
  writeBatch(layout, batch, written);
  const moodAt = texels.columns.find(({ name }) => (name as string) === 'mood')!.begin;
  const luckAt = 4 * texels.singlesBegin + texels.singles.findIndex((name) => (name as string) === 'luck');
  const inRow = (row: number, at: number, count: number) =>
    [...written.subarray(4 * row * texels.count + at)].slice(0, count);
  expect([0, 1, 2].map((row) => inRow(row, 4 * moodAt, 4))).toEqual([
    [0, 1, 2, 0],
    [10, 11, 12, 0],
    [13, 14, 15, 0],
  ]);
  expect([0, 1, 2].map((row) => inRow(row, luckAt, 1))).toEqual([[7], [8], [-8]]);
  expect(readBatchTexels(texels)).toMatch(/vec4 moodTexel\(.*\n(.*\n)*float luckOf\(/);
});
