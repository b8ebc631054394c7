import type { BenchmarkResult } from './benchmark';
import { interleave, median } from './measure';
import { table } from './table';
import { openToolsPage } from './tools-page';
import { type UpdateSubject, updatePaths } from './update-run';

const rounds = 5;
const epochs = 4;
const minibatches = [64, 256, 1024];
const backends = ['webgl', 'wasm', 'cpu'] as const;
/** Threads that share in the quickest path. */
const shardCounts = [2, 4];

const alone: readonly UpdateSubject[] = backends.flatMap((backend) =>
  updatePaths[backend].flatMap((path) =>
    minibatches.map((minibatch) => ({ backend, path, minibatch, epochs, shards: 1 })),
  ),
);
const shared: readonly UpdateSubject[] = shardCounts.flatMap((shards) =>
  minibatches.map((minibatch) => ({ backend: 'wasm', path: 'analytic', minibatch, epochs, shards })),
);
const subjects = [...alone, ...shared];

/**
 * What a PPO update costs in a worker of headless Chromium: milliseconds a minibatch and an update, how long the
 * worker's thread is busy with it, and how many programs run. Medians over interleaved rounds.
 */
export async function update(): Promise<BenchmarkResult> {
  const tools = await openToolsPage({ isolated: true });
  try {
    const renderer = await tools.renderer();
    // A first round compiles and warms up, and is thrown away.
    await interleave(subjects, 1, (subject) => tools.sampleUpdate({ ...subject, epochs: 1 }));
    const samples = await interleave(subjects, rounds, (subject) => tools.sampleUpdate(subject));
    const rows = subjects.map(({ backend, path, minibatch, shards = 1 }, index) => {
      const mine = samples[index] ?? [];
      const middle = (value: (sample: (typeof mine)[number]) => number) => median(mine.map(value));
      return {
        backend,
        // Which of the analytic ones it is, the next says.
        path: path === 'analytic, plain SIMD' ? 'analytic' : path,
        simd: mine[0]?.simd ?? null,
        minibatch,
        shards,
        wallMs: middle(({ updateMs, minibatches }) => updateMs / minibatches),
        threadMs: middle(({ busyMs, minibatches }) => busyMs / minibatches),
        programs: middle(({ programs }) => programs),
        kernels: middle(({ kernels }) => kernels),
        updateMs: middle(({ updateMs }) => updateMs),
      };
    });
    const cells = rows.map((row) => [
      `${row.backend} ${row.path}`,
      row.simd ?? '–',
      String(row.minibatch),
      String(row.shards),
      row.wallMs.toFixed(2),
      row.threadMs.toFixed(2),
      String(row.programs),
      String(row.kernels),
      row.updateMs.toFixed(0),
    ]);
    return {
      fields: { rows, epochs, decisions: 2_048, rounds },
      table: [
        `One update: 2,048 decisions, ${epochs} epochs; medians of ${rounds} interleaved rounds.`,
        table([
          ['path', 'simd', 'minibatch', 'shards', 'wall ms', 'thread ms', 'programs', 'kernels', 'update ms'],
          ...cells,
        ]),
      ].join('\n'),
      browser: tools.browser,
      renderer,
    };
  } finally {
    await tools.close();
  }
}
