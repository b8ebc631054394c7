import type { Page, Worker } from '@playwright/test';
import { expect, open, picture, state, test, ticks, untilVersion } from './page';

/** What goes wrong, at the browser’s door: nothing of the product is replaced. */
interface Fault {
  readonly name: string;
  readonly link?: string;
  /** Runs in the page, before anything of it, at each load. */
  readonly atStart?: () => void;
  /** Runs in each worker before its own script, likewise. */
  readonly atWorkerStart?: () => void;
  /** Once the agent has learned and the run is kept. */
  readonly strike?: (page: Page) => Promise<void>;
  /** The one sentence that people read of it; null where there is nothing to tell. */
  readonly isLong?: boolean;
  readonly tells: RegExp | null;
}

/** Small rollouts, so that updates soon follow one another; on WebAssembly, whose worker answers at any time. */
const quick = 'game=balance&arenas=8&rolloutLength=32&minibatchSize=64&epochs=2';
const onHost = `${quick}&backend=wasm`;
const onGraphics = `${quick}&backend=webgl`;

const faults: readonly Fault[] = [
  {
    name: 'the actor dies',
    strike: async (page) => workerOf(page, 'actor').evaluate(() => self.close()),
    tells: /^The actor ended without a word\. The agent was restarted from update \d+/,
  },
  {
    name: 'the learner dies',
    strike: async (page) => workerOf(page, 'learner').evaluate(() => self.close()),
    tells: /^The learner ended without a word\. The agent was restarted from update \d+/,
  },
  {
    name: 'a collector dies',
    link: `${onHost}&collectors=2`,
    strike: async (page) => workerOf(page, 'collector').evaluate(() => self.close()),
    tells: /^The collector ended without a word\. The 1 that are left/,
  },
  {
    name: 'the graphics context is lost',
    link: onGraphics,
    strike: async (page) =>
      workerOf(page, 'learner').evaluate(() => {
        const { prototype } = WebGL2RenderingContext;
        const draw = Reflect.get(prototype, 'drawElements') as (...call: unknown[]) => void;
        prototype.drawElements = function (...call) {
          prototype.drawElements = draw;
          this.getExtension('WEBGL_lose_context')?.loseContext();
          Reflect.apply(draw, this, call);
        };
      }),
    tells: /^The graphics context was lost.* The agent was restarted from update \d+/,
  },
  {
    name: 'the graphics processor hangs without being lost',
    link: onGraphics,
    strike: async (page) =>
      workerOf(page, 'learner').evaluate(() => {
        WebGL2RenderingContext.prototype.clientWaitSync = function () {
          return this.TIMEOUT_EXPIRED;
        };
        // A minute passes sooner.
        const now = performance.now.bind(performance);
        let aheadMs = 0;
        performance.now = () => {
          aheadMs += 500;
          return now() + aheadMs;
        };
      }),
    tells: /^The graphics processor has stopped answering.* The agent was restarted from update \d+/,
  },
  {
    name: 'one arena gives a number that is none',
    strike: async (page) =>
      page.evaluate(() => {
        const { fround } = Math;
        Math.fround = () => {
          Math.fround = fround;
          return Number.NaN;
        };
      }),
    tells: /\barena\b.*\.$/i,
  },
  {
    name: 'storage is full',
    strike: async (page) =>
      page.evaluate(() => {
        const refuse = () => {
          throw new DOMException('There is no room left.', 'QuotaExceededError');
        };
        IDBObjectStore.prototype.put = refuse;
        IDBObjectStore.prototype.add = refuse;
      }),
    tells: /\.$/,
  },
  {
    name: 'the clock is clamped to tenths of a second',
    atStart: clampClock,
    atWorkerStart: clampClock,
    tells: null,
  },
  {
    name: 'locks are refused, and then the learner dies',
    atStart: refuseLocks,
    atWorkerStart: refuseLocks,
    strike: async (page) => workerOf(page, 'learner').evaluate(() => self.close()),
    // A quarter of a minute passes before anybody notices; who ended cannot be told from who is silent then.
    isLong: true,
    tells: /^The learner has stopped answering\. The agent was restarted from update \d+/,
  },
];

for (const fault of faults) {
  const title = `when ${fault.name}, the run goes on, nothing kept is lost, and one sentence says so`;
  test(title, { tag: fault.isLong ? ['@long'] : [] }, async ({ page }) => {
    const { link = onHost, atStart, atWorkerStart, strike, tells } = fault;
    if (atStart !== undefined) await page.addInitScript(atStart);
    if (atWorkerStart !== undefined) await beginWorkersWith(page, atWorkerStart);
    await open(page, link);
    await untilVersion(page, 2);
    await expect.poll(async () => (await state(page)).saved).not.toBeNull();
    const before = (await state(page)).status.policyVersion;

    await strike?.(page);
    const sentences = async () =>
      (await state(page)).notices.filter(({ severity }) => severity !== 'info').map(({ message }) => message);
    if (tells !== null) {
      await expect.poll(sentences, { timeout: 60_000 }).toEqual([expect.stringMatching(tells)]);
    }
    await picture(page, `recovery-${fault.name.replaceAll(/\W+/g, '-')}`);
    await untilVersion(page, before + 2, 90_000);
    const played = await ticks(page);
    await expect.poll(() => ticks(page)).toBeGreaterThan(played);
    expect(await sentences()).toHaveLength(tells === null ? 0 : 1);

    await page.reload();
    // What was saved when the page was left may lack the update that it was left in.
    await untilVersion(page, before - 1);
    await page.context().unrouteAll({ behavior: 'ignoreErrors' });
  });
}

function workerOf(page: Page, role: string): Worker {
  const worker = page.workers().find((each) => each.url().includes(`${role}.worker`));
  if (worker === undefined) throw new Error(`There is no ${role} worker.`);
  return worker;
}

/** Runs `script` in each of the page's workers, before the worker's own. */
async function beginWorkersWith(page: Page, script: () => void): Promise<void> {
  await page.context().route(/\.worker-[^/]*\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `(${script.toString()})();\n${await response.text()}` });
  });
}

function clampClock(): void {
  const now = performance.now.bind(performance);
  performance.now = () => 100 * Math.floor(now() / 100);
  if (!('requestAnimationFrame' in self)) return;
  const request = requestAnimationFrame.bind(self);
  self.requestAnimationFrame = (draw) => request((timeMs) => draw(100 * Math.floor(timeMs / 100)));
}

function refuseLocks(): void {
  navigator.locks.request = () => Promise.reject(new DOMException('denied', 'SecurityError'));
}
