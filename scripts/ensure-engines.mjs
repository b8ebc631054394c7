import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { ensureBrowser } from './ensure-browser.mjs';

/**
 * What Debian and its kin call them.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
const packagesOf = {
  chromium: ['chromium'],
  firefox: ['firefox-esr', 'xvfb'],
  webkit: ['webkit2gtk-driver', 'xvfb'],
};

/**
 * Makes sure that all three engines are there: what is missing is installed, as root on Debian and its kin.
 *
 * @throws {Error} with a sentence that says which are missing and how they are installed.
 */
export async function ensureEngines() {
  await ensureBrowser();
  // Imported late: it needs a package that may only just have been installed.
  const { findEngines } = await import('./engines.mjs');
  const missing = () => Object.entries(findEngines()).filter(([, found]) => found === null);
  const packages = [...new Set(missing().flatMap(([name]) => packagesOf[name] ?? []))];
  if (packages.length === 0) return;

  if (existsSync('/etc/debian_version') && process.getuid?.() === 0) {
    console.log(`Installing the distribution’s ${packages.join(', ')} …`);
    /** @param {string[]} commandArguments */
    const run = (...commandArguments) =>
      spawnSync('apt-get', commandArguments, {
        stdio: 'inherit',
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      });
    run('update');
    run('install', '-y', '--no-install-recommends', ...packages);
  }
  const still = missing().map(([name]) => name);
  if (still.length > 0) {
    throw new Error(
      `These engines are missing and could not be installed: ${still.join(', ')}. Install them (Debian: apt-get install ${packages.join(' ')}).`,
    );
  }
}
