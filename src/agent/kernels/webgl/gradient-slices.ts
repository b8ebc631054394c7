import type { ParameterRegion, TileLayout } from './tile-layout';

/**
 * How the weights' gradient is split over the batch. One fragment a tile of weights, summing over all steps, leaves most
 * of a graphics processor idle: two nets of 64×64 have some 700 tiles. So the steps are cut into *slices*, of which each
 * tile's fragments sum one each, side by side, and a program more adds the slices, always in the same order.
 *
 * In the texture of slices each region of the parameter matrix is as wide as there, and as many times as high as there
 * are slices, one above the other.
 */

/** How many slices a minibatch of so many rows of tiles has; never fewer for a longer one. */
export type SlicesOf = (rowTiles: number) => number;

/** Of a device at once. More than these fill any; their sums are read once more, 64 bytes each. */
const mostFragments = 16_384;
/** Texels: every device has textures of this height. */
const highestTexture = 2_048;
/** Rows of tiles. Summing fewer takes a device less time than asking it for a program more. */
const shortestSlice = 16;

/** One slice, and with it no program more. */
export const wholeGradient: SlicesOf = () => 1;

/** Slices for a device that computes many fragments at once. */
export function filledBySlices({ parameters: { width, height } }: TileLayout): SlicesOf {
  const most = Math.min(mostFragments / (width * height), highestTexture / height);
  return (rowTiles) => Math.max(1, Math.floor(Math.min(most, rowTiles / shortestSlice)));
}

/** All regions of the parameter matrix, the heads' last. */
export function gradientRegions({ hiddenRegions, headRegion }: TileLayout): readonly ParameterRegion[] {
  return [...hiddenRegions, headRegion];
}

/** The rectangle that a region's slices fill; of one slice, the region itself. */
export function slicedRectangle({ x, y, width, kernelHeight }: ParameterRegion, slices: number) {
  return { x, y: slices * y, width, height: slices * (kernelHeight + 1) };
}

/** GLSL: where in a region, and in which slice of it, a fragment lies. */
export function findSlice({ x, y, kernelHeight }: ParameterRegion): string {
  return `
  ivec2 at = ivec2(gl_FragCoord.xy) - ivec2(${x}, ${y} * now.slices);
  int slice = at.y / ${kernelHeight + 1};
  at.y -= slice * ${kernelHeight + 1};
  int length = (now.rowTiles + now.slices - 1) / now.slices;
  int first = slice * length;
  int end = min(first + length, now.rowTiles);`;
}
