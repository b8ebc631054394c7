/** A rectangle in CSS pixels. */
export interface Rectangle {
  readonly xPx: number;
  readonly yPx: number;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** Where the focused arena and every arena's tile stand. */
export interface ArenaLayout {
  readonly focus: Rectangle;
  /** One a tile, in the arenas' order; empty where there is only one arena. */
  readonly tiles: readonly Rectangle[];
}

const marginPx = 10;
const gapPx = 6;
/** Beyond this width over height the tiles stand at the side; else below. */
const sideAspect = 1.15;
const sideShare = 0.36;
const belowShare = 0.27;
const largestTilePx = 150;

/** Where the focused arena is better seen, tiles may be this much smaller: of two layouts its area counts so many times. */
const focusWorth = 1.5;

/**
 * Divides a canvas between the focused arena, drawn large, and a grid of tiles: at the right on a wide canvas, below on
 * a narrow one. `tileAspect` is a tile's width over its height. No rectangle leaves the canvas or overlaps another.
 *
 * @param focusAspect width over height at which all of the focused arena's rectangle shows something. Where a game names
 * it, the tiles stand where they leave it more of that. Null for a game that fills any rectangle.
 */
export function layoutArenas(
  widthPx: number,
  heightPx: number,
  arenas: number,
  tileAspect: number,
  focusAspect: number | null = null,
): ArenaLayout {
  const whole = inset({ xPx: 0, yPx: 0, widthPx, heightPx }, marginPx);
  if (arenas <= 1) return { focus: whole, tiles: [] };
  const beside = layoutBeside(whole, arenas, tileAspect);
  const below = layoutBelow(whole, arenas, tileAspect);
  if (focusAspect === null) return widthPx > heightPx * sideAspect ? beside : below;
  return worth(beside, focusAspect) >= worth(below, focusAspect) ? beside : below;
}

/** What the grid leaves of its room goes to the focused arena. */
function layoutBeside(whole: Rectangle, arenas: number, tileAspect: number): ArenaLayout {
  const grid = fittingGrid((whole.widthPx - marginPx) * sideShare, whole.heightPx, arenas, tileAspect);
  const [gridWidthPx, gridHeightPx] = sizeOf(grid);
  const focus = { ...whole, widthPx: Math.max(1, whole.widthPx - marginPx - gridWidthPx) };
  const leftPx = focus.xPx + focus.widthPx + marginPx;
  const topPx = whole.yPx + (whole.heightPx - gridHeightPx) / 2;
  return { focus, tiles: tilesOf(grid, arenas, leftPx, topPx) };
}

function layoutBelow(whole: Rectangle, arenas: number, tileAspect: number): ArenaLayout {
  const grid = fittingGrid(whole.widthPx, (whole.heightPx - marginPx) * belowShare, arenas, tileAspect);
  const [gridWidthPx, gridHeightPx] = sizeOf(grid);
  const focus = { ...whole, heightPx: Math.max(1, whole.heightPx - marginPx - gridHeightPx) };
  const leftPx = whole.xPx + (whole.widthPx - gridWidthPx) / 2;
  const topPx = focus.yPx + focus.heightPx + marginPx;
  return { focus, tiles: tilesOf(grid, arenas, leftPx, topPx) };
}

/** Square pixels that show something. */
function worth({ focus, tiles }: ArenaLayout, focusAspect: number): number {
  const seenHeightPx = Math.min(focus.heightPx, focus.widthPx / focusAspect);
  const tilesArea = tiles.reduce((sum, tile) => sum + tile.widthPx * tile.heightPx, 0);
  return focusWorth * focusAspect * seenHeightPx * seenHeightPx + tilesArea;
}

/** The arena whose tile lies at a point, or null. */
export function arenaAt(layout: ArenaLayout, xPx: number, yPx: number): number | null {
  const found = layout.tiles.findIndex(
    (tile) =>
      xPx >= tile.xPx - gapPx / 2 &&
      xPx < tile.xPx + tile.widthPx + gapPx / 2 &&
      yPx >= tile.yPx - gapPx / 2 &&
      yPx < tile.yPx + tile.heightPx + gapPx / 2,
  );
  return found < 0 ? null : found;
}

interface Grid {
  readonly columns: number;
  readonly rows: number;
  readonly tileWidthPx: number;
  readonly tileHeightPx: number;
}

function sizeOf({
  columns,
  rows,
  tileWidthPx,
  tileHeightPx,
}: Grid): readonly [widthPx: number, heightPx: number] {
  return [columns * (tileWidthPx + gapPx) - gapPx, rows * (tileHeightPx + gapPx) - gapPx];
}

function tilesOf(grid: Grid, arenas: number, leftPx: number, topPx: number): readonly Rectangle[] {
  return Array.from({ length: arenas }, (_, arena) => ({
    xPx: leftPx + (arena % grid.columns) * (grid.tileWidthPx + gapPx),
    yPx: topPx + Math.floor(arena / grid.columns) * (grid.tileHeightPx + gapPx),
    widthPx: grid.tileWidthPx,
    heightPx: grid.tileHeightPx,
  }));
}

/** A grid with empty places must have tiles so much larger than one without, to be taken. */
const emptyPlacesWorth = 0.72;

/** The grid with the largest tiles that fits into a room, full grids preferred. */
function fittingGrid(widthPx: number, heightPx: number, count: number, aspect: number): Grid {
  let best: Grid = { columns: 1, rows: count, tileWidthPx: 1, tileHeightPx: 1 };
  let bestWorth = 0;
  for (let columns = 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns);
    const tileWidthPx = Math.max(
      1,
      Math.min(
        (widthPx - (columns - 1) * gapPx) / columns,
        ((heightPx - (rows - 1) * gapPx) / rows) * aspect,
        largestTilePx * Math.max(1, aspect),
      ),
    );
    const worth = tileWidthPx * (columns * rows === count ? 1 : emptyPlacesWorth);
    if (worth <= bestWorth) continue;
    bestWorth = worth;
    best = { columns, rows, tileWidthPx, tileHeightPx: tileWidthPx / aspect };
  }
  return best;
}

function inset(rectangle: Rectangle, byPx: number): Rectangle {
  return {
    xPx: rectangle.xPx + byPx,
    yPx: rectangle.yPx + byPx,
    widthPx: Math.max(1, rectangle.widthPx - 2 * byPx),
    heightPx: Math.max(1, rectangle.heightPx - 2 * byPx),
  };
}
