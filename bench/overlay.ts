import type { Page } from 'playwright';
import type { BackendChoice } from '../src/contract';
import { openServed, serveApp } from './app-page';
import type { BenchmarkResult } from './benchmark';
import { segment } from './frames';
import { interleave, median, quantile } from './measure';
import { table } from './table';

/** Many short turns: a game's own course, and a machine that is shared, weigh on both alike. */
const rounds = 9;
const segmentMs = 2_100;
const settleMs = 300;
const games = ['balance', 'swing', 'volley', 'flap', 'racer', 'runner', 'duel'] as const;

/** Frame intervals of one game without and with what its agent senses and thinks drawn over it. */
interface OverlayRow {
  readonly game: string;
  readonly off: { readonly p50Ms: number; readonly p99Ms: number };
  readonly on: { readonly p50Ms: number; readonly p99Ms: number };
}

/**
 * Whether the overlay costs frames: intervals between animation frames with it off and on, the same page, by turns.
 * Quantiles are medians of those of the turns.
 */
export async function overlay(choice: BackendChoice): Promise<BenchmarkResult> {
  const rows: OverlayRow[] = [];
  let about = { browser: '', renderer: '' };
  const served = await serveApp();
  try {
    for (const game of games) {
      const app = await openServed(served, choice, '', 1, game);
      const { page, browser, renderer } = app;
      about = { browser, renderer };
      const [off, on] = await interleave([false, true], rounds, async (isOn) => {
        await setOverlay(page, isOn);
        await page.waitForTimeout(settleMs);
        return (await segment(page, segmentMs)).intervalsMs;
      });
      rows.push({ game, off: quantilesOf(off), on: quantilesOf(on) });
      await app.close();
    }
  } finally {
    await served.close();
  }
  const cells = rows.map(({ game, off, on }) => [
    game,
    off.p50Ms.toFixed(1),
    off.p99Ms.toFixed(1),
    on.p50Ms.toFixed(1),
    on.p99Ms.toFixed(1),
  ]);
  return {
    fields: { rows },
    table: table([['game', 'off p50 ms', 'off p99 ms', 'on p50 ms', 'on p99 ms'], ...cells]),
    ...about,
  };
}

function quantilesOf(turns: readonly (readonly number[])[] = []): OverlayRow['off'] {
  const middle = (share: number) => median(turns.map((intervalsMs) => quantile(intervalsMs, share)));
  return { p50Ms: middle(0.5), p99Ms: middle(0.99) };
}

async function setOverlay(page: Page, isOn: boolean): Promise<void> {
  const button = page.locator('.overlay-button');
  if ((await button.getAttribute('aria-pressed')) !== String(isOn)) await button.click();
  await page.waitForFunction((wanted) => window.playtrain?.state().overlay.on === wanted, isOn);
}
