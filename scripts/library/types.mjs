import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { projectFolder } from '../set-up.mjs';
import { runTool } from '../tools.mjs';
import { entries, libraryFolder } from './entries.mjs';

const scratch = join(projectFolder, 'dist-tools', 'types');
/** What a declaration imports, however it does. */
const imported = /(\bfrom\s*|\bimport\s*\(\s*|\bimport\s+)(['"])([^'"]+)\2/g;

/**
 * Writes the entries' types into the package, and of all others those that they reach.
 *
 * @returns {Promise<readonly string[]>} the packages that they name.
 */
export async function writeTypes() {
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(scratch, { recursive: true });
  const configuration = join(scratch, 'tsconfig.json');
  writeFileSync(
    configuration,
    JSON.stringify({
      extends: join(projectFolder, 'tsconfig.json'),
      compilerOptions: {
        noEmit: false,
        declaration: true,
        emitDeclarationOnly: true,
        allowJs: false,
        checkJs: false,
        rootDir: join(projectFolder, 'src'),
        outDir: join(scratch, 'src'),
      },
      include: [],
      files: [...entries.map(({ source }) => source), 'src/panel/panel-page.d.ts'].map((source) =>
        join(projectFolder, source),
      ),
    }),
  );
  if ((await runTool('typescript', 'tsc', ['-p', configuration])) !== 0) {
    throw new Error('The types could not be written; the reason is above.');
  }
  /** @type {Set<string>} */
  const packages = new Set();
  const reached = new Set(entries.map(({ source }) => join(scratch, source.replace(/\.ts$/, '.d.ts'))));
  for (const file of reached) {
    const text = withImports(readFileSync(file, 'utf8'), (name) => {
      if (!name.startsWith('.')) {
        packages.add(packageName(name));
        return name;
      }
      const found = declarationOf(dirname(file), name);
      reached.add(join(dirname(file), found.replace(/\.js$/, '.d.ts')));
      return found;
    });
    write(file.replace(join(scratch, 'src'), join(libraryFolder, 'types')), text);
  }
  for (const { source, file } of entries) {
    const up = '../'.repeat(file.split('/').length - 1) || './';
    const types = source.replace(/^src\//, 'types/').replace(/\.ts$/, '.js');
    write(join(libraryFolder, `${file}.d.ts`), `export * from '${up}${types}';\n`);
  }
  write(
    join(libraryFolder, 'playtrain.iife.d.ts'),
    `${['phaser', 'phaser/twin', 'play'].map((file) => `export * from './${file}.js';`).join('\n')}\nexport as namespace Playtrain;\n`,
  );
  return [...packages].toSorted();
}

/**
 * @param {string} text of a declaration; examples in its comments stay.
 * @param {(name: string) => string} change what becomes of the name of each thing that is imported.
 */
function withImports(text, change) {
  return text
    .split('\n')
    .map((line) =>
      /^\s*\/?\*/.test(line)
        ? line
        : line.replace(imported, (_, before, quote, name) => `${before}${quote}${change(name)}${quote}`),
    )
    .join('\n');
}

/**
 * @param {string} folder
 * @param {string} name as the source imports it, without an ending.
 * @returns the name with which every resolution finds it.
 */
function declarationOf(folder, name) {
  if (existsSync(join(folder, `${name}.d.ts`))) return `${name}.js`;
  return `${name}/index.js`;
}

/** @param {string} name */
function packageName(name) {
  const parts = name.split('/');
  return name.startsWith('@') ? parts.slice(0, 2).join('/') : /** @type {string} */ (parts[0]);
}

/**
 * @param {string} file
 * @param {string} text
 */
function write(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
