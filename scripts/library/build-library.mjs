import { copyFileSync, cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { panelPage } from '../panel-page-plugin.mjs';
import { projectFolder } from '../set-up.mjs';
import { bundling } from './bundling.mjs';
import { commandSource, entries, libraryFolder, workers } from './entries.mjs';
import { licencesOf, notePackages } from './licences.mjs';
import { libraryManifest } from './manifest.mjs';
import { inlineWorkers, workersBeside } from './own-workers-plugins.mjs';
import { writeTypes } from './types.mjs';

/** Left to whoever uses the package: their one copy of it has to be ours. */
const outside = /^(comlink|phaser|rxjs|@tensorflow\/.*)$/;

/** What a twin in Node reads files with: asked for as it runs, where no bundler sees it. */
const requiredInNode = ['@xmldom/xmldom', 'image-size'];

/** Puts the package together, in `dist/lib`. */
export async function buildLibrary() {
  rmSync(libraryFolder, { recursive: true, force: true });
  mkdirSync(libraryFolder, { recursive: true });
  /** @type {Set<string>} */
  const bundled = new Set();
  const imported = await writeModules(bundled);
  await writeWorkers(bundled);
  await writeScript(bundled);
  const named = await writeTypes();
  const manifest = libraryManifest([...new Set([...imported, ...named, ...requiredInNode])].toSorted());
  writeFileSync(join(libraryFolder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  writeFileSync(join(libraryFolder, 'LICENCES-OF-OTHERS.txt'), licencesOf(bundled));
  for (const name of ['LICENSE', 'CHANGELOG.md'])
    copyFileSync(join(projectFolder, name), join(libraryFolder, name));
  copyFileSync(join(projectFolder, 'docs', 'package.md'), join(libraryFolder, 'README.md'));
  // What these link to lies beside them, as it does here.
  cpSync(join(projectFolder, 'docs', 'guide'), join(libraryFolder, 'guide'), { recursive: true });
  copyFileSync(join(projectFolder, 'docs', 'metrics.md'), join(libraryFolder, 'metrics.md'));
}

/**
 * What bundlers and Node import.
 *
 * @param {Set<string>} bundled packages whose code is in it; grows.
 * @returns {Promise<readonly string[]>} the packages that it imports.
 */
async function writeModules(bundled) {
  const bundle = await rolldown({
    ...bundling,
    input: {
      ...Object.fromEntries(entries.map(({ file, source }) => [file, source])),
      // Among the others, since it is to hear what a twin's file serves.
      'bin/playtrain': commandSource,
    },
    external: (name) => outside.test(name) || name.startsWith('node:'),
    plugins: [
      inlineWorkers(bundled),
      panelPage(() => [inlineWorkers(bundled), notePackages(bundled)]),
      notePackages(bundled),
    ],
  });
  const { output } = await bundle.write({
    dir: libraryFolder,
    format: 'esm',
    sourcemap: true,
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name].js',
    // In a file of its own it is run before Phaser, which needs it.
    codeSplitting: { groups: [{ name: 'stand-ins', test: /stand-ins\.ts$/ }] },
  });
  const names = output.flatMap((file) =>
    file.type === 'chunk' ? [...file.imports, ...file.dynamicImports] : [],
  );
  return names
    .filter((name) => outside.test(name))
    .map((name) => /^(@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name);
}

/** @param {Set<string>} bundled */
async function writeWorkers(bundled) {
  for (const [name, source] of Object.entries(workers)) {
    const bundle = await rolldown({
      ...bundling,
      input: source,
      plugins: [workersBeside(), notePackages(bundled)],
    });
    await bundle.write({
      file: join(libraryFolder, 'workers', `${name}.js`),
      format: 'esm',
      codeSplitting: false,
      minify: true,
      sourcemap: true,
    });
    writeFileSync(join(libraryFolder, 'workers', `${name}.d.ts`), 'export {};\n');
  }
}

/** @param {Set<string>} bundled */
async function writeScript(bundled) {
  const bundle = await rolldown({
    ...bundling,
    input: 'src/script.ts',
    external: ['phaser'],
    // Only Node looks there, which runs no scripts of pages.
    transform: { ...bundling.transform, define: { 'import.meta': '{}' } },
    plugins: [inlineWorkers(bundled), notePackages(bundled)],
  });
  await bundle.write({
    file: join(libraryFolder, 'playtrain.iife.js'),
    format: 'iife',
    name: 'Playtrain',
    globals: { phaser: 'Phaser' },
    codeSplitting: false,
    minify: true,
    sourcemap: true,
  });
}
