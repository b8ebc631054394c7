import { SeededRandom } from '../../random/seeded-random';
import type { Rectangle } from '../scenes/arena-layout';
import { arc, roundRectangle } from '../scenes/painted-textures';
import { cssColour } from '../scenes/palette';
import { court } from './court';
import type { CourtPalette } from './scene-palette';
import { type CourtView, yPxOf } from './scene-view';

const cornerPx = 8;

/** Paints what never moves: sky with its light, and floor with its lines. */
export function paintCourt(
  context: CanvasRenderingContext2D,
  view: CourtView,
  palette: CourtPalette,
  isNight: boolean,
): void {
  const { xPx, yPx, widthPx, heightPx } = view.rectangle;
  roundRectangle(context, xPx, yPx, widthPx, heightPx, cornerPx);
  context.clip();
  paintSky(context, view, palette);
  if (isNight) paintStars(context, view, palette);
  else paintClouds(context, view, palette);
  paintFloor(context, view, palette);
}

function paintSky(context: CanvasRenderingContext2D, view: CourtView, palette: CourtPalette): void {
  const { xPx, yPx, widthPx } = view.rectangle;
  const sky = context.createLinearGradient(0, yPx, 0, view.backYPx);
  sky.addColorStop(0, cssColour(palette.skyTop));
  sky.addColorStop(1, cssColour(palette.skyBottom));
  context.fillStyle = sky;
  context.fillRect(xPx, yPx, widthPx, view.backYPx - yPx + 1);

  // Sun or moon, with light about it.
  const skyPx = view.backYPx - yPx;
  const lightX = xPx + widthPx * 0.78;
  const lightY = yPx + skyPx * 0.3;
  const radiusPx = lightRadiusPx(view);
  const glow = context.createRadialGradient(lightX, lightY, radiusPx * 0.9, lightX, lightY, radiusPx * 6);
  for (const [at, alpha] of [
    [0, '58'],
    [0.15, '36'],
    [0.4, '18'],
    [0.7, '08'],
    [1, '00'],
  ] as const) {
    glow.addColorStop(at, `${cssColour(palette.light)}${alpha}`);
  }
  context.fillStyle = glow;
  context.fillRect(xPx, yPx, widthPx, skyPx);
  disc(context, lightX, lightY, radiusPx, cssColour(palette.light));
}

function lightRadiusPx(view: CourtView): number {
  return Math.min(0.45 * view.metrePx, 0.1 * (view.backYPx - view.rectangle.yPx));
}

function paintStars(context: CanvasRenderingContext2D, view: CourtView, palette: CourtPalette): void {
  const { xPx, yPx, widthPx } = view.rectangle;
  const skyPx = view.backYPx - yPx;
  const random = SeededRandom.fromSeed(3);
  for (let star = 0; star < 70; star++) {
    const x = xPx + widthPx * random.uniform();
    const height = random.uniform();
    const sizePx = 0.5 + 1.1 * random.uniform() * random.uniform();
    context.globalAlpha = (0.25 + 0.6 * random.uniform()) * (1 - 0.8 * height);
    disc(context, x, yPx + skyPx * 0.75 * height, sizePx, cssColour(palette.light));
  }
  // The moon's seas.
  const radiusPx = lightRadiusPx(view);
  context.globalAlpha = 0.12;
  for (const [dx, dy, share] of [
    [-0.3, -0.2, 0.26],
    [0.25, 0.3, 0.2],
    [0.3, -0.35, 0.13],
  ] as const) {
    const lightX = xPx + widthPx * 0.78 + dx * radiusPx;
    disc(context, lightX, yPx + skyPx * 0.3 + dy * radiusPx, radiusPx * share, '#3d3f78');
  }
  context.globalAlpha = 1;
}

function paintClouds(context: CanvasRenderingContext2D, view: CourtView, palette: CourtPalette): void {
  const { xPx, yPx, widthPx } = view.rectangle;
  const skyPx = view.backYPx - yPx;
  for (const [x, y, size] of [
    [0.14, 0.24, 1],
    [0.42, 0.42, 0.7],
    [0.62, 0.16, 0.55],
    [0.93, 0.5, 0.85],
  ] as const) {
    const unitPx = Math.min(view.metrePx, widthPx / 9) * 0.42 * size;
    const centreX = xPx + widthPx * x;
    const baseY = yPx + skyPx * y;
    const cloud = context.createLinearGradient(0, baseY - 1.5 * unitPx, 0, baseY + 0.5 * unitPx);
    cloud.addColorStop(0, '#ffffff');
    cloud.addColorStop(1, cssColour(palette.skyBottom));
    context.fillStyle = cloud;
    context.globalAlpha = 0.75;
    context.beginPath();
    for (const [dx, dy, radius] of [
      [-1.3, 0, 0.55],
      [-0.5, -0.45, 0.8],
      [0.45, -0.25, 0.7],
      [1.25, 0.05, 0.5],
      [0, 0.05, 0.55],
    ] as const) {
      context.moveTo(centreX + (dx + radius) * unitPx, baseY + dy * unitPx);
      context.arc(centreX + dx * unitPx, baseY + dy * unitPx, radius * unitPx, 0, 2 * Math.PI);
    }
    context.fill();
  }
  context.globalAlpha = 1;
}

function paintFloor(context: CanvasRenderingContext2D, view: CourtView, palette: CourtPalette): void {
  const { xPx, yPx, widthPx, heightPx } = view.rectangle;
  const { backYPx, metrePx } = view;
  const bottomPx = yPx + heightPx;
  const floor = context.createLinearGradient(0, backYPx, 0, bottomPx);
  floor.addColorStop(0, cssColour(palette.sandFar));
  floor.addColorStop(Math.min(0.6, (1.2 * metrePx) / (bottomPx - backYPx)), cssColour(palette.sand));
  floor.addColorStop(1, cssColour(palette.sandNear));
  context.fillStyle = floor;
  context.fillRect(xPx, backYPx, widthPx, bottomPx - backYPx);

  // Grains and ripples, the nearer the larger.
  const random = SeededRandom.fromSeed(8);
  for (let grain = 0; grain < 130; grain++) {
    const depth = random.uniform();
    const x = xPx + widthPx * random.uniform();
    const y = backYPx + (bottomPx - backYPx) * depth;
    context.globalAlpha = 0.1 + 0.12 * random.uniform();
    context.fillStyle = cssColour(random.uniform() < 0.5 ? palette.sandNear : palette.lines);
    roundRectangle(context, x, y, (3 + 12 * depth) * (0.4 + random.uniform()), 1 + 1.4 * depth, 1);
    context.fill();
  }

  // The court's lines lie on the floor: the back one, the front one, and the sides between them, drawn in perspective.
  context.globalAlpha = 0.85;
  context.fillStyle = cssColour(palette.lines);
  const backHalfPx = (court.halfWidth - 0.12) * metrePx;
  const frontYPx = view.floorYPx + Math.min(0.45 * metrePx, (bottomPx - view.floorYPx) * 0.62);
  const frontHalfPx = (court.halfWidth + 0.12) * metrePx;
  const lineYPx = backYPx + 0.12 * metrePx;
  const thickPx = Math.max(1.5, 0.05 * metrePx);
  const quad = (x1: number, x2: number, halfTop: number, halfBottom: number) => {
    context.beginPath();
    context.moveTo(x1 - halfTop, lineYPx);
    context.lineTo(x1 + halfTop, lineYPx);
    context.lineTo(x2 + halfBottom, frontYPx + thickPx);
    context.lineTo(x2 - halfBottom, frontYPx + thickPx);
    context.fill();
  };
  const { netXPx } = view;
  context.fillRect(netXPx - backHalfPx, lineYPx, 2 * backHalfPx, thickPx * 0.7);
  context.fillRect(netXPx - frontHalfPx, frontYPx, 2 * frontHalfPx, thickPx);
  quad(netXPx - backHalfPx, netXPx - frontHalfPx, thickPx * 0.5, thickPx * 0.8);
  quad(netXPx + backHalfPx, netXPx + frontHalfPx, thickPx * 0.5, thickPx * 0.8);
  context.globalAlpha = 0.5;
  quad(netXPx, netXPx, thickPx * 0.3, thickPx * 0.5);
  context.globalAlpha = 1;
}

/** A tile's court: sky, sand, and the net. */
export function paintTileCourt(
  context: CanvasRenderingContext2D,
  tile: Rectangle,
  view: CourtView,
  palette: CourtPalette,
): void {
  roundRectangle(context, tile.xPx + 1, tile.yPx + 1, tile.widthPx - 2, tile.heightPx - 2, 4.5);
  context.clip();
  const sky = context.createLinearGradient(0, tile.yPx, 0, view.floorYPx);
  sky.addColorStop(0, cssColour(palette.skyTop));
  sky.addColorStop(1, cssColour(palette.skyBottom));
  context.fillStyle = sky;
  context.fillRect(tile.xPx, tile.yPx, tile.widthPx, view.floorYPx - tile.yPx);
  context.fillStyle = cssColour(palette.sand);
  context.fillRect(tile.xPx, view.floorYPx, tile.widthPx, tile.yPx + tile.heightPx - view.floorYPx);
  context.fillStyle = cssColour(palette.tileNet);
  const postPx = Math.max(2, 2 * court.netRadius * view.metrePx);
  const topPx = yPxOf(view, court.netHeight);
  context.fillRect(view.netXPx - postPx / 2, topPx, postPx, view.floorYPx - topPx);
}

function disc(
  context: CanvasRenderingContext2D,
  xPx: number,
  yPx: number,
  radiusPx: number,
  colour: string,
): void {
  context.fillStyle = colour;
  arc(context, xPx, yPx, radiusPx);
  context.fill();
}
