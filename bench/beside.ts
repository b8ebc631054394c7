import { resolve } from 'node:path';
import type { Browser } from 'playwright';
import { build } from 'vite';
import { liveGames } from '../examples/live-games';
import { ensureBrowser } from '../scripts/ensure-browser.mjs';
import type { BenchmarkResult } from './benchmark';
import { type Segment, segment } from './frames';
import { interleave, median, quantile } from './measure';
import { serveToBrowser } from './served-browser';
import { table } from './table';

const firstPort = 4673;
const rounds = 5;
const settleMs = 2_000;

/**
 * Whether a live game’s twin costs the game that is seen its frames: intervals between animation frames and tasks over 50 ms
 * on the page’s own thread, of the game alone and with an agent that learns, by turns, a page for each.
 */
export async function beside(
  _backend: unknown,
  _minutes: number,
  { game }: { readonly game: string; readonly seeds: number },
): Promise<BenchmarkResult> {
  if (!Object.hasOwn(liveGames, game)) {
    throw new Error(`--game must be one of ${Object.keys(liveGames).join(', ')}; it was ${game}.`);
  }
  await ensureBrowser();
  const configFile = resolve(import.meta.dirname, 'page/vite.config.ts');
  await build({ configFile, logLevel: 'warn' });
  const { browser, address, close } = await serveToBrowser(configFile, firstPort);
  try {
    const samples = await interleave(['', '&learning'], rounds, (learning) =>
      sample(browser, `${address}beside.html#game=${game}${learning}`),
    );
    const [off, on] = samples.map(summary);
    if (off === undefined || on === undefined) throw new Error('The page drew no frames to measure.');
    const ratios = { p50: on.p50Ms / off.p50Ms, p99: on.p99Ms / off.p99Ms };
    const cells = Object.entries({ off, on }).map(([learning, row]) => [
      learning,
      row.p50Ms.toFixed(2),
      row.p99Ms.toFixed(2),
      String(row.longTasks),
      String(row.frames),
    ]);
    return {
      fields: { game, off, on, ratios, rounds },
      table: `${game}, medians of ${rounds}\n${table([['learning', 'p50 ms', 'p99 ms', 'long tasks', 'frames'], ...cells])}\np50 ${ratios.p50.toFixed(2)} times, p99 ${ratios.p99.toFixed(2)} times`,
      browser: `Chromium ${browser.version()}`,
      renderer: 'whatever Phaser draws the game with',
    };
  } finally {
    await close();
  }
}

/** Of the runs' own quantiles the median, and the sum of long tasks. */
function summary(segments: readonly Segment[]) {
  return {
    p50Ms: median(segments.map(({ intervalsMs }) => quantile(intervalsMs, 0.5))),
    p99Ms: median(segments.map(({ intervalsMs }) => quantile(intervalsMs, 0.99))),
    longTasks: segments.reduce((sum, { longTasks }) => sum + longTasks, 0),
    frames: segments.reduce((sum, { intervalsMs }) => sum + intervalsMs.length, 0),
  };
}

/** The frames of a page of its own, from when the agent in it has been updated once. */
async function sample(browser: Browser, address: string): Promise<Segment> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  try {
    const page = await context.newPage();
    // What functions that are sent there are compiled to calls it.
    await page.addInitScript('globalThis.__name = (target) => target');
    await page.goto(address, { waitUntil: 'commit' });
    const outcome = await page
      .waitForFunction(() => window.beside, null, { timeout: 120_000, polling: 200 })
      .then((handle) => handle.jsonValue());
    if (outcome !== 'ready') throw new Error(outcome?.failed ?? 'The page did not begin.');
    await page.waitForTimeout(settleMs);
    return await segment(page);
  } finally {
    await context.close();
  }
}
