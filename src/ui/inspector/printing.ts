/**
 * Calls back as the page is put on paper and as that is over.
 *
 * @returns a function that ends it.
 */
export function watchPrinting(changed: (isPrinting: boolean) => void): () => void {
  const listening = new AbortController();
  const { signal } = listening;
  window.addEventListener('beforeprint', () => changed(true), { signal });
  window.addEventListener('afterprint', () => changed(false), { signal });
  // A preview that only looks as paper does.
  const paper = window.matchMedia('print');
  paper.addEventListener('change', ({ matches }) => changed(matches), { signal });
  return () => listening.abort();
}
