import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';

/** Zip files know no time before 1980; a fixed one makes the same files the same bytes. */
const fixedTime = new Date(1980, 0, 1);

/**
 * @param {string} folder a build's.
 * @returns {Record<string, Uint8Array>} every file by its path with slashes, in order.
 */
export function builtFiles(folder) {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .toSorted();
  return Object.fromEntries(
    paths.map((path) => [path.replaceAll(sep, '/'), new Uint8Array(readFileSync(join(folder, path)))]),
  );
}

/** @param {string} path */
export const isSourceMap = (path) => path.endsWith('.map');

/**
 * A zip of a build with index.html at its top, as hosts take it. Without source maps, which only developers' tools read.
 *
 * @param {Readonly<Record<string, Uint8Array>>} files
 */
export function zipOf(files) {
  const served = Object.entries(files).filter(([path]) => !isSourceMap(path));
  return zipSync(Object.fromEntries(served), { level: 9, mtime: fixedTime });
}

/**
 * @param {Readonly<Record<string, Uint8Array>>} files
 * @returns bytes as they lie there, as a host that compresses sends them, and of source maps.
 */
export function sizesOf(files) {
  let [raw, gzip, sourceMaps] = [0, 0, 0];
  for (const [path, bytes] of Object.entries(files)) {
    if (isSourceMap(path)) sourceMaps += bytes.length;
    else {
      raw += bytes.length;
      gzip += Math.min(bytes.length, gzipSync(bytes).length);
    }
  }
  return { raw, gzip, sourceMaps };
}

/** @param {number} bytes */
export const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
