/** How much larger type and strokes are than usual, by the page's styles. */
export function typeScale(element: Element): number {
  return Number(getComputedStyle(element).getPropertyValue('--type')) || 1;
}
