import type { Rectangle } from '../scenes/arena-layout';
import type { SceneFrame } from '../scenes/scene-frame';

/** The hub, and the rod's length, in CSS pixels. */
export function swingPlaces({ xPx, yPx, widthPx, heightPx }: Rectangle) {
  const topPx = 40;
  const bottomPx = 16;
  const roomPx = Math.max(40, Math.min(widthPx - 24, heightPx - topPx - bottomPx));
  return {
    xPx: xPx + widthPx / 2,
    yPx: yPx + topPx + (heightPx - topPx - bottomPx) / 2,
    lengthPx: roomPx * 0.36,
  };
}

/** From the hub; the rod is a metre long. */
export const sceneFrame: SceneFrame = {
  tileAspect: 1,
  of(rectangle) {
    const { xPx, yPx, lengthPx } = swingPlaces(rectangle);
    return { originXPx: xPx, originYPx: yPx, unitPx: lengthPx };
  },
};
