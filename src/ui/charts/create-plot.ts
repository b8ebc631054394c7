import { canDraw } from '../kit/can-draw';
import uPlot from './uplot';

/** A plot in `container`; null where the browser gives the page nothing to draw it on: uPlot would throw at each frame. */
export function createPlot(
  options: uPlot.Options,
  data: uPlot.AlignedData,
  container: HTMLElement,
): uPlot | null {
  return canDraw() ? new uPlot(options, data, container) : null;
}
