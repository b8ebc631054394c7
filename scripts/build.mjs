/**
 * `npm run build`: builds the page into `dist/`, says how large it is, and packs it into `playtrain.zip` beside it. Either
 * can be put on any static host, at any path.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildApp, builtFolder } from './build-app.mjs';
import { projectFolder, setUp } from './set-up.mjs';

setUp();
if (await buildApp()) {
  const { builtFiles, megabytes, sizesOf, zipOf } = await import('./built-files.mjs');
  const files = builtFiles(builtFolder);
  const zip = zipOf(files);
  writeFileSync(join(projectFolder, 'playtrain.zip'), zip);
  const { raw, gzip, sourceMaps } = sizesOf(files);
  console.log(`dist/          ${megabytes(raw)}, ${megabytes(gzip)} with gzip (and ${megabytes(sourceMaps)} of source maps, which no visitor fetches)
playtrain.zip  ${megabytes(zip.length)}, the same without source maps`);
} else {
  console.error('The page could not be built; the reason is above.');
  process.exitCode = 1;
}
