import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../set-up.mjs';

/** Where the package is put together. */
export const libraryFolder = join(projectFolder, 'dist', 'lib');

/** The project's own manifest. */
export const projectManifest = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8'));

/**
 * What can be imported of the package, as `exports` names it: its name without the package's, the source, and the name of
 * the file that is built from it, without an ending.
 *
 * @type {readonly { readonly path: string; readonly source: string; readonly file: string }[]}
 */
export const entries = Object.entries(projectManifest.exports).map(([path, source]) => ({
  path,
  source: source.replace(/^\.\//, ''),
  file: path === '.' ? 'index' : path.slice(2),
}));

/** What the command `playtrain` is built from. */
export const commandSource = 'src/cli/main.ts';

/** The package's own workers: their files' names in `workers/`, and what they are built from. */
export const workers = {
  actor: 'src/workers/actor.worker.ts',
  learner: 'src/workers/host-learner.worker.ts',
  shard: 'src/workers/shard.worker.ts',
  pulse: 'src/workers/pulse.worker.ts',
};
