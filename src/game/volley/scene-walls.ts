import type Phaser from 'phaser';
import { depths } from '../scenes/arena-scene';
import type { PaintedTextures, Painter } from '../scenes/painted-textures';
import { cssColour } from '../scenes/palette';
import { court } from './court';
import type { CourtPalette } from './scene-palette';
import { type CourtView, xPxOf } from './scene-view';

/** Posts at both ends, fading upwards into glass: the ball comes back from them at any height. */
export class Walls {
  private readonly left: Phaser.GameObjects.Image;
  private readonly right: Phaser.GameObjects.Image;

  constructor(scene: Phaser.Scene) {
    const image = () => scene.add.image(0, 0, '__WHITE').setDepth(depths.scenery - 4);
    this.left = image().setOrigin(1, 1);
    this.right = image().setOrigin(0, 1).setFlipX(true);
  }

  arrange(view: CourtView, palette: CourtPalette, textures: PaintedTextures): void {
    const postPx = Math.max(4, 0.1 * view.metrePx);
    const heightPx = view.floorYPx - view.rectangle.yPx - 1;
    textures.paint('wall', postPx, heightPx, wallPainter(palette), [this.left, this.right]);
    this.left.setPosition(xPxOf(view, -court.halfWidth), view.floorYPx);
    this.right.setPosition(xPxOf(view, court.halfWidth), view.floorYPx);
  }
}

function wallPainter(palette: CourtPalette): Painter {
  return (context, widthPx, heightPx) => {
    const post = context.createLinearGradient(0, 0, 0, heightPx);
    post.addColorStop(0, `${cssColour(palette.wall)}30`);
    post.addColorStop(0.5, `${cssColour(palette.wall)}c0`);
    post.addColorStop(1, cssColour(palette.wall));
    context.fillStyle = post;
    context.fillRect(0, 0, widthPx, heightPx);
    // The face that the ball meets catches the light.
    context.fillStyle = '#ffffff50';
    context.fillRect(widthPx * 0.72, 0, widthPx * 0.28, heightPx);
  };
}
