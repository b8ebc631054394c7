/** Builds what the Python package runs in Node, without anything that learns: `playtrain sim`, and what reads and writes ONNX. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from './set-up.mjs';

export const pythonFolder = join(projectFolder, 'python');
const nodeFolder = join(pythonFolder, 'src', 'playtrain', '_node');

/** @returns {Promise<string>} the folder in which both are. */
export async function buildSim() {
  // Imported late: it may only just have been installed.
  const { rolldown } = await import('rolldown');
  const { bundling } = await import('./library/bundling.mjs');
  const bundle = await rolldown({
    ...bundling,
    platform: 'node',
    input: { sim: 'src/cli/sim-main.ts', onnx: 'src/cli/onnx-main.ts' },
  });
  rmSync(nodeFolder, { recursive: true, force: true });
  // A game's rules are a file of their own, whose constants stay constants: in one file with what fetches them late they
  // would be variables, and steps a fifth slower.
  await bundle.write({
    dir: nodeFolder,
    format: 'esm',
    entryFileNames: '[name].mjs',
    chunkFileNames: 'chunks/[name].mjs',
  });
  return nodeFolder;
}
