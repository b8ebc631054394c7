import type Phaser from 'phaser';
import { depths } from '../scenes/arena-scene';
import type { PaintedTextures, Painter } from '../scenes/painted-textures';
import { court, volleyState } from './court';
import { landingX } from './scene-landing-place';
import type { CourtPalette } from './scene-palette';
import { type CourtView, xPxOf } from './scene-view';

/** Metres, as the floor is seen from the front: a ring lying on it is flat. */
const ringSize = { width: 0.95, height: 0.26 };
const strokePx = 3;
/** A ball nearer to the floor than this has its shadow to be known by. */
const nearFloor = 0.35;

/** A ring on the floor where the ball will come down, in the colour of the player whose floor that is. */
export class LandingMark {
  private readonly ring: Phaser.GameObjects.Image;
  private view!: CourtView;
  private palette!: CourtPalette;

  constructor(scene: Phaser.Scene) {
    this.ring = scene.add.image(0, 0, '__WHITE').setDepth(depths.pieces - 3);
  }

  arrange(view: CourtView, palette: CourtPalette, textures: PaintedTextures): void {
    this.view = view;
    this.palette = palette;
    const widthPx = Math.max(18, ringSize.width * view.metrePx);
    const heightPx = Math.max(9, ringSize.height * view.metrePx);
    textures.paint('landing', widthPx, heightPx, paintRing, [this.ring]);
    this.ring.setY(view.floorYPx + 2);
  }

  /** Null hides it: nobody is to reach the ball any more. */
  draw(state: Float64Array | null): void {
    const { ring, view, palette } = this;
    const isShown = state !== null && state[volleyState.ballY]! > court.ballRadius + nearFloor;
    ring.setVisible(isShown);
    if (!isShown) return;
    const x = landingX(state);
    ring.setX(xPxOf(view, x)).setTint(palette.seats[x < 0 ? 0 : 1]);
  }
}

/** White, to be tinted. */
const paintRing: Painter = (context, widthPx, heightPx) => {
  context.beginPath();
  const [halfWidth, halfHeight] = [(widthPx - strokePx) / 2, (heightPx - strokePx) / 2];
  context.ellipse(widthPx / 2, heightPx / 2, halfWidth, halfHeight, 0, 0, 2 * Math.PI);
  context.lineWidth = strokePx;
  context.strokeStyle = '#ffffff';
  context.stroke();
  context.fillStyle = '#ffffff30';
  context.fill();
};
