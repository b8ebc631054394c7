import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright';
import type { BackendChoice } from '../src/contract';
import { withAppPage } from './app-page';
import type { BenchmarkResult } from './benchmark';
import { median } from './measure';
import { table } from './table';

const rounds = 5;

/** Which part of the product a file belongs to, by the start of its built name. */
const parts: readonly (readonly [part: string, names: RegExp])[] = [
  ['game engine (Phaser)', /^phaser/],
  ['scenes and art', /^(scene|arena-scene|mount)-|\.svg$/],
  ['actor worker', /^actor\.worker/],
  ['learner worker (tfjs)', /^learner\.worker/],
  ['WebAssembly backend', /\.wasm$/],
];
const pagePart = 'page, panels and charts';

interface Load {
  /** From the navigation's start until the controls are there and the thread is free to serve them. */
  readonly interactiveMs: number;
  /** Until the game's first tick under the agent. */
  readonly playingMs: number;
  /** Bytes as a server that compresses would send them, by part. */
  readonly bytes: ReadonlyMap<string, number>;
}

/** How soon a first visit can be used, from a cold cache, and what it fetches. */
export function load(choice: BackendChoice): Promise<BenchmarkResult> {
  return withAppPage(choice, async ({ page, browser, renderer }) => {
    const address = page.url();
    const owner = page.context().browser();
    if (owner === null) throw new Error('The browser went away before anything was measured.');
    await page.close();
    const loads: Load[] = [];
    for (let round = 0; round < rounds; round++) loads.push(await visit(owner, address));
    const interactiveMs = median(loads.map((each) => each.interactiveMs));
    const playingMs = median(loads.map((each) => each.playingMs));
    const wire = [...(loads[0]?.bytes ?? [])].map(([part, bytes]) => ({ part, gzipBytes: bytes }));
    const kilobytes = wire.map(({ part, gzipBytes }) => [part, (gzipBytes / 1000).toFixed(0)]);
    return {
      fields: { interactiveMs, playingMs, rounds, wire },
      table: [
        `Interactive after ${interactiveMs.toFixed(0)} ms, playing after ${playingMs.toFixed(0)} ms (medians of ${rounds} first visits).`,
        table([['over the wire', 'kB, gzip'], ...kilobytes]),
      ].join('\n'),
      browser,
      renderer,
    };
  });
}

async function visit(browser: Browser, address: string): Promise<Load> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  try {
    const page = await context.newPage();
    const bytes = new Map<string, number>();
    const sizes: Promise<void>[] = [];
    context.on('response', (response) => {
      const name = new URL(response.url()).pathname.split('/').at(-1) ?? '';
      const part = parts.find(([, names]) => names.test(name))?.[0] ?? pagePart;
      const weigh = async () => {
        const body = await response.body();
        bytes.set(part, (bytes.get(part) ?? 0) + gzipSync(body).length);
      };
      sizes.push(weigh().catch(() => {}));
    });
    await page.goto(address, { waitUntil: 'commit' });
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    const interactiveMs = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
        }),
    );
    await page.waitForFunction(() => (window.playtrain?.ticks() ?? 0) > 0);
    const playingMs = await page.evaluate(() => performance.now());
    await Promise.all(sizes);
    return { interactiveMs, playingMs, bytes };
  } finally {
    await context.close();
  }
}
