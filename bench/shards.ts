import type { BenchmarkResult } from './benchmark';
import { interleave, median } from './measure';
import { table } from './table';
import { openToolsPage } from './tools-page';
import type { UpdateSubject } from './update-run';

const rounds = 25;
const minibatches = [64, 256, 1024];
const shardCounts = [1, 2, 4];
const paths = ['analytic', 'analytic, plain SIMD'] as const;

const subjects: readonly UpdateSubject[] = paths.flatMap((path) =>
  minibatches.flatMap((minibatch) =>
    shardCounts.map((shards) => ({ backend: 'wasm', path, minibatch, epochs: 10, shards })),
  ),
);

/**
 * What it brings to share a gradient among threads, in a worker of headless Chromium: the update of `update`, on one
 * thread and on several by turns. Ratios are medians of each round's one ÷ several.
 */
export async function shards(): Promise<BenchmarkResult> {
  const tools = await openToolsPage({ isolated: true });
  try {
    await interleave(subjects, 2, (subject) => tools.sampleUpdate(subject));
    const samples = await interleave(subjects, rounds, (subject) => tools.sampleUpdate(subject));
    const millisecondsOf = (index: number) =>
      (samples[index] ?? []).map(({ updateMs, minibatches: count }) => updateMs / count);
    const rows = subjects.map(({ path, minibatch, shards: count = 1 }, index) => {
      const mine = millisecondsOf(index);
      const alone = millisecondsOf(
        subjects.findIndex((one) => one.path === path && one.minibatch === minibatch),
      );
      return {
        simd: samples[index]?.[0]?.simd ?? null,
        path,
        minibatch,
        shards: count,
        wallMs: median(mine),
        ratio: median(mine.map((milliseconds, round) => (alone[round] ?? Number.NaN) / milliseconds)),
      };
    });
    return {
      fields: { rows, rounds },
      table: table([
        ['simd', 'minibatch', 'threads', 'wall ms', 'one ÷ several'],
        ...rows.map((row) => [
          row.simd ?? '–',
          String(row.minibatch),
          String(row.shards),
          row.wallMs.toFixed(3),
          row.ratio.toFixed(2),
        ]),
      ]),
      browser: tools.browser,
      renderer: 'none: nothing here is drawn',
    };
  } finally {
    await tools.close();
  }
}
