import type Phaser from 'phaser';
import type { HandedAssets, HandedTexture } from './assets';
import { XmlDocument } from './xml-tree';

/** Gives a game that has just been made what another had loaded: its loaders skip keys that are there. */
export function giveAssets(game: Phaser.Game, assets: HandedAssets): void {
  for (const texture of assets.textures) {
    // Those of Phaser's own.
    if (!game.textures.exists(texture.key)) giveTexture(game, texture);
  }
  for (const [name, entries] of Object.entries(assets.caches)) {
    const cache = game.cache[name as 'json'] as Phaser.Cache.BaseCache | undefined;
    for (const [key, value] of entries) cache?.add(key, value);
  }
  for (const [name, entries] of Object.entries(assets.customCaches)) {
    const cache = game.cache.addCustom(name);
    for (const [key, value] of entries) cache.add(key, value);
  }
  for (const [key, tree] of assets.xml) game.cache.xml.add(key, new XmlDocument(tree));
  game.anims.fromJSON(assets.animations);
}

function giveTexture(
  game: Phaser.Game,
  { key, sources, frames, firstFrame, customData }: HandedTexture,
): void {
  const texture = game.textures.create(key, sources as unknown as HTMLImageElement[]);
  // Phaser types it so for keys that are taken.
  if (texture === null) return;
  for (const { name, sourceIndex, fields } of frames) {
    const frame = texture.add(name, sourceIndex, 0, 0, 0, 0);
    if (frame !== null) Object.assign(frame, fields);
  }
  texture.firstFrame = firstFrame;
  texture.customData = customData as object;
}
