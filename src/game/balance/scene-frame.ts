import type { PictureFrame } from '../../contract';
import type { Rectangle } from '../scenes/arena-layout';
import type { SceneFrame } from '../scenes/scene-frame';
import { railHalfLength } from './simulation';

/** Widths in metres of the rail, as drawn. The pole is drawn longer than it is, so that its angle can be read. */
export const cartMetres = 0.95;
export const poleMetres = 2.8;
export const cartHeightShare = 0.5; // of its width

/** The rail's middle, a metre of it, and the pole, in CSS pixels. */
export function balancePlaces({ xPx, yPx, widthPx, heightPx }: Rectangle) {
  const roomPx = { top: 46, bottom: 52 };
  const availablePx = Math.max(40, heightPx - roomPx.top - roomPx.bottom);
  const railPx = Math.max(20, widthPx - 44);
  const metrePx = Math.min(railPx / (2 * railHalfLength + cartMetres), availablePx / 2.2);
  const cartHeightPx = cartMetres * metrePx * cartHeightShare;
  const poleLengthPx = Math.max(1, Math.min(poleMetres * metrePx, availablePx - cartHeightPx - 14));
  const contentPx = poleLengthPx * 1.08 + cartHeightPx;
  const railXPx = xPx + widthPx / 2;
  const railYPx = yPx + roomPx.top + (availablePx + contentPx) / 2;
  return { metrePx, cartHeightPx, poleLengthPx, railXPx, railYPx };
}

/** From the middle of the rail. */
export const sceneFrame: SceneFrame = {
  tileAspect: 1.3,
  of(rectangle): PictureFrame {
    const { metrePx, railXPx, railYPx } = balancePlaces(rectangle);
    return { originXPx: railXPx, originYPx: railYPx, unitPx: metrePx };
  },
};
