import type { PictureFrame } from '../../contract';
import type { Rectangle } from './arena-layout';

/** Where a game's picture lies: what its scene goes by, and whoever draws over it. */
export interface SceneFrame {
  /** Width over height of a tile. */
  readonly tileAspect: number;
  /** Width over height at which the whole of the focused arena shows something; for games that do not fill any. */
  readonly focusAspect?: number;
  /** Of the focused arena's rectangle. */
  of(rectangle: Rectangle): PictureFrame;
}
