import type { CDPSession, Page } from '@playwright/test';
import { state } from './page';

/** What a page holds on to. */
export interface Resources {
  readonly heapMB: number;
  readonly listeners: number;
  readonly gpuBytes: number;
}

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

  async measure(): Promise<Resources> {
    for (let i = 0; i < 2; i++) {
      await this.session.send('HeapProfiler.collectGarbage');
      await this.page.waitForTimeout(200);
    }
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
