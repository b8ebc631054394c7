import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { runTool } from './tools.mjs';

/**
 * Makes sure that there is a Chrome or Chromium for the browser tests that can start: an installed one; else Playwright's
 * own, which is downloaded, as root with the system's libraries that it needs; else, as root on Debian, its package.
 * What it finds is named in `CHROMIUM_PATH`, so that what is run from here does not look again.
 *
 * @returns {Promise<string>} the executable's path.
 * @throws {Error} with a sentence that says what to do when all of that failed.
 */
export async function ensureBrowser() {
  // Imported late: it needs a package that may only just have been installed.
  const { canStart, findBrowser } = await import('./browser.mjs');
  const named = process.env['CHROMIUM_PATH'];
  if (named && !canStart(named)) {
    throw new Error(
      `CHROMIUM_PATH is ${named}, which does not start; correct it, or take it out of the environment.`,
    );
  }
  const found = findBrowser() ?? (await fetched(findBrowser));
  process.env['CHROMIUM_PATH'] = found;
  return found;
}

/** @param {() => string | null} findBrowser */
async function fetched(findBrowser) {
  console.log('No Chrome or Chromium that starts is installed; fetching one for the tests …');
  const isRoot = process.getuid?.() === 0;
  if (process.platform === 'linux' && isRoot) {
    await runTool('playwright', 'playwright', ['install', '--with-deps', 'chromium']);
    const complete = findBrowser();
    if (complete !== null) return complete;
  }
  // What is downloaded already is not fetched again.
  await runTool('playwright', 'playwright', ['install', 'chromium']);
  const downloaded = findBrowser();
  if (downloaded !== null) return downloaded;

  if (isRoot && isDebian()) {
    console.log('Installing the distribution’s chromium …');
    aptGet('update');
    aptGet('install', '-y', '--no-install-recommends', 'chromium');
    const packaged = findBrowser();
    if (packaged !== null) return packaged;
  }
  const { chromium } = await import('playwright');
  throw new Error(
    existsSync(chromium.executablePath())
      ? 'The browser for the tests was downloaded but does not start: the system lacks libraries that it needs. Run `sudo npx playwright install-deps chromium`, or set CHROMIUM_PATH to the executable of a Chrome or Chromium that starts.'
      : 'The browser tests need Chrome or Chromium and none could be installed; install one (Debian: apt-get install chromium) or set CHROMIUM_PATH to its executable.',
  );
}

/** Debian itself: what Ubuntu calls its package of Chromium only fetches a snap, which servers and containers have not. */
function isDebian() {
  const file = '/etc/os-release';
  return existsSync(file) && /^ID=debian$/m.test(readFileSync(file, 'utf8'));
}

/** @param {string[]} commandArguments */
function aptGet(...commandArguments) {
  spawnSync('apt-get', commandArguments, {
    stdio: 'inherit',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}
