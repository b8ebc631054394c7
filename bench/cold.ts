import { resolve } from 'node:path';
import type { Browser } from 'playwright';
import { build } from 'vite';
import { liveGames } from '../examples/live-games';
import { ensureBrowser } from '../scripts/ensure-browser.mjs';
import type { BenchmarkResult } from './benchmark';
import type { ColdSample } from './cold-run';
import { median } from './measure';
import { serveToBrowser } from './served-browser';
import { table } from './table';

const firstPort = 4573;
/** No page is waited for any longer. */
const mostMinutes = 15;
/** What counts as near the median. */
const nearFactor = 3;

/** How a seed went; null where the goal was not reached in time. */
type ColdSeed = { readonly seed: number } & (
  | ColdSample
  | { readonly seconds: null; readonly failed: string }
);

/**
 * How long somebody waits who opens the page of a live game for the first time, until its agent has learned: wall time
 * from the navigation, in a browser without anything kept, the game drawn beside, one page for each seed.
 */
export async function cold(
  _backend: unknown,
  _minutes: number,
  { game, seeds }: { readonly game: string; readonly seeds: number },
): Promise<BenchmarkResult> {
  const load = Object.hasOwn(liveGames, game) ? liveGames[game] : undefined;
  if (load === undefined) {
    throw new Error(`--game must be one of ${Object.keys(liveGames).join(', ')}; it was ${game}.`);
  }
  const { goal } = await load();
  await ensureBrowser();
  const configFile = resolve(import.meta.dirname, 'page/vite.config.ts');
  await build({ configFile, logLevel: 'warn' });
  const { browser, address, close } = await serveToBrowser(configFile, firstPort);
  try {
    const results: ColdSeed[] = [];
    for (let seed = 1; seed <= seeds; seed++) {
      results.push({ seed, ...(await sample(browser, `${address}cold.html#game=${game}&seed=${seed}`)) });
      process.stderr.write(`${line(results.at(-1)!)}\n`);
    }
    const reached = results.flatMap(({ seconds }) => (seconds === null ? [] : [seconds]));
    const medianSeconds = reached.length === 0 ? null : median(reached);
    const near = reached.filter((seconds) => seconds <= nearFactor * medianSeconds!).length;
    return {
      fields: { game, goal: goal.sentence, seeds: results, medianSeconds, withinThreeTimes: near },
      table: `${game}: ${goal.sentence}\n${table([
        ['seed', 'wall', 'episodes'],
        ...results.map((result) => [
          String(result.seed),
          result.seconds === null ? result.failed : `${result.seconds.toFixed(1)} s`,
          result.seconds === null ? '–' : String(result.episodes),
        ]),
      ])}\nmedian ${medianSeconds?.toFixed(1) ?? '–'} s; ${near} of ${seeds} within ${nearFactor} times it`,
      browser: `Chromium ${browser.version()}`,
      renderer: 'whatever Phaser draws the game with',
    };
  } finally {
    await close();
  }
}

/** One cold page, closed again once it has learned. */
async function sample(
  browser: Browser,
  address: string,
): Promise<ColdSample | { readonly seconds: null; readonly failed: string }> {
  // Without anything that an earlier one kept.
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  try {
    const page = await context.newPage();
    await page.goto(address, { waitUntil: 'commit' });
    const outcome = await page
      .waitForFunction(() => window.cold, null, { timeout: mostMinutes * 60_000, polling: 500 })
      .then((handle) => handle.jsonValue());
    if (outcome !== null && 'seconds' in outcome) return outcome;
    return { seconds: null, failed: outcome?.failed ?? 'nothing came' };
  } catch (error) {
    return { seconds: null, failed: error instanceof Error ? error.message.split('\n')[0]! : String(error) };
  } finally {
    await context.close();
  }
}

function line(result: ColdSeed): string {
  return `seed ${result.seed}: ${result.seconds === null ? result.failed : `${result.seconds.toFixed(1)} s`}`;
}
