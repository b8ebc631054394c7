import { resolve } from 'node:path';
import type { Page } from 'playwright';
import { ensureBrowser } from '../scripts/ensure-browser.mjs';
import { runTool } from '../scripts/tools.mjs';
import type { BackendChoice, BackendName, SimdKernels, Speed } from '../src/contract';
import { type ServedBrowser, serveToBrowser } from './served-browser';

/** The built app in headless Chromium, as a person sees it. */
export interface AppPage {
  readonly page: Page;
  /** Name and version. */
  readonly browser: string;
  /** WebGL's renderer string. */
  readonly renderer: string;
  /** Where updates are computed. */
  readonly backend: BackendName;
  /** Which of our WebAssembly kernels they are computed with; null on other backends. */
  readonly simd: SimdKernels | null;
  close(): Promise<void>;
}

const firstPort = 4473;
const startTimeoutMs = 120_000;

/**
 * Builds the app, serves it on a free local port, opens it and waits until its agent has finished two updates, so that
 * everything is compiled.
 *
 * @param choice where updates are computed; `auto` is what a person gets.
 * @param settings as in the page's address, such as `epochs=4&arenas=16`; what is not named is as the page opens.
 * @throws Error with a sentence when there is no browser, the app does not build or the agent does not start.
 */
export async function openAppPage(
  choice: BackendChoice,
  settings = '',
  seed = 1,
  game = 'balance',
): Promise<AppPage> {
  const served = await serveApp();
  try {
    return { ...(await openServed(served, choice, settings, seed, game)), close: served.close };
  } catch (error) {
    await served.close();
    throw error;
  }
}

/**
 * Builds the app and serves it on a free local port.
 *
 * @throws Error with a sentence when there is no browser or the app does not build.
 */
export async function serveApp(): Promise<ServedBrowser> {
  await ensureBrowser();
  if ((await runTool('vite', 'vite', ['build', '--logLevel', 'warn'])) !== 0) {
    throw new Error('The app could not be built; the reason is above.');
  }
  return serveToBrowser(resolve(import.meta.dirname, '../vite.config.ts'), firstPort);
}

/** As {@link openAppPage}, of an app that is served already; only the page is closed with it. */
export async function openServed(
  { browser, address }: ServedBrowser,
  choice: BackendChoice,
  settings = '',
  seed = 1,
  game = 'balance',
): Promise<AppPage> {
  // The service worker's fetching, right after the first learning, is no part of what is measured.
  const page = await browser.newPage({
    viewport: { width: 1280, height: 800 },
    serviceWorkers: 'block',
  });
  try {
    // tsx names functions through this helper, also in those that are sent to the page.
    await page.addInitScript('globalThis.__name = (target) => target');
    await page.goto(
      `${address}#game=${game}&seed=${seed}&backend=${choice}${settings === '' ? '' : `&${settings}`}`,
    );
    await page.waitForFunction(() => (window.playtrain?.state().status.policyVersion ?? 0) >= 2, null, {
      timeout: startTimeoutMs,
    });
    const report = await page.evaluate(() => window.playtrain?.state().status.backend);
    if (report === undefined || report === null) throw new Error('The page has no agent to measure.');
    return {
      page,
      browser: `Chromium ${browser.version()}`,
      renderer: await rendererOf(page),
      backend: report.name,
      simd: report.simd,
      close: () => page.close(),
    };
  } catch (error) {
    await page.close();
    throw error;
  }
}

function rendererOf(page: Page): Promise<string> {
  return page.evaluate(() => {
    const gl = document.createElement('canvas').getContext('webgl2');
    const names = gl?.getExtension('WEBGL_debug_renderer_info');
    return names ? String(gl?.getParameter(names.UNMASKED_RENDERER_WEBGL)) : 'none';
  });
}

/** Runs `measure` with an app page and closes it, whatever happens. */
export async function withAppPage<Result>(
  choice: BackendChoice,
  measure: (app: AppPage) => Promise<Result>,
  settings = '',
  seed = 1,
  game = 'balance',
): Promise<Result> {
  const app = await openAppPage(choice, settings, seed, game);
  try {
    return await measure(app);
  } finally {
    await app.close();
  }
}

/** Turns learning on or off by the page's own switch, and lets what was under way end. */
export async function setLearning(page: Page, on: boolean): Promise<void> {
  await page.getByRole('switch', { name: 'learning' }).setChecked(on);
  await page.waitForFunction((wanted) => window.playtrain?.state().learning === wanted, on);
  if (!on) await page.waitForFunction(() => window.playtrain?.state().status.phase !== 'updating');
}

/** Chooses a speed by its key. */
export async function setSpeed(page: Page, speed: Speed): Promise<void> {
  await page.keyboard.press({ '1': '1', '4': '2', '16': '3', max: '4' }[speed]);
  await page.waitForFunction((wanted) => window.playtrain?.state().speed === wanted, speed);
}
