import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { projectFolder } from '../../scripts/set-up.mjs';
import type { Probe } from '../../src/app/shell/probe';
import { expect } from '../testing/expect';
import type { EngineName, EnginePage } from './engine';
import { find, type Wanted } from './find';
import type { Site } from './site';

type State = ReturnType<Probe['state']>;
type Court = NonNullable<ReturnType<Probe['court']>>;

const errorLines = 6;
const readyTimeoutMs = 60_000;

/** The built page open in an engine, as a visitor and `window.playtrain` see it. */
export class Visit {
  readonly page: EnginePage;
  private readonly engine: EngineName;
  private readonly site: Site;

  constructor(engine: EngineName, page: EnginePage, site: Site) {
    this.engine = engine;
    this.page = page;
    this.site = site;
  }

  /** The page's, without a link's settings. */
  get address(): string {
    return this.site.address;
  }

  /** Opens the page with a link's settings, such as `game=swing&seed=7`, and waits until its agent collects. */
  async open(link = ''): Promise<void> {
    await this.page.goTo(link === '' ? this.site.address : `${this.site.address}#${link}`);
    await this.untilReady();
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.untilReady();
  }

  private async untilReady(): Promise<void> {
    const phase = async () => {
      const errors = await this.errors();
      if (errors.length > 0) throw new Error(`The page wrote errors: ${errors.join('; ')}`);
      const phase = await this.page.evaluate(() => window.playtrain?.state().status.phase, null);
      if (phase === 'failed') throw new Error(`The agent failed: ${(await this.notices()).join(' ')}`);
      return phase;
    };
    await expect.poll(phase, { timeout: readyTimeoutMs }).toMatch(/^(collecting|updating|eased|paused)$/);
  }

  /** What the page shows, as plain data. */
  state(): Promise<State> {
    return this.page.evaluate(() => {
      if (window.playtrain === undefined) throw new Error('The page has no probe.');
      return window.playtrain.state();
    }, null);
  }

  async court(): Promise<Court> {
    const court = await this.page.evaluate(() => window.playtrain?.court() ?? null, null);
    if (court === null) throw new Error('There is nothing on the court.');
    return court;
  }

  async untilVersion(version: number, timeout = 60_000): Promise<void> {
    await expect
      .poll(async () => (await this.state()).status.policyVersion, { timeout })
      .toBeGreaterThanOrEqual(version);
  }

  /**
   * Clicks an element once it stands still and nothing lies over it. Where the page moves it away in the moment of the
   * click, whatever came under the pointer learns nothing of it, and the element is clicked where it is now.
   */
  async click(wanted: Wanted): Promise<void> {
    const selector = await find(this.page, wanted);
    const hits = async () => {
      if (!(await this.page.evaluate(canBeHit, selector))) return false;
      await this.page.evaluate(takeAim, selector);
      await this.page.click(selector);
      // A page that the click led away from knows of no aim.
      return this.page.evaluate(() => window.__aim?.hit ?? true, null);
    };
    await expect.poll(hits, { message: wanted.name }).toBe(true);
  }

  async upload(wanted: Wanted, file: string): Promise<void> {
    await this.page.upload(await find(this.page, wanted), file);
  }

  download(wanted: Wanted): Promise<Buffer> {
    return this.page.download(() => this.click(wanted));
  }

  /** Waits until so many more frames were drawn. */
  frames(count: number): Promise<void> {
    return this.page.evaluate(async (frames) => {
      for (let frame = 0; frame < frames; frame++) await new Promise(requestAnimationFrame);
    }, count);
  }

  /** What the page threw or wrote as an error so far, and where. */
  async errors(): Promise<readonly string[]> {
    const errors = await this.page.evaluate(() => window.__errors ?? [], null);
    return errors.map((error) => error.split('\n').slice(0, errorLines).join('\n'));
  }

  /** What a failed test's page was doing, for who reads of the failure. */
  describe(): Promise<string> {
    return this.page.evaluate(async () => {
      const drawn = new Promise((resolve) => requestAnimationFrame(() => resolve(true)));
      const waited = new Promise((resolve) => setTimeout(resolve, 1000, false));
      return JSON.stringify({
        visible: document.visibilityState,
        hasFocus: document.hasFocus(),
        draws: await Promise.race([drawn, waited]),
        ticks: window.playtrain?.ticks(),
        ...window.playtrain?.state(),
      });
    }, null);
  }

  /** The sentences that the page shows. */
  async notices(): Promise<readonly string[]> {
    return (await this.state()).notices.map(({ message }) => message);
  }

  /** How many colours a picture has of the element that a selector fits. */
  async coloursOf(selector: string): Promise<number> {
    const png = (await this.page.screenshot()).toString('base64');
    return this.page.evaluate(countColours, { selector, png });
  }

  /** Writes a picture of what can be seen where people can look at it. */
  async picture(name: string): Promise<void> {
    const file = join(projectFolder, 'artifacts', 'pictures', this.engine, `${name}.png`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, await this.page.screenshot());
  }
}

/** On the page: brings an element into view. @returns whether it stands still there with nothing over its middle. */
async function canBeHit(selector: string): Promise<boolean> {
  const boxOf = () => document.querySelector(selector)?.getBoundingClientRect();
  document.querySelector(selector)?.scrollIntoView({ block: 'nearest' });
  const before = boxOf();
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  const box = boxOf();
  if (box === undefined || before === undefined || box.width === 0) return false;
  if (box.x !== before.x || box.y !== before.y) return false;
  const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return hit?.closest(selector) !== null && hit !== null;
}

/** On the page: keeps the next click from everything but an element, and notes in `__aim` whether it came there. */
function takeAim(selector: string): void {
  window.__aim?.listening.abort();
  const aim = { hit: false, listening: new AbortController() };
  window.__aim = aim;
  const watch = (event: Event) => {
    const isWanted = event.target instanceof Element && event.target.closest(selector) !== null;
    if (!isWanted) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
    if (event.type !== 'click') return;
    aim.hit = isWanted;
    aim.listening.abort();
  };
  const { signal } = aim.listening;
  for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click']) {
    window.addEventListener(type, watch, { capture: true, signal });
  }
}

/** On the page: reads its own picture, since a canvas need not keep what it drew. */
async function countColours({ selector, png }: { selector: string; png: string }): Promise<number> {
  const box = document.querySelector(selector)?.getBoundingClientRect();
  if (box === undefined) return 0;
  const bytes = Uint8Array.from(atob(png), (character) => character.charCodeAt(0));
  const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
  const scale = picture.width / innerWidth;
  const canvas = document.createElement('canvas');
  canvas.width = Math.floor(box.width);
  canvas.height = Math.floor(box.height);
  const context = canvas.getContext('2d');
  if (context === null) return 0;
  context.drawImage(picture, -box.x, -box.y, picture.width / scale, picture.height / scale);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  return new Set(new Uint32Array(data.buffer)).size;
}

declare global {
  interface Window {
    /** See site.ts. */
    __errors?: string[];
    /** Of the last click. */
    __aim?: { hit: boolean; readonly listening: AbortController };
  }
}
