/** Where something stands, from top to bottom, in CSS pixels. */
export interface Extent {
  readonly top: number;
  readonly bottom: number;
}

/** Which of these is seen most within `view`; of those seen alike, the one nearest to its middle. Null where none is seen. */
export function mostInView(extents: readonly Extent[], view: Extent): number | null {
  const middle = (view.top + view.bottom) / 2;
  const seen = extents.map(({ top, bottom }, index) => ({
    index,
    px: Math.min(bottom, view.bottom) - Math.max(top, view.top),
    offPx: Math.abs((top + bottom) / 2 - middle),
  }));
  const [first] = seen
    .filter(({ px }) => px > 0)
    .sort((a, b) => Math.round(b.px) - Math.round(a.px) || a.offPx - b.offPx || a.index - b.index);
  return first?.index ?? null;
}
