/** `npm run build:lib`: puts the npm package together, in `dist/lib`. */
import { setUp } from './set-up.mjs';

setUp();
const { buildLibrary } = await import('./library/build-library.mjs');
await buildLibrary();
console.log('dist/lib  the npm package');
