import type { Page } from 'playwright';
import { type BackendChoice, type SimdKernels, winRateKey } from '../src/contract';
import { withAppPage } from './app-page';
import type { BenchmarkResult } from './benchmark';
import { median } from './measure';
import { table } from './table';

const opponentId = 'bot-steady';
const threshold = 0.6;
const limitMs = 360_000;
/** By then it has met each scripted player 200 times. */
const updatesBefore = 30;
const seeds = [1, 2, 3];

interface Reached {
  readonly seconds: number;
  readonly decisions: number;
  readonly updates: number;
}

interface Row {
  readonly seed: number;
  /** Null where the limit came first. */
  readonly reached: Reached | null;
  /** The highest share, and the last. */
  readonly best: number;
  readonly last: number;
  readonly decisions: number;
}

/**
 * When Volley's agent, from scratch in the page as it opens, first wins 60 % of its last 200 rallies against the
 * middle scripted player. The rallies are those it learns from, in which it acts by chance. Wall time counts from the
 * navigation's start.
 */
export async function opponent(choice: BackendChoice): Promise<BenchmarkResult> {
  const rows: Row[] = [];
  let about = { browser: '', renderer: '', backend: '', simd: null as SimdKernels | null };
  for (const seed of seeds) {
    await withAppPage(
      choice,
      async ({ page, browser, renderer, backend, simd }) => {
        about = { browser, renderer, backend, simd };
        rows.push({ seed, ...(await learns(page)) });
      },
      '',
      seed,
      'volley',
    );
  }
  const { backend, simd, browser, renderer } = about;
  const reached = rows.flatMap((row) => row.reached ?? []);
  // A seed that did not come so far is slower than any that did.
  const middle = (of: (each: Reached) => number): number | null => {
    const value = median(
      rows.map((row) => (row.reached === null ? Number.POSITIVE_INFINITY : of(row.reached))),
    );
    return Number.isFinite(value) ? value : null;
  };
  const medians = {
    seconds: middle(({ seconds }) => seconds),
    decisions: middle(({ decisions }) => decisions),
    updates: middle(({ updates }) => updates),
  };
  const cells = rows.map(({ seed, reached: at, best, last }) => [
    String(seed),
    ...figures(at),
    percent(best),
    percent(last),
  ]);
  return {
    fields: {
      backend,
      simd,
      opponent: opponentId,
      threshold,
      limitSeconds: limitMs / 1000,
      seedsReached: reached.length,
      rows,
      medians,
    },
    table: [
      `Updates on ${backend}; Volley as the page opens. Until it wins ${percent(threshold)} of its last 200 rallies against “${opponentId}”:`,
      table([
        ['seed', 'seconds', 'decisions', 'updates', 'best', 'last'],
        ...cells,
        ['median', ...figures(medians), '', ''],
      ]),
    ].join('\n'),
    browser,
    renderer,
  };
}

function figures(at: Readonly<Record<keyof Reached, number | null>> | null): string[] {
  const figure = (value: number | null | undefined) => value?.toFixed(0) ?? 'not reached';
  return [figure(at?.seconds), figure(at?.decisions), figure(at?.updates)];
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}

function learns(page: Page): Promise<Omit<Row, 'seed'>> {
  return page.evaluate(
    async ([key, wanted, from, most]) => {
      let best = 0;
      let last = 0;
      let decisions = 0;
      while (performance.now() < most) {
        const point = window.playtrain?.newestPoint();
        last = point?.values[key] ?? 0;
        decisions = point?.decisions ?? 0;
        const updates = point?.version ?? 0;
        if (updates >= from) best = Math.max(best, last);
        if (updates >= from && last >= wanted) {
          return {
            reached: { seconds: performance.now() / 1000, decisions, updates },
            best,
            last,
            decisions,
          };
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      return { reached: null, best, last, decisions };
    },
    [winRateKey(opponentId), threshold, updatesBefore, limitMs] as const,
  );
}
