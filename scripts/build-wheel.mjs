/** `npm run build:wheel`: the Python package as a wheel, with what it plays games by in it. */
import { join } from 'node:path';
import { buildPicture } from './build-picture.mjs';
import { buildSim, pythonFolder } from './build-sim.mjs';
import { findPython, pythonAdvice, pythonEnvironment, runPython } from './python.mjs';
import { setUp } from './set-up.mjs';

setUp();
const found = findPython();
if (found === null) {
  console.error(pythonAdvice);
  process.exitCode = 1;
} else {
  await buildSim();
  await buildPicture();
  const own = pythonEnvironment(found, 'light');
  process.exitCode = runPython(own, ['hatchling', 'build', '-t', 'wheel', '-d', join(pythonFolder, 'dist')]);
}
