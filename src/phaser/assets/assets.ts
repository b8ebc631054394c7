import type { XmlTree } from './xml-tree';

/** A picture that is not there: frames have their places in it. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A part of a texture, as plain as Phaser keeps it. */
export interface HandedFrame {
  readonly name: string | number;
  readonly sourceIndex: number;
  /** All other numbers and records that the frame is made of. */
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface HandedTexture {
  readonly key: string;
  readonly sources: readonly Size[];
  readonly frames: readonly HandedFrame[];
  readonly firstFrame: string;
  readonly customData: unknown;
}

type Entries<Value> = readonly (readonly [key: string, value: Value])[];

/** What a game has loaded, as plain data: all of it but the pictures, the sounds and the code. */
export interface HandedAssets {
  readonly textures: readonly HandedTexture[];
  /** By the name of the cache, such as `json` or `tilemap`. */
  readonly caches: Readonly<Record<string, Entries<unknown>>>;
  /** As above, of caches that the game or a plugin added. */
  readonly customCaches: Readonly<Record<string, Entries<unknown>>>;
  readonly xml: Entries<XmlTree>;
  /** As `AnimationManager.toJSON` writes them. */
  readonly animations: Phaser.Types.Animations.JSONAnimations;
}
