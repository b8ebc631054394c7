import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { ensureBrowser } from './ensure-browser.mjs';

/** Each engine, and the packages of Debian and its kin that bring it. */
const engines = /** @type {const} */ ([
  { engine: 'chromium', name: 'Chromium', packages: ['chromium'] },
  { engine: 'firefox', name: 'Firefox', packages: ['firefox-esr', 'xvfb'] },
  { engine: 'webkit', name: 'WebKit', packages: ['webkit2gtk-driver', 'xvfb'] },
]);

/**
 * Which engines have no browser here.
 *
 * @returns their names, the packages of the distribution that bring them, and a sentence that says how they are had.
 */
export async function missingEngines() {
  // Imported late: it needs a package that may only just have been installed.
  const { findEngines } = await import('./engines.mjs');
  const found = findEngines();
  const missing = engines.filter(({ engine }) => found[engine] === null);
  const names = missing.map(({ name }) => name);
  const packages = [...new Set(missing.flatMap((each) => each.packages))];
  const advice = `They are driven on Linux; Debian has them as packages: apt-get install ${packages.join(' ')}.`;
  return { names, packages, advice };
}

/**
 * Makes sure that all three engines are there: what is missing is installed, as root on Debian and its kin.
 *
 * @throws {Error} with a sentence that says which are missing and how they are installed.
 */
export async function ensureEngines() {
  await ensureBrowser();
  const { packages } = await missingEngines();
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
  const { names, advice } = await missingEngines();
  if (names.length > 0) {
    throw new Error(
      `These engines are required, and are missing and could not be installed: ${names.join(', ')}. ${advice}`,
    );
  }
}
