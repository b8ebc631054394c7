import { test as base } from '@playwright/test';
import { expect } from '../testing/expect';
import type { Engine, EngineName } from './engine';
import { launch } from './launch';
import { type Site, type SiteOptions, serve } from './site';
import { Visit } from './visit';

export { expect };

interface EngineFixtures {
  /** Opens a blank page whose site is its own; ended with the test, which fails where the page wrote errors. */
  readonly visit: (options?: SiteOptions) => Promise<Visit>;
}

interface EngineWorkerFixtures {
  readonly engineName: EngineName;
  readonly engine: Engine;
}

/** Tests that run once in each engine: each project of playwright.config.ts names one. */
export const test = base.extend<EngineFixtures, EngineWorkerFixtures>({
  engineName: ['chromium', { option: true, scope: 'worker' }],
  engine: [
    async ({ engineName }, use) => {
      const engine = await launch(engineName);
      await use(engine);
      await engine.close();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  visit: async ({ engine }, use, testInfo) => {
    const opened: { readonly visit: Visit; readonly site: Site }[] = [];
    await use(async (options) => {
      const site = await serve(options);
      const visit = new Visit(engine.name, await engine.openPage(), site);
      opened.push({ visit, site });
      return visit;
    });
    const hasFailed = testInfo.status !== testInfo.expectedStatus;
    const errors: string[] = [];
    for (const { visit, site } of opened) {
      errors.push(...(await visit.errors()));
      // What fails on another machine only may leave nothing else behind.
      if (hasFailed) console.log(`${testInfo.title}, as the page was:`, await visit.describe());
      await visit.page.close();
      await site.close();
    }
    expect(errors, 'errors on the page').toEqual([]);
  },
});
