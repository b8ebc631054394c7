import type Phaser from 'phaser';
import type { HandedAssets, HandedFrame, HandedTexture } from './assets';
import { type XmlTree, xmlTree } from './xml-tree';

/** Caches whose entries only a page has a use for, or are handed over otherwise. */
const keptCaches = ['audio', 'shader', 'xml'];

/**
 * What a game has loaded so far, as plain data for its twin, which loads nothing itself. Left out is what the game
 * draws itself, since the twin does so too, and what cannot be copied to a worker.
 */
export function gatherAssets(game: Phaser.Game): HandedAssets {
  const { custom, ...caches } = game.cache as unknown as Caches;
  const textures = game.textures
    .getTextureKeys()
    .map((key) => game.textures.get(key))
    .filter(isLoaded)
    .map(handedTexture);
  return {
    textures,
    caches: { ...entriesOf(caches), audio: lengthsOf(game.cache.audio) },
    customCaches: entriesOf(custom),
    xml: xmlEntries(game.cache.xml),
    animations: animationsOn(
      new Set(textures.map(({ key }) => key)),
      game.anims.toJSON() as unknown as Phaser.Types.Animations.JSONAnimations,
    ),
  };
}

interface Caches extends Readonly<Record<string, unknown>> {
  readonly custom: Readonly<Record<string, Phaser.Cache.BaseCache>>;
}

/** Whether it came with a file: what is drawn on a canvas or by WebGL is of the game's own making. */
function isLoaded({ source }: Phaser.Textures.Texture): boolean {
  return source.every(
    ({ isCanvas, isVideo, isRenderTexture, isGLTexture }) =>
      !(isCanvas || isVideo || isRenderTexture || isGLTexture),
  );
}

function handedTexture({
  key,
  source,
  frames,
  firstFrame,
  customData,
}: Phaser.Textures.Texture): HandedTexture {
  return {
    key,
    sources: source.map(({ width, height }) => ({ width, height })),
    frames: Object.values(frames as Readonly<Record<string, Phaser.Textures.Frame>>).map(handedFrame),
    firstFrame,
    customData: isCopyable(customData) ? customData : {},
  };
}

function handedFrame({ name, sourceIndex, ...more }: Phaser.Textures.Frame): HandedFrame {
  const { texture: _texture, source: _source, ...fields } = more;
  const copyable = Object.entries(fields).filter(([, value]) => isCopyable(value));
  return { name, sourceIndex, fields: Object.fromEntries(copyable) };
}

function entriesOf(caches: Readonly<Record<string, unknown>>): HandedAssets['caches'] {
  return Object.fromEntries(
    Object.entries(caches)
      .filter(([name, cache]) => !keptCaches.includes(name) && isCache(cache))
      .map(([name, cache]) => {
        const { entries } = cache as Phaser.Cache.BaseCache;
        const held = keysOf(entries).map((key) => [key, entries.get(key) as unknown] as const);
        return [name, held.filter(([, value]) => isCopyable(value))];
      }),
  );
}

/** Phaser types them as objects, and keeps texts. */
function keysOf(entries: Phaser.Cache.BaseCache['entries']): string[] {
  return entries.keys().map(String);
}

function isCache(candidate: unknown): boolean {
  return typeof candidate === 'object' && candidate !== null && 'entries' in candidate;
}

/** Of sounds, how long each lasts: a twin's are silent, and end. */
function lengthsOf({ entries }: Phaser.Cache.BaseCache): HandedAssets['caches'][string] {
  return keysOf(entries).flatMap((key) => {
    const held = entries.get(key) as AudioBuffer | readonly HTMLAudioElement[] | null;
    const duration = (held !== null && 'duration' in held ? held : held?.[0])?.duration;
    return duration !== undefined && Number.isFinite(duration) ? [[key, { duration }] as const] : [];
  });
}

function xmlEntries({ entries }: Phaser.Cache.BaseCache): HandedAssets['xml'] {
  return keysOf(entries).flatMap((key): (readonly [string, XmlTree])[] => {
    const document = entries.get(key) as { readonly documentElement?: Element } | null;
    return document?.documentElement === undefined ? [] : [[key, xmlTree(document.documentElement)]];
  });
}

/** Those that only show textures which are handed over; the game makes the others as it made them here. */
function animationsOn(
  textures: ReadonlySet<string>,
  all: Phaser.Types.Animations.JSONAnimations,
): Phaser.Types.Animations.JSONAnimations {
  const isThere = ({ key }: Phaser.Types.Animations.JSONAnimationFrame) => textures.has(key);
  return { ...all, anims: all.anims.filter(({ frames }) => frames.every(isThere)) };
}

function isCopyable(value: unknown): boolean {
  if (typeof value !== 'object' || value === null)
    return typeof value !== 'function' && typeof value !== 'symbol';
  try {
    structuredClone(value);
    return true;
  } catch {
    return false;
  }
}
