/** `npm run pack`: puts the npm package together in `dist/lib`, checks it, and writes its tarball beside that. */
import { setUp } from './set-up.mjs';

setUp();
const { buildLibrary } = await import('./library/build-library.mjs');
const { libraryProblems } = await import('./library/check-library.mjs');
const { packLibrary } = await import('./library/pack-library.mjs');

await buildLibrary();
const tarball = packLibrary();
const problems = await libraryProblems(tarball);
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
console.log(tarball);
