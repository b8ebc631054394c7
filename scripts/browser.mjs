import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright';

/** Where a distribution or vendor installs Chrome and Chromium. */
const usualPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** A browser that says its version does so at once; one on a slow disk is given time. */
const probeTimeoutMs = 30_000;

/**
 * Flags for a headless browser that renders WebGL in software and talks to nobody.
 */
export const browserArguments = [
  '--no-sandbox',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/**
 * For tests, which look at what is drawn and not at how fast: the page is put together without WebGL, since that, in
 * software, takes more than half the time of all; the game and the learner have WebGL as they always have.
 */
export const testBrowserArguments = [...browserArguments, '--disable-gpu-compositing'];

/**
 * Whether a browser is there and can start. One may be there and not start: without the system's libraries that it
 * needs, or where a distribution put a script in its place that only says how to install it.
 *
 * @param {string} executable
 */
export function canStart(executable) {
  if (!existsSync(executable)) return false;
  // On Windows Chrome answers `--version` with a window, and neither of the two reasons exists.
  if (process.platform === 'win32') return true;
  const { status, stdout } = spawnSync(executable, ['--version'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: probeTimeoutMs,
  });
  return status === 0 && /\d+\.\d+\.\d+/.test(stdout);
}

/**
 * Finds a Chrome or Chromium that can start: `CHROMIUM_PATH`, an installed one, Playwright's own.
 *
 * @returns {string | null} the executable's path, or null when there is none. What `CHROMIUM_PATH` names is taken as it is.
 */
export function findBrowser() {
  const named = process.env['CHROMIUM_PATH'];
  if (named !== undefined && named !== '') return named;
  return [...usualPaths, chromium.executablePath()].find(canStart) ?? null;
}
