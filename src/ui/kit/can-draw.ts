/** Whether the browser gives the page canvases to draw on; some refuse that guard against being recognised. */
export function canDraw(): boolean {
  try {
    return document.createElement('canvas').getContext('2d') !== null;
  } catch {
    return false;
  }
}
