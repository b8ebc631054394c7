import type Phaser from 'phaser';
import { depths } from '../scenes/arena-scene';
import { arc, type PaintedTextures } from '../scenes/painted-textures';
import { court, mostTouches, volleyState } from './court';
import type { CourtPalette } from './scene-palette';
import { type CourtView, xPxOf } from './scene-view';

/** Touches that each side has left: three pips a side, on the floor in front of it. */
export class TouchPips {
  /** By seat, from the net outwards. */
  private readonly pips: readonly Phaser.GameObjects.Image[][];

  constructor(scene: Phaser.Scene) {
    this.pips = [0, 1].map(() =>
      Array.from({ length: mostTouches }, () => scene.add.image(0, 0, '__WHITE').setDepth(depths.scenery)),
    );
  }

  arrange(view: CourtView, palette: CourtPalette, textures: PaintedTextures): void {
    const { rectangle, floorYPx, metrePx } = view;
    const stripPx = rectangle.yPx + rectangle.heightPx - floorYPx;
    const pipPx = Math.max(7, Math.min(0.2 * metrePx, stripPx * 0.24));
    const yPx = floorYPx + Math.min(0.78 * metrePx, Math.max(stripPx * 0.72, stripPx - 26));
    textures.paint(
      'pip',
      pipPx,
      pipPx,
      (context) => {
        arc(context, pipPx / 2, pipPx / 2, pipPx / 2 - 0.5);
        context.fillStyle = '#ffffff';
        context.fill();
      },
      this.pips.flat(),
    );
    this.pips.forEach((pips, seat) => {
      const side = seat === 0 ? -1 : 1;
      const middlePx = xPxOf(view, (side * court.halfWidth) / 2);
      pips.forEach((pip, i) => {
        pip
          .setPosition(middlePx + side * (i - (mostTouches - 1) / 2) * pipPx * 1.7, yPx)
          .setTint(palette.seats[seat as 0 | 1]);
      });
    });
  }

  update(state: Float64Array): void {
    for (let seat = 0; seat < 2; seat++) {
      const left = mostTouches - state[volleyState.touches[seat]!]!;
      const pips = this.pips[seat]!;
      for (let i = 0; i < mostTouches; i++) pips[i]!.setAlpha(i < left ? 1 : 0.22);
    }
  }
}
