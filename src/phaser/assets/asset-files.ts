import { PlaytrainError } from '../../contract';
import type { Size } from './assets';

/** Files that a game may load as it runs. */
export interface AssetFiles {
  /** @returns null where there is no such file. */
  read(address: string): Uint8Array<ArrayBuffer> | null;
  /** Of a picture. Throws where it is of no known kind. */
  measure(picture: Uint8Array): Size;
  /** Where a file of that address was looked for. */
  placeOf(address: string): string;
}

/** What Node hands out by name; nothing in a browser. */
interface NodeProcess {
  readonly getBuiltinModule: <Name extends keyof NodeModules>(name: Name) => NodeModules[Name];
}

interface NodeModules {
  readonly 'node:fs': typeof import('node:fs');
  readonly 'node:module': typeof import('node:module');
  readonly 'node:path': typeof import('node:path');
  readonly 'node:url': typeof import('node:url');
}

/**
 * A folder of files, in Node. What it takes to read them is asked of Node as it runs, so that a twin's file, which is
 * bundled for the page too, brings none of it.
 *
 * @param folder where the game's own addresses begin, such as `public`; addresses of files themselves need none.
 * @returns null in a browser.
 */
export function assetFolder(folder: string): AssetFiles | null {
  const node = (globalThis as { readonly process?: Partial<NodeProcess> }).process;
  if (node?.getBuiltinModule === undefined) return null;
  const { getBuiltinModule } = node;
  const { existsSync, readFileSync } = getBuiltinModule('node:fs');
  const paths = getBuiltinModule('node:path');
  const { fileURLToPath } = getBuiltinModule('node:url');
  const require = getBuiltinModule('node:module').createRequire(import.meta.url);
  standInForXml(require);
  const placeOf = (address: string) => {
    if (address.startsWith('file:')) return fileURLToPath(address);
    const [path] = address.split(/[?#]/);
    return paths.resolve(folder, `./${unescaped(path!)}`);
  };
  return {
    placeOf,
    read: (address) => {
      if (address.startsWith('data:')) return decoded(address);
      if (/^(https?:)?\/\//.test(address)) return null;
      const place = placeOf(address);
      return existsSync(place) ? new Uint8Array(readFileSync(place)) : null;
    },
    measure: (picture) => {
      const { imageSize } = installed(require, 'image-size') as typeof import('image-size');
      return imageSize(picture);
    },
  };
}

/** An address as a name of a file; one whose escapes are none stays as it is. */
function unescaped(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function decoded(address: string): Uint8Array<ArrayBuffer> {
  const [kind, ...text] = address.split(',');
  const written = unescaped(text.join(','));
  if (!kind!.endsWith(';base64')) return new TextEncoder().encode(written);
  return Uint8Array.from(atob(written), (letter) => letter.charCodeAt(0));
}

/** Phaser reads XML, such as fonts, by what pages have for it. Here it comes with the first that is read. */
function standInForXml(require: NodeJS.Require): void {
  if ('DOMParser' in globalThis) return;
  const parser = () => (installed(require, '@xmldom/xmldom') as typeof import('@xmldom/xmldom')).DOMParser;
  Object.defineProperty(globalThis, 'DOMParser', { get: parser, configurable: true });
}

function installed(require: NodeJS.Require, name: string): unknown {
  try {
    return require(name);
  } catch (cause) {
    throw new PlaytrainError(
      'bad-environment',
      `A game that loads such files needs the package ${name} in Node: npm install --save-dev ${name}.`,
      { cause },
    );
  }
}
