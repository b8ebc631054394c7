/**
 * `npm run pack`: puts the npm package together in `dist/lib`, checks it, and writes its tarball beside that. `-- --try`
 * installs it into fresh projects of Vite, webpack, esbuild and script elements besides, and lets a page of each learn.
 */
import { parseArgs } from 'node:util';
import { ensureBrowser } from './ensure-browser.mjs';
import { setUp } from './set-up.mjs';
import { runTool } from './tools.mjs';

const { values: options } = parseArgs({ options: { try: { type: 'boolean' } } });

setUp();
const { buildLibrary } = await import('./library/build-library.mjs');
const { libraryProblems } = await import('./library/check-library.mjs');
const { packLibrary } = await import('./library/pack-library.mjs');

await buildLibrary();
const tarball = packLibrary();
const problems = await libraryProblems(tarball);
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
if (options.try) {
  await ensureBrowser();
  const code = await runTool('@playwright/test', 'playwright', ['test', '-c', 'tests/package']);
  if (code !== 0) process.exitCode = 1;
}
console.log(tarball);
