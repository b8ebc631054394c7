import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';

/** The file of a build that says what it was built from. */
export const stampFile = 'build.json';

/** Everything that a build reads, from the project's folder: files, and folders with all that is in them. */
export const buildInputs = [
  'assets',
  'bench/act-run.ts',
  'bench/candidates',
  'bench/manual',
  'bench/measure.ts',
  'bench/update-run.ts',
  'index.html',
  'package-lock.json',
  'public',
  'scripts',
  'src',
  'tsconfig.json',
  'vite.config.ts',
];

/** No build reads these. */
const isTest = /\.test\.(ts|mjs)$/;

/**
 * @param {string} folder
 * @param {readonly string[]} inputs files and folders in it; those that are missing count as empty.
 * @returns a hash of their names and contents, whatever the system writes between folders.
 */
export function hashOf(folder, inputs) {
  const hash = createHash('sha256');
  for (const path of inputs.flatMap((input) => filesAt(folder, input)).toSorted()) {
    const bytes = readFileSync(join(folder, path));
    hash.update(`${path.replaceAll(sep, '/')}\n${bytes.length}\n`).update(bytes);
  }
  return hash.digest('hex').slice(0, 32);
}

/**
 * @param {string} folder
 * @param {string} path
 * @returns {string[]}
 */
function filesAt(folder, path) {
  const full = join(folder, path);
  if (!existsSync(full) || isTest.test(path)) return [];
  if (!statSync(full).isDirectory()) return [path];
  return readdirSync(full).flatMap((name) => filesAt(folder, join(path, name)));
}

/**
 * What a build says of itself. Anyone may read it, so it names no folder.
 *
 * @param {string} sources a hash of what it was built from.
 */
export function stampOf(sources) {
  return JSON.stringify({ app: 'playtrain', sources });
}

/**
 * @param {string} text what stands in a build's stamp, or in whatever was found in its place.
 * @returns {string | null} the hash of what it was built from; null where this is no stamp.
 */
export function sourcesOf(text) {
  try {
    const stamp = JSON.parse(text);
    return stamp?.app === 'playtrain' && typeof stamp.sources === 'string' ? stamp.sources : null;
  } catch {
    return null;
  }
}

/**
 * Writes the stamp into a build. The hash is taken before anything is read, so that what changes meanwhile makes another
 * build necessary.
 *
 * @param {string} folder the project's.
 * @returns {import('vite').Plugin}
 */
export function buildStamp(folder) {
  let sources = '';
  return {
    name: 'build-stamp',
    apply: 'build',
    buildStart() {
      sources = hashOf(folder, buildInputs);
    },
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: stampFile, source: stampOf(sources) });
    },
  };
}
