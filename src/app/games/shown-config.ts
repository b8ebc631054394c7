import Phaser from 'phaser';

/** A game's configuration as the page shows it, in an element of its own. */
export function shownConfig(
  config: Phaser.Types.Core.GameConfig,
  parent: HTMLElement,
): Phaser.Types.Core.GameConfig {
  return {
    ...config,
    parent,
    scale: { mode: Phaser.Scale.FIT, autoCenter: Phaser.Scale.CENTER_BOTH, ...config.scale },
    // As with our own scenes: with several textures a batch, software rendering and some phones lose parts of what turns.
    render: { maxTextures: 1, ...config.render },
    banner: false,
    // The page says who has the keys.
    autoFocus: false,
  };
}
