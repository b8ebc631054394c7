import type { Page } from 'playwright';
import type { BackendChoice } from '../src/contract';
import { type AppPage, openAppPage, setSpeed } from './app-page';
import type { BenchmarkResult } from './benchmark';
import { type PageResources, ResourceWatch } from './page-resources';
import { type SoakRow, type SoakSample, soakGames, soakRow, soakThresholds } from './soak-watch';
import { table } from './table';

const speeds = ['1', 'max'] as const;
const seed = 1;
const sampleEveryMs = 1_000;

type Pair = readonly [first: number, last: number];

interface Row extends SoakRow {
  readonly game: string;
  readonly speed: string;
  readonly seed: number;
  readonly threshold: number;
  readonly heapMB: Pair;
  readonly listeners: Pair;
  readonly gpuBytes: Pair;
}

/**
 * Whether the page keeps what it has learned, for as long as it is left alone: every game, as it opens and as fast as it
 * goes, by turns, with the choice on that a collapsed run goes back by itself.
 *
 * @param minutes in all.
 */
export async function soak(choice: BackendChoice, minutes: number): Promise<BenchmarkResult> {
  const turns = soakGames.flatMap((game) => speeds.map((speed) => ({ game, speed })));
  const rows: Row[] = [];
  let about: Pick<AppPage, 'browser' | 'renderer'> = { browser: '', renderer: '' };
  for (const { game, speed } of turns) {
    const app = await openAppPage(choice, '', seed, game);
    about = app;
    try {
      if (speed === 'max') await setSpeed(app.page, 'max');
      rows.push({ game, speed, ...(await soakTurn(app.page, game, (minutes * 60_000) / turns.length)) });
    } finally {
      await app.close();
    }
  }
  const cells = rows.map((row) => [
    row.game,
    row.speed,
    row.best === null ? '–' : row.best.toFixed(2),
    String(row.secondsBelow90Percent),
    String(row.told),
    String(row.wentBack),
    row.heapMB.map((each) => each.toFixed(1)).join(' → '),
    row.listeners.join(' → '),
  ]);
  const head = ['game', 'speed', 'best', 's below 90 %, untold', 'told', 'went back', 'heap MB', 'listeners'];
  return {
    fields: { minutes, rows },
    table: table([head, ...cells]),
    browser: about.browser,
    renderer: about.renderer,
  };
}

async function soakTurn(page: Page, game: string, durationMs: number) {
  await page.getByRole('tab', { name: 'Run', exact: true }).click();
  const byItself = page.getByRole('switch', { name: 'Go back to it without asking' });
  if (await byItself.isVisible()) await byItself.check();
  await page.getByRole('tab', { name: 'Charts' }).click();
  const threshold = soakThresholds[game] ?? Number.POSITIVE_INFINITY;
  const watch = await ResourceWatch.of(page);
  const first = await watch.measure();
  const samples: SoakSample[] = [];
  const endMs = Date.now() + durationMs;
  while (Date.now() < endMs) {
    samples.push(await sample(page));
    await page.waitForTimeout(sampleEveryMs);
  }
  const last = await watch.measure();
  const pair = (key: keyof PageResources): Pair => [first[key], last[key]];
  return {
    seed,
    threshold,
    ...soakRow(samples, threshold),
    heapMB: pair('heapMB'),
    listeners: pair('listeners'),
    gpuBytes: pair('gpuBytes'),
  };
}

function sample(page: Page): Promise<SoakSample> {
  return page.evaluate(() => {
    const values = window.playtrain?.newestPoint()?.values ?? {};
    const rates = Object.entries(values).flatMap(([key, value]) =>
      key.startsWith('winRate.bot-') && value !== null ? [value] : [],
    );
    const winRate = rates.length === 0 ? null : rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
    const state = window.playtrain?.state();
    const ids = new Set(state?.notices.map(({ id }) => id));
    return {
      atMs: Date.now(),
      value: state?.play ? winRate : (values['meanReturn'] ?? null),
      told: ids.has('collapse'),
      wentBack: ids.has('went-back'),
    };
  });
}
