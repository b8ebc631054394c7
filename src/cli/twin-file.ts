// First of all: Phaser asks for a page as it comes, whichever of its files a game imports first.
import '../phaser/stand-ins';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { sentenceOf } from '../contract';
import { type ServedTwin, takeServed } from '../phaser/served-twin';
import { CommandError, exitCodes } from './exit-codes';

const typescript = ['.ts', '.mts', '.tsx'];

/** By path: a file runs once in a process. */
const served = new Map<string, ServedTwin>();

/** Makes this process read TypeScript. @param folder whose packages may be taken for it. */
export type ReadTypeScript = (folder: string) => Promise<void>;

/**
 * Runs the file that serves a twin.
 *
 * @param read how this process comes to read TypeScript; called for such files only. @returns what it serves.
 * @throws CommandError where it cannot be run, or serves nothing.
 */
export async function loadTwin(file: string, read: ReadTypeScript): Promise<ServedTwin> {
  await importGame(file, read);
  const twin = servedBy(file);
  if (twin !== null) return twin;
  throw new CommandError(exitCodes.failed, `“${file}” serves no twin; call serveTwin(config, agent) in it.`);
}

/** What a file served that was run by `importGame`; null where that is nothing. */
export function servedBy(file: string): ServedTwin | null {
  const path = resolve(file);
  const twin = takeServed() ?? served.get(path) ?? null;
  if (twin !== null) served.set(path, twin);
  return twin;
}

/** Runs a file. @returns what it exports. @throws CommandError where it is not there, or cannot be run. */
export async function importGame(
  file: string,
  read: ReadTypeScript,
): Promise<Readonly<Record<string, unknown>>> {
  const path = resolve(file);
  if (!existsSync(path)) throw new CommandError(exitCodes.usage, `There is no file “${file}”.`);
  if (typescript.includes(extname(path))) await read(path);
  try {
    return (await import(pathToFileURL(path).href)) as Readonly<Record<string, unknown>>;
  } catch (error) {
    throw new CommandError(exitCodes.failed, `“${file}” does not run in Node: ${whatStopped(error)}`, {
      cause: error,
    });
  }
}

/** By the package tsx, where it is installed beside the game. @throws CommandError where it is not. */
export async function readByTsx(file: string): Promise<void> {
  const require = createRequire(file);
  let manifest: string;
  try {
    manifest = require.resolve('tsx/package.json');
  } catch (cause) {
    throw new CommandError(
      exitCodes.failed,
      'Node needs the package tsx for a game in TypeScript: npm install --save-dev tsx. Or name the file that your build made of it.',
      { cause },
    );
  }
  // Whichever kind of modules the game’s own manifest makes of its files.
  (require('tsx/cjs/api') as TsxApi).register();
  const { exports } = require(manifest) as TsxManifest;
  const modules = join(dirname(manifest), exports['./esm/api'].import.default);
  ((await import(pathToFileURL(modules).href)) as TsxApi).register();
}

interface TsxApi {
  readonly register: () => void;
}

interface TsxManifest {
  readonly exports: { readonly './esm/api': { readonly import: { readonly default: string } } };
}

function whatStopped(error: unknown): string {
  const sentence = sentenceOf(error);
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ERR_UNKNOWN_FILE_EXTENSION') {
    return `${sentence}. It imports what only a bundler can read; let the game load that by its address instead.`;
  }
  return sentence;
}
