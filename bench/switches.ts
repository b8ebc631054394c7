import type { Page } from 'playwright';
import type { BackendChoice } from '../src/contract';
import { withAppPage } from './app-page';
import type { BenchmarkResult } from './benchmark';
import { type PageResources, ResourceWatch } from './page-resources';
import { soakGames } from './soak-watch';
import { table } from './table';

const switches = 100;
/** What is made once a page is there after every game was shown twice. */
const roundsBefore = 2;
const lookEvery = 20;
const readyTimeoutMs = 120_000;

interface Look extends PageResources {
  /** Switches until then. */
  readonly switches: number;
}

/**
 * Whether a page that goes from game to game leaves anything behind: heap, nodes, listeners and workers over a hundred
 * switches, looked at with the same game on it.
 */
export function switching(choice: BackendChoice): Promise<BenchmarkResult> {
  return withAppPage(choice, async ({ page, browser, renderer }) => {
    const watch = await ResourceWatch.of(page);
    for (let i = 0; i < roundsBefore * soakGames.length; i++) await switchTo(page, gameAt(i));
    await switchTo(page, lookedAt);
    const looks: Look[] = [{ switches: 0, ...(await watch.measure()) }];
    for (let i = 1; i <= switches; i++) {
      await switchTo(page, gameAt(i));
      if (i % lookEvery !== 0) continue;
      // The same game at each look; going there is no more than a switch that is not counted.
      await switchTo(page, lookedAt);
      looks.push({ switches: i, ...(await watch.measure()) });
    }
    const [first, last] = [looks[0], looks.at(-1)];
    if (first === undefined || last === undefined) throw new Error('Nothing was looked at.');
    const pair = (key: keyof PageResources) => [first[key], last[key]];
    const rows = looks.map((look) => [
      String(look.switches),
      look.heapMB.toFixed(1),
      String(look.nodes),
      String(look.listeners),
      String(look.workers),
    ]);
    return {
      fields: {
        switches,
        heapMB: pair('heapMB'),
        nodes: pair('nodes'),
        listeners: pair('listeners'),
        workers: pair('workers'),
        gpuBytes: pair('gpuBytes'),
        looks,
      },
      table: table([['switches', 'heap MB', 'nodes', 'listeners', 'workers'], ...rows]),
      browser,
      renderer,
    };
  });
}

const lookedAt = soakGames[0];

/** By turns. */
const gameAt = (index: number) => soakGames[index % soakGames.length] ?? lookedAt;

/** Goes to a game by the address, as a link does, and waits until its agent gathers experience. */
async function switchTo(page: Page, game: string): Promise<void> {
  await page.evaluate((to) => {
    location.hash = `game=${to}`;
  }, game);
  await page.waitForFunction(
    (to) => {
      const state = window.playtrain?.state();
      return state?.game === to && ['collecting', 'updating', 'eased'].includes(state.status.phase);
    },
    game,
    { timeout: readyTimeoutMs },
  );
}
