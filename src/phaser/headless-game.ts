import Phaser from 'phaser';
import { SeededRandom } from '../random/seeded-random';
import { Ambience } from './ambience';
import { type AssetFiles, assetFolder } from './assets/asset-files';
import type { HandedAssets } from './assets/assets';
import { giveAssets } from './assets/give-assets';
import { loadFrom } from './assets/twin-loader';
import { pageNeeded } from './needs-page';
import { aName, anObject, type OptionRule } from './options';
import { takeSceneStart } from './phaser-internals';
import { SilentSounds } from './silent-sounds';

/** What a page's configuration of a game is without the page: nothing is drawn, heard or waited for. */
function headlessConfig(config: Phaser.Types.Core.GameConfig, seed: number): Phaser.Types.Core.GameConfig {
  const { parent: _parent, canvas: _canvas, dom: _dom, scale, ...rest } = config;
  const { parent: _scaled, fullscreenTarget: _target, ...size } = scale ?? {};
  return {
    ...rest,
    ...(scale !== undefined && { scale: size }),
    type: Phaser.HEADLESS,
    seed: [`playtrain ${seed}`],
    audio: { noAudio: true },
    banner: false,
    autoFocus: false,
  };
}

/** What the page has loaded, as it handed it over; or, in Node, the folder in which the game’s addresses begin. */
export type TwinAssets = HandedAssets | string;

/** What belongs where they do. */
export const areAssets: OptionRule = {
  wanted: 'a folder, or what a page has loaded',
  allows: (value) => aName.allows(value) || anObject.allows(value),
};

/**
 * Starts a game that nobody sees, from the very configuration that a page starts it from. From its first line on, time
 * and chance are its own.
 *
 * @param assets what its scenes load; in Node the folder that the process runs in, where left out.
 * @returns once its scenes are there. @throws PlaytrainError `needs-page` where its first scenes ask for the page.
 */
export async function startHeadless(
  config: Phaser.Types.Core.GameConfig,
  seed: number,
  ambience: Ambience = new Ambience(SeededRandom.fromSeed(seed)),
  assets: TwinAssets = '.',
): Promise<Phaser.Game> {
  const files: AssetFiles | null = typeof assets === 'string' ? assetFolder(assets) : null;
  drawNoTextures();
  playSilently();
  refuseElements();
  const game = ambience.run(0, () => new Phaser.Game(headlessConfig(config, seed)));
  // Before its first scene loads: that waits for Phaser's own textures.
  loadFrom(game, files);
  if (typeof assets !== 'string') giveAssets(game, assets);
  let isReady = false;
  const begin = takeSceneStart(game);
  const failures: unknown[] = [];
  game.events.once(Phaser.Core.Events.READY, () => {
    isReady = true;
    try {
      begin();
    } catch (error) {
      failures.push(error);
    }
  });
  while (!isReady) {
    await ambience.settle();
    // Where there is a page, pictures take their time.
    if (!isReady) await new Promise((resolve) => setTimeout(resolve, 1));
  }
  game.loop.stop();
  if (failures.length > 0) {
    endHeadless(game);
    throw failures[0];
  }
  return game;
}

/** Destroys a game that nobody sees. */
export function endHeadless(game: Phaser.Game): void {
  game.destroy(true);
  // Which it does at its next step.
  game.headlessStep(0, 0);
}

/** Textures that a game draws itself have their size, which bodies take over, and nothing in them. */
function drawNoTextures(): void {
  Phaser.GameObjects.Graphics.prototype.generateTexture = function (
    this: Phaser.GameObjects.Graphics,
    key: string | HTMLCanvasElement,
    width?: number,
    height?: number,
  ) {
    const { textures, scale } = this.scene.sys;
    if (typeof key === 'string' && !textures.exists(key)) {
      textures.createCanvas(key, width ?? scale.width, height ?? scale.height);
    }
    return this;
  };
  // Nor does anything that is painted on a texture go to a graphics processor, for which Phaser asks the renderer.
  Phaser.Textures.TextureSource.prototype.update = () => {};
}

/** Sounds last as long as they would. */
function playSilently(): void {
  Phaser.Sound.SoundManagerCreator.create = (game: Phaser.Game) => new SilentSounds(game);
}

/** Elements of a page need one. */
function refuseElements(): void {
  const refuse = () => {
    throw pageNeeded('add.dom');
  };
  Phaser.GameObjects.GameObjectFactory.prototype.dom = refuse;
}
