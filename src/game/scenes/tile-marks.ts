import type Phaser from 'phaser';
import type { Rectangle } from './arena-layout';
import type { Verdict } from './flourish';
import { type PaintedTextures, roundRectangle } from './painted-textures';

const endingMs = 700;

/** On the tiles: in a corner, for a moment, a star or a cross where an episode ended, and around the focused one a line. */
export class TileMarks {
  private readonly endings: readonly Phaser.GameObjects.Image[];
  private readonly leftMs: Float64Array; // [N]
  private readonly outline: Phaser.GameObjects.Image;
  private tiles: readonly Rectangle[] = [];

  /** The textures `mark-star` and `mark-cross` must be loaded. */
  constructor(scene: Phaser.Scene, arenas: number, depth: number) {
    this.endings = Array.from({ length: arenas }, () =>
      scene.add.image(0, 0, 'mark-star').setDepth(depth).setVisible(false),
    );
    this.leftMs = new Float64Array(arenas);
    this.outline = scene.add
      .image(0, 0, '__WHITE')
      .setDepth(depth + 3)
      .setOrigin(0, 0);
  }

  arrange(tiles: readonly Rectangle[], textures: PaintedTextures): void {
    this.tiles = tiles;
    const { widthPx, heightPx } = tiles[0]!;
    textures.paint(
      'outline',
      widthPx + 6,
      heightPx + 6,
      (context) => {
        context.lineWidth = 2.5;
        context.strokeStyle = '#ffffff';
        roundRectangle(context, 1.5, 1.5, widthPx + 3, heightPx + 3, 7);
        context.stroke();
      },
      [this.outline],
    );
    tiles.forEach((tile, arena) => {
      // In a corner: where episodes are short there is always a mark, and it must not hide the game.
      const sizePx = Math.max(9, Math.min(tile.widthPx, tile.heightPx) * 0.24);
      const insetPx = sizePx / 2 + 4;
      this.endings[arena]!.setPosition(tile.xPx + tile.widthPx - insetPx, tile.yPx + insetPx).setDisplaySize(
        sizePx,
        sizePx,
      );
    });
  }

  /** Draws the line around this arena's tile. */
  focus(arena: number): void {
    const tile = this.tiles[arena];
    if (tile !== undefined) this.outline.setPosition(tile.xPx - 3, tile.yPx - 3);
  }

  /** An arena's episode ended; what is neither good nor bad gets no mark. */
  ended(arena: number, verdict: Verdict, colour: number): void {
    const mark = this.endings[arena];
    if (mark === undefined || verdict === 'neutral') return;
    mark.setTexture(verdict === 'failure' ? 'mark-cross' : 'mark-star').setTint(colour);
    this.leftMs[arena] = endingMs;
  }

  /** Moves on by the time since the last frame. */
  update(elapsedMs: number, playerColour: number): void {
    this.outline.setTint(playerColour);
    this.endings.forEach((mark, arena) => {
      const leftMs = Math.max(0, this.leftMs[arena]! - elapsedMs);
      this.leftMs[arena] = leftMs;
      mark.setVisible(leftMs > 0).setAlpha(Math.min(1, (2 * leftMs) / endingMs));
    });
  }
}
