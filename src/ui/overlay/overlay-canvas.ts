/** More pixels a CSS pixel cost more than they show. */
const largestPixelRatio = 3;

/** A canvas over a place of the page, as large and as sharp as that is at any moment. */
export class OverlayCanvas {
  private readonly canvas: HTMLCanvasElement;
  private readonly follow: ResizeObserver;
  private isBlank = true;
  size = { widthPx: 0, heightPx: 0 };

  constructor(place: HTMLElement, className: string) {
    this.canvas = document.createElement('canvas');
    this.canvas.className = className;
    this.canvas.setAttribute('aria-hidden', 'true');
    this.canvas.hidden = true;
    place.append(this.canvas);
    this.follow = new ResizeObserver(() => this.measure(place));
    this.follow.observe(place);
    this.measure(place);
  }

  /** An empty picture, in CSS pixels; null where nothing is to be seen. */
  begin(isHidden: boolean): CanvasRenderingContext2D | null {
    const { canvas, size } = this;
    if (canvas.hidden !== isHidden) canvas.hidden = isHidden;
    if (isHidden || size.widthPx < 1) return null;
    const ratio = Math.min(largestPixelRatio, devicePixelRatio);
    const [width, height] = [Math.round(size.widthPx * ratio), Math.round(size.heightPx * ratio)];
    const context = canvas.getContext('2d');
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
    } else if (!this.isBlank) {
      context?.setTransform(1, 0, 0, 1, 0, 0);
      context?.clearRect(0, 0, width, height);
    }
    this.isBlank = false;
    context?.setTransform(ratio, 0, 0, ratio, 0, 0);
    return context;
  }

  end(): void {
    this.follow.disconnect();
    this.canvas.remove();
  }

  private measure({ clientWidth, clientHeight }: HTMLElement): void {
    this.size = { widthPx: clientWidth, heightPx: clientHeight };
  }
}
