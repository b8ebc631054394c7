/**
 * Changes the page and, where that takes away what has the focus, gives the focus to `next`. Else it would fall to the
 * document, from where the first key that is pressed goes nowhere.
 */
export function keepFocus(root: HTMLElement, next: HTMLElement, change: () => void): void {
  const before = document.activeElement;
  const wasInside = before instanceof HTMLElement && root.contains(before);
  change();
  if (!wasInside || (before.isConnected && before.checkVisibility())) return;
  // What changed may have given it to another already.
  const { activeElement } = document;
  if (activeElement === before || activeElement === document.body || activeElement === null) {
    next.focus({ preventScroll: true });
  }
}
