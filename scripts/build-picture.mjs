/** Builds the page in which the Python package has its pictures drawn: the games' scenes, and Phaser. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pythonFolder } from './build-sim.mjs';
import { projectFolder } from './set-up.mjs';

const pageFolder = join(pythonFolder, 'src', 'playtrain', '_page');
const style = 'html, body { margin: 0; width: 100vw; height: 100vh; overflow: hidden; position: relative }';

/** @returns {Promise<string>} the folder in which it is. */
export async function buildPicture() {
  // Imported late: it may only just have been installed.
  const { build } = await import('vite');
  rmSync(pageFolder, { recursive: true, force: true });
  await build({
    root: projectFolder,
    base: './',
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    build: {
      outDir: pageFolder,
      target: 'es2022',
      modulePreload: false,
      chunkSizeWarningLimit: 2000,
      rolldownOptions: {
        input: { picture: 'src/picture/page.ts' },
        output: { entryFileNames: '[name].js' },
        checks: { pluginTimings: false },
      },
    },
  });
  writeFileSync(
    join(pageFolder, 'index.html'),
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Playtrain</title><style>${style}</style></head><body><script type="module" src="./picture.js"></script></body></html>\n`,
  );
  return pageFolder;
}
