import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { rolldown } from 'rolldown';
import { libraryFolder } from './entries.mjs';

/**
 * What may be fetched of the package at most, in kB, compressed and as a page that is built has it: with all that it
 * imports but Phaser and tfjs, and without what it fetches later.
 */
export const limitsKb = { 'play.js': 2, 'phaser.js': 30, 'phaser/twin.js': 44, 'workers/learner.js': 60 };

/** @returns {Promise<readonly { readonly file: string; readonly kb: number; readonly limitKb: number }[]>} */
export function measureLibrary() {
  return Promise.all(
    Object.entries(limitsKb).map(async ([file, limitKb]) => ({
      file,
      limitKb,
      kb:
        (file.startsWith('workers/')
          ? sizeOf(readFileSync(join(libraryFolder, file)))
          : await builtSize(file)) / 1000,
    })),
  );
}

/**
 * @param {string} file an entry's.
 * @returns the size of the files that a page fetches for it at once.
 */
async function builtSize(file) {
  const bundle = await rolldown({
    input: join(libraryFolder, file),
    platform: 'browser',
    external: /^(phaser|@tensorflow\/.*)$/,
  });
  const { output } = await bundle.generate({ format: 'esm', minify: true });
  const chunks = new Map(output.flatMap((each) => (each.type === 'chunk' ? [[each.fileName, each]] : [])));
  const fetched = new Set(
    output.flatMap((each) => (each.type === 'chunk' && each.isEntry ? [each.fileName] : [])),
  );
  let bytes = 0;
  for (const name of fetched) {
    const chunk = chunks.get(name);
    if (chunk === undefined) continue;
    bytes += sizeOf(chunk.code);
    for (const each of chunk.imports) fetched.add(each);
  }
  return bytes;
}

/** @param {string | Uint8Array} content */
function sizeOf(content) {
  return gzipSync(content, { level: 9 }).length;
}
