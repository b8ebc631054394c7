/** Builds what the Python package plays by: `playtrain sim` as one file, without anything that learns. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from './set-up.mjs';

export const pythonFolder = join(projectFolder, 'python');
const simFile = join(pythonFolder, 'src', 'playtrain', '_node', 'sim.mjs');

/** @returns {Promise<string>} where it is. */
export async function buildSim() {
  // Imported late: it may only just have been installed.
  const { build } = await import('esbuild');
  mkdirSync(join(simFile, '..'), { recursive: true });
  await build({
    entryPoints: [join(projectFolder, 'src', 'cli', 'sim-main.ts')],
    outfile: simFile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    logLevel: 'error',
  });
  return simFile;
}
