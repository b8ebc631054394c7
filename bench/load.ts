import { gzipSync } from 'node:zlib';
import type { Browser, Page, Request, Response } from 'playwright';
import type { BackendChoice } from '../src/contract';
import { withAppPage } from './app-page';
import type { BenchmarkResult } from './benchmark';
import { median } from './measure';
import { table } from './table';

const rounds = 5;

/** What only WebGL needs. */
const tfjsPart = 'WebGL backend (tfjs)';

/** Which part of the product a file belongs to, by the start of its built name. */
const parts: readonly (readonly [part: string, names: RegExp])[] = [
  ['game engine (Phaser)', /^phaser/],
  ['scenes and art', /^(scene|arena-scene|mount)-|\.svg$/],
  ['actor worker', /^actor\.worker/],
  ['learner worker', /^learner\.worker/],
  [tfjsPart, /^webgl-|tfjs|\.wasm$/],
];
const pagePart = 'page, panels and charts';

interface Load {
  /** From the navigation's start until the controls are there and the thread is free to serve them. */
  readonly interactiveMs: number;
  /** Until the game's first tick under the agent. */
  readonly playingMs: number;
  /** Until the first update was finished. */
  readonly firstUpdateMs: number;
  /** Bytes as a server that compresses would send them, by part: up to the first update. */
  readonly bytesBeforeFirstUpdate: ReadonlyMap<string, number>;
  /** As above, of the whole visit, with what is fetched once the agent has learned. */
  readonly bytes: ReadonlyMap<string, number>;
}

/** What follows the first update is waited for so long. */
const afterFirstUpdateMs = 5_000;

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
    const firstUpdateMs = median(loads.map((each) => each.firstUpdateMs));
    const before = loads.map(({ bytesBeforeFirstUpdate }) => bytesBeforeFirstUpdate);
    const kilobytesBeforeFirstUpdate = median(before.map((bytes) => sum(bytes) / 1000));
    const tfjsBeforeFirstUpdate = before.some((bytes) => bytes.has(tfjsPart));
    const wire = [...(loads[0]?.bytes ?? [])].map(([part, gzipBytes]) => ({
      part,
      gzipBytes,
      gzipBytesBeforeFirstUpdate: before[0]?.get(part) ?? 0,
    }));
    const kilobytes = (bytes: number) => (bytes / 1000).toFixed(0);
    const rows = wire.map(({ part, gzipBytes, gzipBytesBeforeFirstUpdate }) => [
      part,
      kilobytes(gzipBytesBeforeFirstUpdate),
      kilobytes(gzipBytes),
    ]);
    return {
      fields: {
        interactiveMs,
        playingMs,
        firstUpdateMs,
        kilobytesBeforeFirstUpdate,
        tfjsBeforeFirstUpdate,
        rounds,
        wire,
      },
      table: [
        `Interactive after ${interactiveMs.toFixed(0)} ms, playing after ${playingMs.toFixed(0)} ms, first update after ${firstUpdateMs.toFixed(0)} ms (medians of ${rounds} first visits).`,
        `${kilobytesBeforeFirstUpdate.toFixed(0)} kB before the first update, ${tfjsBeforeFirstUpdate ? 'tfjs among it' : 'nothing of tfjs among it'}.`,
        table([['over the wire, kB (gzip)', 'before the first update', 'in all'], ...rows]),
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
    const fetched = new FetchedBytes();
    const before = new FetchedBytes();
    context.on('response', (response) => fetched.add(response));
    // Held until it is known whether there was an update: a request and the page's news of an update are close.
    await context.route(
      (url) => partOf(url.href) === tfjsPart,
      async (route) => {
        if (!(await hasUpdated(page))) before.addWhenFinished(route.request());
        await route.continue();
      },
    );
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
    await page.waitForFunction(() => (window.playtrain?.state().status.policyVersion ?? 0) > 0);
    const firstUpdateMs = await page.evaluate(() => performance.now());
    for (const [part, gzipBytes] of await fetched.weighed()) {
      if (part !== tfjsPart) before.set(part, gzipBytes);
    }
    await page.waitForTimeout(afterFirstUpdateMs);
    return {
      interactiveMs,
      playingMs,
      firstUpdateMs,
      bytesBeforeFirstUpdate: await before.weighed(),
      bytes: await fetched.weighed(),
    };
  } finally {
    await context.close();
  }
}

function hasUpdated(page: Page): Promise<boolean> {
  return page.evaluate(() => (window.playtrain?.state().status.policyVersion ?? 0) > 0).catch(() => false);
}

function partOf(url: string): string {
  const name = new URL(url).pathname.split('/').at(-1) ?? '';
  return parts.find(([, names]) => names.test(name))?.[0] ?? pagePart;
}

/** Sums up, part by part, what was fetched, as a server that compresses would send it. */
class FetchedBytes {
  private readonly bytes = new Map<string, number>();
  private readonly weighing: Promise<void>[] = [];

  add(response: Response): void {
    const weigh = async () => {
      const part = partOf(response.url());
      this.set(part, (this.bytes.get(part) ?? 0) + gzipSync(await response.body()).length);
    };
    // What was redirected or given up has no body.
    this.weighing.push(weigh().catch(() => {}));
  }

  addWhenFinished(request: Request): void {
    const add = async () => {
      const response = await request.response();
      if (response !== null) this.add(response);
    };
    this.weighing.push(add());
  }

  set(part: string, gzipBytes: number): void {
    this.bytes.set(part, gzipBytes);
  }

  async weighed(): Promise<ReadonlyMap<string, number>> {
    // What was asked for may be added to while it is waited for.
    for (const weighing of this.weighing) await weighing;
    return new Map(this.bytes);
  }
}

function sum(bytes: ReadonlyMap<string, number>): number {
  return [...bytes.values()].reduce((total, each) => total + each, 0);
}
