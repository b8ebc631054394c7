import type { Page } from 'playwright';
import type { BackendChoice } from '../src/contract';
import { setLearning, withAppPage } from './app-page';
import type { BenchmarkResult } from './benchmark';
import { interleave, quantile } from './measure';
import { table } from './table';

const rounds = 5;
const segmentMs = 8_000;
const settleMs = 1_000;

/** What was seen of a page's frames. */
export interface Segment {
  readonly intervalsMs: readonly number[];
  readonly longTasks: number;
}

/**
 * Whether learning costs frames: intervals between animation frames and tasks over 50 ms on the page's own thread,
 * learning off and on, the same page, by turns.
 */
export function frames(choice: BackendChoice): Promise<BenchmarkResult> {
  return withAppPage(choice, async ({ page, browser, renderer, backend, simd }) => {
    const samples = await interleave([false, true], rounds, async (learning) => {
      await setLearning(page, learning);
      await page.waitForTimeout(settleMs);
      return segment(page);
    });
    const [off, on] = samples.map((segments) => {
      const intervalsMs = segments.flatMap((each) => each.intervalsMs);
      return {
        p50Ms: quantile(intervalsMs, 0.5),
        p99Ms: quantile(intervalsMs, 0.99),
        longTasks: segments.reduce((sum, { longTasks }) => sum + longTasks, 0),
        frames: intervalsMs.length,
      };
    });
    if (off === undefined || on === undefined) throw new Error('The page drew no frames to measure.');
    const cells = Object.entries({ off, on }).map(([learning, row]) => [
      learning,
      row.p50Ms.toFixed(1),
      row.p99Ms.toFixed(1),
      String(row.longTasks),
      String(row.frames),
    ]);
    return {
      fields: { backend, simd, off, on, seconds: (rounds * segmentMs) / 1000 },
      table: `Updates on ${backend}.\n${table([['learning', 'p50 ms', 'p99 ms', 'long tasks', 'frames'], ...cells])}`,
      browser,
      renderer,
    };
  });
}

/** Watches a page for a while. */
export function segment(page: Page, durationMs = segmentMs): Promise<Segment> {
  return page.evaluate(
    (forMs) =>
      new Promise<Segment>((resolve) => {
        const intervalsMs: number[] = [];
        let longTasks = 0;
        const observer = new PerformanceObserver((entries) => {
          longTasks += entries.getEntries().length;
        });
        observer.observe({ type: 'longtask' });
        let firstMs: number | null = null;
        let lastMs = 0;
        const frame = (nowMs: number) => {
          if (firstMs === null) firstMs = nowMs;
          else intervalsMs.push(nowMs - lastMs);
          lastMs = nowMs;
          if (nowMs - firstMs < forMs) {
            requestAnimationFrame(frame);
            return;
          }
          longTasks += observer.takeRecords().length;
          observer.disconnect();
          resolve({ intervalsMs, longTasks });
        };
        requestAnimationFrame(frame);
      }),
    durationMs,
  );
}
