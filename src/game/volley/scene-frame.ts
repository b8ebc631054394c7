import type { SceneFrame } from '../scenes/scene-frame';
import { viewOf } from './scene-view';

/** From the net's foot. */
export const sceneFrame: SceneFrame = {
  tileAspect: 1.25,
  // The court between its walls, with as much sky above as balls fly through.
  focusAspect: 1.4,
  of(rectangle) {
    const { netXPx, floorYPx, metrePx } = viewOf(rectangle);
    return { originXPx: netXPx, originYPx: floorYPx, unitPx: metrePx };
  },
};
