/** Large type, for whoever cannot ask the browser at each frame. As `--type` says in `tokens.css`. */
export const largeTypeScale = 1.5;

/** How much larger type and strokes are than usual, by the page's styles. */
export function typeScale(element: Element): number {
  return Number(getComputedStyle(element).getPropertyValue('--type')) || 1;
}
