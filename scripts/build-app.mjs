import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildInputs, hashOf, sourcesOf, stampFile } from './build-stamp.mjs';
import { projectFolder } from './set-up.mjs';
import { runTool } from './tools.mjs';

/** Where the built page is. */
export const builtFolder = join(projectFolder, 'dist');

/** @returns {string | null} the hash of what `dist` was built from, or null where there is none. */
export function builtSources() {
  const file = join(builtFolder, stampFile);
  return existsSync(file) ? sourcesOf(readFileSync(file, 'utf8')) : null;
}

/** Whether `dist` holds what the sources are now. */
export function isBuilt() {
  return builtSources() === hashOf(projectFolder, buildInputs);
}

/** @returns {Promise<boolean>} whether the page was built; if not, the reason was shown. */
export async function buildApp() {
  return (await runTool('vite', 'vite', ['build', '--logLevel', 'warn'])) === 0;
}
