/**
 * Changes the page and, where that takes away or disables what has the focus, gives the focus to `next`. Else it would
 * fall to the document, from where the first key that is pressed goes nowhere. What its own press puts to rest has
 * `aria-disabled` rather than `disabled`, and keeps the focus.
 */
export function keepFocus(root: HTMLElement, next: HTMLElement, change: () => void): void {
  const before = document.activeElement;
  const wasInside = before instanceof HTMLElement && root.contains(before);
  change();
  if (!wasInside || canHaveFocus(before)) return;
  // What changed may have given it to another already.
  const { activeElement } = document;
  if (activeElement === before || activeElement === document.body || activeElement === null) {
    next.focus({ preventScroll: true });
  }
}

/** Whether something on the page can keep the focus: browsers take it from what is disabled, though only later. */
export function canHaveFocus(element: Element): boolean {
  return element.isConnected && element.checkVisibility() && !element.matches(':disabled');
}
