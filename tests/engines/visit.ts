import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from '@playwright/test';
import { projectFolder } from '../../scripts/set-up.mjs';
import type { Probe } from '../../src/app/shell/probe';
import type { EngineName, EnginePage } from './engine';
import { find, type Wanted } from './find';
import type { Site } from './site';

type State = ReturnType<Probe['state']>;
type Court = NonNullable<ReturnType<Probe['court']>>;

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
      return this.page.evaluate(() => window.playtrain?.state().status.phase, null);
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

  async click(wanted: Wanted): Promise<void> {
    await this.page.click(await find(this.page, wanted));
  }

  async upload(wanted: Wanted, file: string): Promise<void> {
    await this.page.upload(await find(this.page, wanted), file);
  }

  download(wanted: Wanted): Promise<Buffer> {
    return this.page.download(() => this.click(wanted));
  }

  /** What the page threw or wrote as an error so far. */
  errors(): Promise<readonly string[]> {
    return this.page.evaluate(() => window.__errors ?? [], null);
  }

  /** The sentences that the page shows. */
  async notices(): Promise<readonly string[]> {
    return (await this.state()).notices.map(({ message }) => message);
  }

  /** Writes a picture of what can be seen where people can look at it. */
  async picture(name: string): Promise<void> {
    const file = join(projectFolder, 'artifacts', 'pictures', this.engine, `${name}.png`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, await this.page.screenshot());
  }
}

declare global {
  interface Window {
    /** See site.ts. */
    __errors?: string[];
  }
}
