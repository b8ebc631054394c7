import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findBrowser } from './browser.mjs';

const firefoxPaths = [
  '/usr/bin/firefox-esr',
  '/usr/bin/firefox',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
  'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
];
const displayPath = '/usr/bin/Xvfb';
const webkitDriverPath = '/usr/bin/WebKitWebDriver';

/**
 * @typedef {{
 *   readonly chromium: { readonly browser: string } | null;
 *   readonly firefox: { readonly browser: string; readonly display: string | null } | null;
 *   readonly webkit: { readonly driver: string; readonly browser: string; readonly display: string } | null;
 * }} FoundEngines `display` of Firefox is null where windows need no Xvfb.
 */

/**
 * Where each engine's browser is; null where it is not to be had. Firefox and WebKit draw on a display of their own
 * (Xvfb) on Linux: without one, Firefox has no WebGL there and WebKit does not start.
 *
 * @returns {FoundEngines}
 */
export function findEngines() {
  const chromium = findBrowser();
  const firefox = firstOf([process.env['FIREFOX_PATH'], ...firefoxPaths]);
  const display = firstOf([displayPath]);
  const driver = firstOf([webkitDriverPath]);
  const browser = firstOf(miniBrowserPaths());
  return {
    chromium: chromium === null ? null : { browser: chromium },
    firefox:
      firefox === null || (process.platform === 'linux' && display === null)
        ? null
        : { browser: firefox, display },
    webkit: driver === null || browser === null || display === null ? null : { driver, browser, display },
  };
}

/** WebKitGTK keeps its small browser with its library, in a folder named after the machine's kind and its own version. */
function miniBrowserPaths() {
  const libraries = '/usr/lib';
  if (process.platform !== 'linux' || !existsSync(libraries)) return [];
  return readdirSync(libraries, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name.endsWith('-linux-gnu'))
    .flatMap(({ name }) => ['4.1', '4.0'].map((version) => join(libraries, name, `webkit2gtk-${version}`)))
    .map((folder) => join(folder, 'MiniBrowser'));
}

/** @param {readonly (string | undefined)[]} paths */
function firstOf(paths) {
  return paths.find((path) => path !== undefined && path !== '' && existsSync(path)) ?? null;
}
