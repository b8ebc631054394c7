// How far along a ray something is met. Rays begin at (x, y) and go by the unit vector (dx, dy). Everything here answers a
// distance of at least 0, which it is from within, or Infinity where nothing is met. Nothing allocates.

/** One over a part of a ray's direction: finite, so that nothing is 0 times infinity. */
export function inverse(part: number): number {
  const smallest = 1e-9;
  return 1 / (Math.abs(part) < smallest ? smallest : part);
}

/**
 * To a box that lies along the axes: by slabs, of which the ray must be in both at once.
 *
 * @param inverseX and `inverseY` are `inverse` of the direction's parts.
 */
export function distanceToBox(
  x: number,
  y: number,
  inverseX: number,
  inverseY: number,
  left: number,
  top: number,
  right: number,
  bottom: number,
): number {
  const toLeft = (left - x) * inverseX;
  const toRight = (right - x) * inverseX;
  const toTop = (top - y) * inverseY;
  const toBottom = (bottom - y) * inverseY;
  const nearX = toLeft < toRight ? toLeft : toRight;
  const farX = toLeft < toRight ? toRight : toLeft;
  const nearY = toTop < toBottom ? toTop : toBottom;
  const farY = toTop < toBottom ? toBottom : toTop;
  const near = nearX > nearY ? nearX : nearY;
  const far = farX < farY ? farX : farY;
  if (far < 0 || near > far) return Number.POSITIVE_INFINITY;
  return near > 0 ? near : 0;
}

/** To a circle around (centreX, centreY). */
export function distanceToCircle(
  x: number,
  y: number,
  dx: number,
  dy: number,
  centreX: number,
  centreY: number,
  radius: number,
): number {
  const toX = centreX - x;
  const toY = centreY - y;
  const squared = toX * toX + toY * toY - radius * radius;
  if (squared <= 0) return 0;
  const along = toX * dx + toY * dy;
  // Half the discriminant: how deep the ray goes in.
  const depth = along * along - squared;
  return along < 0 || depth < 0 ? Number.POSITIVE_INFINITY : along - Math.sqrt(depth);
}

/** To a convex polygon with corners in order, either way round. */
export function distanceToPolygon(
  x: number,
  y: number,
  dx: number,
  dy: number,
  corners: readonly { readonly x: number; readonly y: number }[],
): number {
  let nearest = Number.POSITIVE_INFINITY;
  // A point is within where it lies on the same side of all edges.
  let leftOf = 0;
  for (let i = 0; i < corners.length; i++) {
    const from = corners[i]!;
    const to = corners[i + 1 === corners.length ? 0 : i + 1]!;
    const edgeX = to.x - from.x;
    const edgeY = to.y - from.y;
    const toX = from.x - x;
    const toY = from.y - y;
    if (edgeX * toY - edgeY * toX > 0) leftOf += 1;
    const crossing = dx * edgeY - dy * edgeX;
    if (crossing === 0) continue;
    const distance = (toX * edgeY - toY * edgeX) / crossing;
    const share = (toX * dy - toY * dx) / crossing;
    if (distance >= 0 && share >= 0 && share <= 1 && distance < nearest) nearest = distance;
  }
  return leftOf === 0 || leftOf === corners.length ? 0 : nearest;
}

/**
 * To the first full cell of a grid, from cell to cell as the ray meets them.
 *
 * @param cellWidth the grid begins at (0, 0). @param isFull of a column and a row; cells outside are its to judge.
 * @param length farther cells are not looked at.
 */
export function distanceToCell(
  x: number,
  y: number,
  dx: number,
  dy: number,
  cellWidth: number,
  cellHeight: number,
  isFull: (column: number, row: number) => boolean,
  length: number,
): number {
  let column = Math.floor(x / cellWidth);
  let row = Math.floor(y / cellHeight);
  const stepX = Math.sign(dx);
  const stepY = Math.sign(dy);
  const betweenX = stepX === 0 ? Number.POSITIVE_INFINITY : cellWidth / Math.abs(dx);
  const betweenY = stepY === 0 ? Number.POSITIVE_INFINITY : cellHeight / Math.abs(dy);
  let nextX = stepX === 0 ? Number.POSITIVE_INFINITY : ((column + (stepX > 0 ? 1 : 0)) * cellWidth - x) / dx;
  let nextY = stepY === 0 ? Number.POSITIVE_INFINITY : ((row + (stepY > 0 ? 1 : 0)) * cellHeight - y) / dy;
  let distance = 0;
  while (distance <= length) {
    if (isFull(column, row)) return distance;
    if (nextX < nextY) {
      column += stepX;
      distance = nextX;
      nextX += betweenX;
    } else {
      row += stepY;
      distance = nextY;
      nextY += betweenY;
    }
  }
  return Number.POSITIVE_INFINITY;
}
