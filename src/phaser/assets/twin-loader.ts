import Phaser from 'phaser';
import { PlaytrainError } from '../../contract';
import type { AssetFiles } from './asset-files';
import type { Size } from './assets';

type Loader = Phaser.Loader.LoaderPlugin;
type LoadedFile = Omit<Phaser.Loader.File, 'xhrLoader' | 'onProcess'> & {
  xhrLoader: unknown;
  onProcess: () => void;
};

/** Of these only the size is of use where nothing is drawn. */
const pictures = ['image', 'normalMap', 'spritesheet', 'svg', 'htmlTexture'];
/** Of these nothing is. */
const needless = ['css', 'font', 'glsl', 'audio'];
/** These bring code, which a worker cannot take from a file. */
const code = ['script', 'plugin', 'scenePlugin', 'sceneFile'];

/** Games that nobody sees, and where each finds files that it has not been given; null where nowhere. */
const filesOf = new WeakMap<Phaser.Game, AssetFiles | null>();
let isInstalled = false;

/** Lets a game that nobody sees load from `files`, at once and in place of the network. */
export function loadFrom(game: Phaser.Game, files: AssetFiles | null): void {
  filesOf.set(game, files);
  if (!isInstalled) install();
  isInstalled = true;
}

/** What of a loader is done otherwise. */
interface GivenLoader {
  readonly addFile: (this: Loader, file: Phaser.Loader.File | Phaser.Loader.File[]) => void;
  readonly keyExists: (this: Loader, file: Phaser.Loader.File) => boolean;
}

function install(): void {
  const loaders = Phaser.Loader.LoaderPlugin.prototype;
  const { addFile, keyExists } = loaders as unknown as GivenLoader;
  loaders.addFile = function (this: Loader, file: Phaser.Loader.File | Phaser.Loader.File[]) {
    const files = filesOf.get(gameOf(this));
    if (files !== undefined) {
      for (const each of Array.isArray(file) ? file : [file]) {
        if (each.type !== 'video') each.load = () => load(each as unknown as LoadedFile, files);
      }
    }
    addFile.call(this, file);
  };
  loaders.keyExists = function (this: Loader, file: Phaser.Loader.File) {
    return keyExists.call(this, file) || (filesOf.has(gameOf(this)) && isPartOfGiven(this, file));
  };
}

function gameOf(loader: Loader): Phaser.Game {
  return loader.systems.game;
}

/** A texture that comes in several files is given as a whole, and its parts under no keys of their own. */
function isPartOfGiven(loader: Loader, { multiFile }: Phaser.Loader.File): boolean {
  return multiFile !== undefined && multiFile !== null && loader.textureManager.exists(multiFile.key);
}

function load(file: LoadedFile, files: AssetFiles | null): void {
  const { loader, type } = file;
  if (code.includes(type)) throw loadsCode(file);
  if (file.state !== Phaser.Loader.FILE_POPULATED) {
    if (needless.includes(type)) leaveOut(file);
    else take(file, files);
    file.state = Phaser.Loader.FILE_LOADED;
  }
  loader.nextFile(file as unknown as Phaser.Loader.File, true);
}

/** It counts as loaded, and is nowhere. */
function leaveOut(file: LoadedFile): void {
  file.addToCache = () => {};
  processAtOnce(file);
}

function take(file: LoadedFile, files: AssetFiles | null): void {
  file.src = addressOf(file);
  const bytes = files?.read(file.src) ?? null;
  if (files === null || bytes === null) throw isMissing(file, files);
  if (pictures.includes(file.type)) {
    file.data = sizeAsked(file, () => measured(file, files, bytes));
    processAtOnce(file);
  } else {
    const responseText = new TextDecoder().decode(bytes);
    file.xhrLoader = { responseText, response: bytes.buffer, status: 200 };
  }
}

function processAtOnce(file: LoadedFile): void {
  file.onProcess = () => {
    file.state = Phaser.Loader.FILE_PROCESSING;
    file.onProcessComplete();
  };
}

function addressOf(file: LoadedFile): string {
  const address = Phaser.Loader.GetURL(file as unknown as Phaser.Loader.File, file.loader.baseURL) as string;
  // Versions before 4.2 take it for one of the game's own.
  return address.includes('file://') ? address.slice(address.indexOf('file://')) : address;
}

/** Vector pictures, and text as a picture, may be asked for in another size than their own. */
function sizeAsked({ config }: LoadedFile, own: () => Size): Size {
  const { width, height, scale } = (config ?? {}) as Partial<Record<'width' | 'height' | 'scale', number>>;
  if (width !== undefined && height !== undefined) return { width, height };
  const size = own();
  return { width: size.width * (scale ?? 1), height: size.height * (scale ?? 1) };
}

function measured(file: LoadedFile, files: AssetFiles, bytes: Uint8Array): Size {
  try {
    const { width, height } = files.measure(bytes);
    return { width, height };
  } catch (cause) {
    if (cause instanceof PlaytrainError) throw cause;
    throw new PlaytrainError(
      'bad-environment',
      `${called(file)} is no picture that can be measured: ${files.placeOf(file.src)}.`,
      { cause },
    );
  }
}

function isMissing(file: LoadedFile, files: AssetFiles | null): PlaytrainError {
  return new PlaytrainError(
    'bad-environment',
    files === null
      ? `${called(file)} had not been loaded by the game that is seen when its twin began; load it in that scene’s preload, or in a scene before it.`
      : `${called(file)} is not at ${files.placeOf(file.src)}; name the folder in which its addresses begin: “assets”, or --assets.`,
  );
}

function loadsCode(file: LoadedFile): PlaytrainError {
  return new PlaytrainError(
    'bad-environment',
    `${called(file)} is code, which a twin cannot load; import it where the game is configured.`,
  );
}

function called({ type, key, url, loader }: LoadedFile): string {
  const { key: scene } = loader.systems.settings;
  const address = typeof url === 'string' ? url : 'no address';
  return `The ${type} “${key}” (${address}), which the scene “${scene}” loads,`;
}
