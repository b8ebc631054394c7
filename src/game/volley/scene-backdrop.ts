import type Phaser from 'phaser';
import { SeededRandom } from '../../random/seeded-random';
import { depths } from '../scenes/arena-scene';
import { arc, type PaintedTextures, type Painter } from '../scenes/painted-textures';
import { cssColour } from '../scenes/palette';
import type { CourtPalette } from './scene-palette';
import type { CourtView } from './scene-view';

/** A layer painted wider than its window, through which it slides. */
class Layer {
  private readonly image: Phaser.GameObjects.Image;
  private leftPx = 0;
  private windowPx = 1;
  private marginPx = 0;
  private shiftPx = Number.NaN;

  constructor(scene: Phaser.Scene, depth: number) {
    this.image = scene.add.image(0, 0, '__WHITE').setOrigin(0, 1).setDepth(depth);
  }

  arrange(view: CourtView, textures: PaintedTextures, part: string, look: LayerLook): void {
    const { xPx, widthPx } = view.rectangle;
    // A pixel less at both ends, so that a layer never covers the panel's edge.
    this.leftPx = xPx + 1;
    this.windowPx = widthPx - 2;
    this.marginPx = Math.ceil(look.reach * view.metrePx) + 1;
    const paintedPx = this.windowPx + 2 * this.marginPx;
    textures.paint(part, paintedPx, look.heightPx, look.painter, [this.image]);
    this.image.y = view.backYPx + 1;
    this.shiftPx = Number.NaN;
  }

  slide(byPx: number): void {
    const shiftPx = Math.max(-this.marginPx, Math.min(this.marginPx, byPx));
    if (shiftPx === this.shiftPx) return;
    this.shiftPx = shiftPx;
    const { image } = this;
    image.x = this.leftPx - this.marginPx + shiftPx;
    const ratio = 1 / image.scaleX;
    image.setCrop((this.marginPx - shiftPx) * ratio, 0, this.windowPx * ratio, image.frame.height);
  }
}

interface LayerLook {
  /** How far it goes to each side, in metres, when the ball is at a wall: what is far moves less. */
  readonly reach: number;
  readonly heightPx: number;
  readonly painter: Painter;
}

function hillsLook(view: CourtView, palette: CourtPalette): LayerLook {
  // Under a tall sky hills are drawn larger.
  const seen = (view.floorYPx - view.rectangle.yPx) / view.metrePx;
  const unitPx = view.metrePx * Math.max(1, Math.min(1.7, seen / 7));
  return { reach: 0.1, heightPx: 2.5 * unitPx, painter: hillsPainter(palette, unitPx) };
}

function standLook(view: CourtView, palette: CourtPalette): LayerLook {
  const { metrePx } = view;
  return { reach: 0.32, heightPx: 1.25 * metrePx, painter: standPainter(palette, metrePx) };
}

/** Paints hills and stand onto the ground, where they are not to slide. */
export function paintBackdrop(
  context: CanvasRenderingContext2D,
  view: CourtView,
  palette: CourtPalette,
): void {
  for (const { heightPx, painter } of [hillsLook(view, palette), standLook(view, palette)]) {
    context.save();
    context.translate(view.rectangle.xPx, view.backYPx - heightPx + 1);
    painter(context, view.rectangle.widthPx, heightPx);
    context.restore();
  }
}

/** Hills and a stand full of people behind the court, which slide a little against the ball. */
export class Backdrop {
  private readonly hills: Layer;
  private readonly stand: Layer;
  private hillsReachPx = 0;
  private standReachPx = 0;
  private pan = 0;

  constructor(scene: Phaser.Scene) {
    this.hills = new Layer(scene, depths.scenery - 6);
    this.stand = new Layer(scene, depths.scenery - 5);
  }

  arrange(view: CourtView, palette: CourtPalette, textures: PaintedTextures): void {
    const hills = hillsLook(view, palette);
    const stand = standLook(view, palette);
    this.hills.arrange(view, textures, 'hills', hills);
    this.stand.arrange(view, textures, 'stand', stand);
    this.hillsReachPx = hills.reach * view.metrePx;
    this.standReachPx = stand.reach * view.metrePx;
    this.slide();
  }

  /** `aim` is where the ball is, −1 at the left wall, 1 at the right one; 0 holds the layers in the middle. */
  update(aim: number, elapsedMs: number): void {
    this.pan += (aim - this.pan) * (1 - Math.exp(-elapsedMs / 420));
    if (Math.abs(aim - this.pan) < 1e-3) this.pan = aim;
    this.slide();
  }

  private slide(): void {
    this.hills.slide(-this.pan * this.hillsReachPx);
    this.stand.slide(-this.pan * this.standReachPx);
  }
}

/** Two ridges, as sums of waves. */
function hillsPainter(palette: CourtPalette, metrePx: number): Painter {
  return (context, widthPx, heightPx) => {
    const ridge = (colour: number, level: number, swell: number, phase: number) => {
      context.fillStyle = cssColour(colour);
      context.beginPath();
      context.moveTo(0, heightPx);
      for (let xPx = 0; xPx <= widthPx + 4; xPx += 4) {
        const x = xPx / metrePx + phase;
        const up =
          level +
          swell * (0.55 * Math.sin(0.55 * x) + 0.3 * Math.sin(1.27 * x + 1) + 0.15 * Math.sin(2.9 * x));
        context.lineTo(xPx, heightPx - up * metrePx);
      }
      context.lineTo(widthPx, heightPx);
      context.fill();
    };
    ridge(palette.hillsFar, 1.75, 0.7, 2.2);
    ridge(palette.hillsNear, 1.3, 0.5, 9.5);
  };
}

/** Rows of round spectators behind a board. */
function standPainter(palette: CourtPalette, metrePx: number): Painter {
  return (context, widthPx, heightPx) => {
    const random = SeededRandom.fromSeed(11);
    const boardPx = 0.42 * metrePx;
    context.fillStyle = cssColour(palette.stand);
    context.fillRect(0, heightPx - 0.92 * metrePx, widthPx, 0.92 * metrePx);
    const stepPx = 0.4 * metrePx;
    for (const row of [1, 0]) {
      const yPx = heightPx - boardPx - row * 0.27 * metrePx;
      for (let xPx = row * stepPx * 0.5 - stepPx; xPx < widthPx + stepPx; xPx += stepPx) {
        const colour = palette.spectators[Math.floor(random.uniform() * palette.spectators.length)]!;
        const radiusPx = (0.15 + 0.04 * random.uniform()) * metrePx;
        const centreX = xPx + (random.uniform() - 0.5) * 0.12 * metrePx;
        const centreY = yPx - radiusPx * 0.45;
        if (random.uniform() < 0.14) continue;
        context.fillStyle = cssColour(colour);
        context.beginPath();
        context.ellipse(centreX, centreY, radiusPx, radiusPx * 1.1, 0, 0, 2 * Math.PI);
        context.fill();
        context.fillStyle = cssColour(palette.stand);
        const look = (random.uniform() - 0.5) * 0.3 * radiusPx;
        for (const side of [-1, 1]) {
          arc(context, centreX + look + side * radiusPx * 0.35, centreY - radiusPx * 0.2, radiusPx * 0.14);
          context.fill();
        }
      }
    }
    context.fillStyle = cssColour(palette.board);
    context.fillRect(0, heightPx - boardPx, widthPx, boardPx);
    context.fillStyle = cssColour(palette.boardMarks);
    context.globalAlpha = 0.55;
    context.fillRect(0, heightPx - boardPx, widthPx, Math.max(1, 0.035 * metrePx));
    // Chevrons towards the net, so that the board's sliding can be seen.
    context.globalAlpha = 0.3;
    context.lineWidth = 0.06 * metrePx;
    context.lineCap = 'round';
    context.lineJoin = 'round';
    context.strokeStyle = cssColour(palette.boardMarks);
    const middleY = heightPx - boardPx * 0.46;
    const sizePx = 0.09 * metrePx;
    for (let xPx = (widthPx / 2) % metrePx; xPx < widthPx; xPx += metrePx) {
      const towards = xPx < widthPx / 2 ? 1 : -1;
      if (Math.abs(xPx - widthPx / 2) < 0.5 * metrePx) continue;
      for (const offset of [0, 0.2 * metrePx]) {
        context.beginPath();
        context.moveTo(xPx + offset - towards * sizePx, middleY - sizePx);
        context.lineTo(xPx + offset, middleY);
        context.lineTo(xPx + offset - towards * sizePx, middleY + sizePx);
        context.stroke();
      }
    }
  };
}
