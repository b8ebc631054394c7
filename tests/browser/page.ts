import { type Browser, type BrowserContext, test as base, type Page } from '@playwright/test';
import type { ProbedState } from '../../src/app/shell/probe';
import { expect } from '../testing/expect';

export { expect };

/**
 * A test that also fails when a page writes an error or throws, whoever opened it. `expectedErrors` names what it may
 * write, for tests that break something on purpose.
 */
export const test = base.extend<{ expectedErrors: readonly RegExp[]; watched: undefined }>({
  expectedErrors: [[], { option: true }],
  watched: [
    async ({ browser, context, expectedErrors }, use) => {
      const errors: string[] = [];
      watch(context, errors);
      const leave = eachNewContext(browser, (opened) => watch(opened, errors));
      await use(undefined);
      leave();
      const unexpected = errors.filter((error) => !expectedErrors.some((pattern) => pattern.test(error)));
      expect(unexpected, 'errors on the page').toEqual([]);
    },
    { auto: true },
  ],
});

/** Notes what is thrown and written as an error on any page of a context. */
function watch(context: BrowserContext, errors: string[]): void {
  context.on('weberror', (thrown) => {
    const error = thrown.error();
    errors.push(`${error.message}\n${error.stack ?? ''}`);
  });
  context.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
}

/** @returns what ends it. */
function eachNewContext(browser: Browser, told: (context: BrowserContext) => void): () => void {
  const newContext = browser.newContext.bind(browser);
  browser.newContext = async (options) => {
    const context = await newContext(options);
    told(context);
    return context;
  };
  return () => {
    browser.newContext = newContext;
  };
}

/** Compiling the update's programs takes long where WebGL is rendered in software. */
const readyTimeoutMs = 90_000;

/** Opens the page with settings as in a link, such as `game=swing&seed=7`, and waits until its agent is ready. */
export async function open(page: Page, link = ''): Promise<void> {
  await page.goto(link === '' ? '/' : `/#${link}`);
  await untilReady(page);
}

/** Waits until the agent collects experience; fails at once when the page reports an error instead. */
export async function untilReady(page: Page): Promise<void> {
  const phase = async () => {
    const { status, notices } = await state(page);
    const error = notices.find(({ severity }) => severity === 'error');
    if (error !== undefined) throw new Error(`The page says: ${error.message}`);
    return status.phase;
  };
  await expect.poll(phase, { timeout: readyTimeoutMs }).toMatch(/^(collecting|updating|eased|paused)$/);
}

/** What the page shows, as plain data. */
export function state(page: Page): Promise<ProbedState> {
  return page.evaluate(() => {
    if (window.playtrain === undefined) throw new Error('The page has no probe.');
    return window.playtrain.state();
  });
}

/** Waits until the policy in use has at least this version. */
export async function untilVersion(page: Page, version: number, timeoutMs = 60_000): Promise<void> {
  await expect
    .poll(async () => (await state(page)).status.policyVersion, { timeout: timeoutMs })
    .toBeGreaterThanOrEqual(version);
}

export function ticks(page: Page): Promise<number> {
  return page.evaluate(() => window.playtrain?.ticks() ?? 0);
}

/** Writes a picture of the page where people can look at it. */
export async function picture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `artifacts/screenshots/${name}.png` });
}
