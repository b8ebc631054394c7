/** Builds what the Python package runs in Node, without anything that learns: `playtrain sim`, and what reads and writes ONNX. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from './set-up.mjs';

export const pythonFolder = join(projectFolder, 'python');
const nodeFolder = join(pythonFolder, 'src', 'playtrain', '_node');

/** @returns {Promise<string>} the folder in which both are. */
export async function buildSim() {
  // Imported late: it may only just have been installed.
  const { build } = await import('esbuild');
  mkdirSync(nodeFolder, { recursive: true });
  await build({
    entryPoints: ['sim', 'onnx'].map((name) => ({
      in: join(projectFolder, 'src', 'cli', `${name}-main.ts`),
      out: name,
    })),
    outdir: nodeFolder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    logLevel: 'error',
  });
  return nodeFolder;
}
