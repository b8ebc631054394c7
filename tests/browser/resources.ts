import type { CDPSession, Page } from '@playwright/test';
import { state } from './page';

/** What a page holds on to. */
export interface Resources {
  readonly heapMB: number;
  readonly listeners: number;
  readonly gpuBytes: number;
}

const fewestLooks = 4;

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
  async measure(): Promise<Resources> {
    const looks: Resources[] = [];
    for (let i = 0; i < fewestLooks; i++) looks.push(await this.look());
    const least = (of: (each: Resources) => number) => Math.min(...looks.map(of));
    return {
      heapMB: least(({ heapMB }) => heapMB),
      listeners: least(({ listeners }) => listeners),
      gpuBytes: least(({ gpuBytes }) => gpuBytes),
    };
  }

  private async look(): Promise<Resources> {
    await this.session.send('HeapProfiler.collectGarbage');
    await this.page.waitForTimeout(150);
    const { metrics } = await this.session.send('Performance.getMetrics');
    const of = (name: string) => {
      const found = metrics.find((metric) => metric.name === name);
      if (found === undefined) throw new Error(`The browser does not tell ${name}.`);
      return found.value;
    };
    const { status } = await state(this.page);
    return {
      heapMB: of('JSHeapUsedSize') / 1e6,
      listeners: of('JSEventListeners'),
      gpuBytes: status.gpuBytes,
    };
  }
}
