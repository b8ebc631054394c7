import Phaser from 'phaser';

/** What a page's configuration of a game is without the page: nothing is drawn, heard or waited for. */
function headlessConfig(config: Phaser.Types.Core.GameConfig, seed: number): Phaser.Types.Core.GameConfig {
  const { parent: _parent, canvas: _canvas, ...rest } = config;
  return {
    ...rest,
    type: Phaser.HEADLESS,
    seed: [`playtrain ${seed}`],
    audio: { noAudio: true },
    banner: false,
    autoFocus: false,
  };
}

/** Starts a game that nobody sees, from the very configuration that a page starts it from. @returns once its scenes are there. */
export async function startHeadless(
  config: Phaser.Types.Core.GameConfig,
  seed: number,
): Promise<Phaser.Game> {
  drawNoTextures();
  const game = new Phaser.Game(headlessConfig(config, seed));
  await new Promise<void>((resolve) => {
    game.events.once(Phaser.Core.Events.READY, () => resolve());
  });
  return game;
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
