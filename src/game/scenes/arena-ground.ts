import type { ArenaLayout, Rectangle } from './arena-layout';
import { roundRectangle } from './painted-textures';
import { cssColour, type Palette } from './palette';

/** What a game paints of its own onto the panels of the ground. */
export interface GroundArt {
  paintFocus(context: CanvasRenderingContext2D): void;
  paintTile(context: CanvasRenderingContext2D, tile: Rectangle): void;
}

/**
 * Paints all that stands still, once for a size and a theme: the panels of the focused arena and of every tile, and on
 * them what the game has standing there. A layer that is drawn anew over the whole of it would cost every frame dearly.
 */
export function paintGround(
  context: CanvasRenderingContext2D,
  { widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number },
  { focus, tiles }: ArenaLayout,
  palette: Palette,
  art: GroundArt,
): void {
  context.imageSmoothingQuality = 'high';
  context.fillStyle = cssColour(palette.ground);
  context.fillRect(0, 0, widthPx, heightPx);

  const gradient = context.createLinearGradient(0, focus.yPx, 0, focus.yPx + focus.heightPx);
  gradient.addColorStop(0, cssColour(palette.panel));
  gradient.addColorStop(1, cssColour(palette.panelShade));
  context.fillStyle = gradient;
  paintPanel(context, focus, 8, palette);
  context.save();
  art.paintFocus(context);
  context.restore();

  for (const tile of tiles) {
    context.fillStyle = cssColour(palette.panel);
    paintPanel(context, tile, 5, palette);
    context.save();
    art.paintTile(context, tile);
    context.restore();
  }
}

/** Fills a rectangle with the context's fill and gives it an edge. */
function paintPanel(
  context: CanvasRenderingContext2D,
  { xPx, yPx, widthPx, heightPx }: Rectangle,
  radiusPx: number,
  palette: Palette,
): void {
  roundRectangle(context, xPx + 0.5, yPx + 0.5, widthPx - 1, heightPx - 1, radiusPx);
  context.fill();
  context.strokeStyle = cssColour(palette.line);
  context.stroke();
}
