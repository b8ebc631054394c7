import type { CDPSession, Page } from 'playwright';

/** What a page holds on to. */
export interface PageResources {
  readonly heapMB: number;
  /** Of the document and all that scripts still refer to, attached or not. */
  readonly nodes: number;
  readonly listeners: number;
  readonly workers: number;
  /** What the learner holds of the graphics processor's memory. */
  readonly gpuBytes: number;
}

const fewestLooks = 4;
const betweenLooksMs = 150;

/** Measures a page after thorough collections, so that garbage is none of it. */
export class ResourceWatch {
  private readonly page: Page;
  private readonly session: CDPSession;

  private constructor(page: Page, session: CDPSession) {
    this.page = page;
    this.session = session;
  }

  static async of(page: Page): Promise<ResourceWatch> {
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    await session.send('HeapProfiler.enable');
    return new ResourceWatch(page, session);
  }

  /** The least of some looks: a save that is under way has listeners and memory of its own. */
  async measure(): Promise<PageResources> {
    const looks: PageResources[] = [];
    for (let i = 0; i < fewestLooks; i++) looks.push(await this.look());
    const least = (key: keyof PageResources) => Math.min(...looks.map((look) => look[key]));
    return {
      heapMB: least('heapMB'),
      nodes: least('nodes'),
      listeners: least('listeners'),
      workers: least('workers'),
      gpuBytes: least('gpuBytes'),
    };
  }

  private async look(): Promise<PageResources> {
    await this.session.send('HeapProfiler.collectGarbage');
    await this.page.waitForTimeout(betweenLooksMs);
    const { metrics } = await this.session.send('Performance.getMetrics');
    const of = (name: string) => {
      const found = metrics.find((metric) => metric.name === name);
      if (found === undefined) throw new Error(`The browser does not tell ${name}.`);
      return found.value;
    };
    return {
      heapMB: of('JSHeapUsedSize') / 1e6,
      nodes: of('Nodes'),
      listeners: of('JSEventListeners'),
      workers: this.page.workers().length,
      gpuBytes: await this.page.evaluate(() => window.playtrain?.state().status.gpuBytes ?? 0),
    };
  }
}
