import { join } from 'node:path';
import { projectFolder } from '../set-up.mjs';

/** How everything of the package is bundled. */
export const bundling = {
  cwd: projectFolder,
  platform: /** @type {const} */ ('browser'),
  tsconfig: join(projectFolder, 'tsconfig.json'),
  transform: { target: 'es2022' },
  logLevel: /** @type {const} */ ('warn'),
  treeshake: { moduleSideEffects: /** @type {const} */ ('no-external') },
};
