import type { BenchmarkResult } from './benchmark';
import { median } from './measure';
import { publishedUpdates, type RltoolsSample } from './rltools-run';
import { table } from './table';
import { openToolsPage } from './tools-page';

const runs = 7;
const episodes = 1_000;

/**
 * RLtools' published Pendulum job as a job of ours in headless Chromium, acting in one worker while another learns: seconds, and what the
 * greedy policy's return is afterwards. Each seed has a fresh worker.
 */
export async function rltools(): Promise<BenchmarkResult> {
  const tools = await openToolsPage();
  try {
    const renderer = await tools.renderer();
    const samples: RltoolsSample[] = [];
    for (let seed = 1; seed <= runs; seed++) {
      samples.push(await tools.runRltools({ seed, updates: publishedUpdates, episodes, overlap: true }));
    }
    return { ...rltoolsReport(samples), browser: tools.browser, renderer };
  } finally {
    await tools.close();
  }
}

/** Medians of the runs, the runs themselves, and both as a table. */
export function rltoolsReport(samples: readonly RltoolsSample[]): Pick<BenchmarkResult, 'fields' | 'table'> {
  const middle = (value: (sample: RltoolsSample) => number) => median(samples.map(value));
  const all: Omit<RltoolsSample, 'simd'> = {
    decisions: middle(({ decisions }) => decisions),
    seconds: middle(({ seconds }) => seconds),
    finalReturn: middle(({ finalReturn }) => finalReturn),
  };
  const cells = ({ decisions, seconds, finalReturn }: typeof all) => [
    decisions.toLocaleString('en-GB'),
    seconds.toFixed(2),
    finalReturn.toFixed(1),
  ];
  return {
    fields: { ...all, simd: samples[0]?.simd ?? null, episodes, runs: samples },
    table: table([
      ['seed', 'decisions', 'seconds', 'greedy return'],
      ...samples.map((sample, index) => [String(index + 1), ...cells(sample)]),
      ['median', ...cells(all)],
    ]),
  };
}
