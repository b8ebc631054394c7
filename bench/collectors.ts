import type { Page } from 'playwright';
import { type BackendChoice, collectorChoices, type SimdKernels } from '../src/contract';
import { setSpeed, withAppPage } from './app-page';
import type { BenchmarkResult } from './benchmark';
import { median } from './measure';
import { table } from './table';
import { recordedPerSecond, workSettings } from './throughput';

const subjects = collectorChoices.filter((choice) => choice !== 'auto' && choice !== '8');
const seeds = [1, 2, 3];
const threshold = 475;
const longestMs = 120_000;

/**
 * What collectors bring: decisions a second that are learned from, those of each collector, how old the oldest step
 * was, and how many decisions Balance takes to a mean return of 475 with the same settings. With none the visible game
 * plays as fast as it goes; with some it plays at 1×. Nothing runs in lockstep.
 */
export async function collectors(choice: BackendChoice): Promise<BenchmarkResult> {
  const rows = [];
  let about = { browser: '', renderer: '', backend: '', simd: null as SimdKernels | null };
  for (const collector of subjects) {
    const toThreshold: (number | null)[] = [];
    const speeds: number[] = [];
    let each: readonly number[] = [];
    let largestLag = 0;
    for (const seed of seeds) {
      const settings = `${workSettings}&collectors=${collector}`;
      await withAppPage(
        choice,
        async ({ page, browser, renderer, backend, simd }) => {
          about = { browser, renderer, backend, simd };
          if (collector === 'none') await setSpeed(page, 'max');
          toThreshold.push(await decisionsToThreshold(page));
          speeds.push(await recordedPerSecond(page));
          const status = await page.evaluate(() => window.playtrain?.state().status);
          each = status?.collectorDecisionsPerSecond ?? [];
          largestLag = Math.max(largestLag, status?.policyLag ?? 0);
        },
        settings,
        seed,
      );
    }
    const reached = toThreshold.flatMap((decisions) => decisions ?? []);
    rows.push({
      collectors: collector,
      decisionsPerSecond: median(speeds),
      eachPerSecond: each,
      policyLag: largestLag,
      toThreshold,
      medianToThreshold: reached.length === 0 ? null : median(reached),
    });
  }
  const { backend, simd, browser, renderer } = about;
  const cells = rows.map((row) => [
    row.collectors,
    row.decisionsPerSecond.toFixed(0),
    row.eachPerSecond.map((rate) => rate.toFixed(0)).join(' + ') || '–',
    String(row.policyLag),
    row.toThreshold.map((decisions) => decisions ?? 'not reached').join(', '),
  ]);
  return {
    fields: { backend, simd, settings: workSettings, threshold, seeds, rows },
    table: `Updates on ${backend}; ${workSettings}; seeds ${seeds.join(', ')}.\n${table([
      ['collectors', 'decisions/s', 'of each, at the end', 'lag', `decisions to ${threshold}, a seed`],
      ...cells,
    ])}`,
    browser,
    renderer,
  };
}

/** Decisions when the page first showed the mean; it looks often, but not at every update. */
function decisionsToThreshold(page: Page): Promise<number | null> {
  return page.evaluate(
    async ([wanted, most]) => {
      const startMs = performance.now();
      while (performance.now() - startMs < most) {
        const status = window.playtrain?.state().status;
        if ((status?.meanReturn ?? 0) >= wanted) return status?.decisions ?? null;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      return null;
    },
    [threshold, longestMs] as const,
  );
}
