import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { runTool } from './tools.mjs';

/**
 * Makes sure that there is a Chrome or Chromium for the browser tests: an installed one; else Playwright's own, which
 * is downloaded; else, as root on Debian and its kin, the distribution's package.
 *
 * @returns the executable's path.
 * @throws {Error} with a sentence that says what to install when all of that failed.
 */
export async function ensureBrowser() {
  // Imported late: it needs a package that may only just have been installed.
  const { findBrowser } = await import('./browser.mjs');
  const found = findBrowser();
  if (found !== null) return found;

  console.log('No Chrome or Chromium is installed; fetching one for the tests …');
  await runTool('playwright', 'playwright', ['install', 'chromium']);
  const downloaded = findBrowser();
  if (downloaded !== null) return downloaded;

  if (existsSync('/etc/debian_version') && process.getuid?.() === 0) {
    console.log('Installing the distribution’s chromium …');
    const run = (...commandArguments) =>
      spawnSync('apt-get', commandArguments, {
        stdio: 'inherit',
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      });
    run('update');
    run('install', '-y', '--no-install-recommends', 'chromium');
    const packaged = findBrowser();
    if (packaged !== null) return packaged;
  }
  throw new Error(
    'The browser tests need Chrome or Chromium and none could be installed; install one (Debian: apt-get install chromium) or set CHROMIUM_PATH to its executable.',
  );
}
