import type { Box } from './free-place';

/** More pixels a CSS pixel cost more than they show. */
const largestPixelRatio = 3;

/** A canvas over a place of the page, as large and as sharp as that is at any moment. */
export class OverlayCanvas {
  private readonly canvas: HTMLCanvasElement;
  private readonly follow: ResizeObserver;
  private isBlank = true;
  private style = '';
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

  /**
   * An empty picture, in CSS pixels from the place's corner; null where nothing is to be seen.
   *
   * @param part of the place that is drawn on: what is laid over the game costs each frame by its size.
   */
  begin(isHidden: boolean, part: Box = { xPx: 0, yPx: 0, ...this.size }): CanvasRenderingContext2D | null {
    const { canvas } = this;
    if (canvas.hidden !== isHidden) canvas.hidden = isHidden;
    if (isHidden || part.widthPx < 1 || part.heightPx < 1) return null;
    this.put(part);
    const ratio = Math.min(largestPixelRatio, devicePixelRatio);
    const [width, height] = [Math.round(part.widthPx * ratio), Math.round(part.heightPx * ratio)];
    const context = canvas.getContext('2d');
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
    } else if (!this.isBlank) {
      context?.setTransform(1, 0, 0, 1, 0, 0);
      context?.clearRect(0, 0, width, height);
    }
    this.isBlank = false;
    context?.setTransform(ratio, 0, 0, ratio, -part.xPx * ratio, -part.yPx * ratio);
    return context;
  }

  end(): void {
    this.follow.disconnect();
    this.canvas.remove();
  }

  private put({ xPx, yPx, widthPx, heightPx }: Box): void {
    const style = `left:${xPx}px;top:${yPx}px;width:${widthPx}px;height:${heightPx}px`;
    if (style === this.style) return;
    this.style = style;
    this.canvas.style.cssText = style;
  }

  private measure({ clientWidth, clientHeight }: HTMLElement): void {
    this.size = { widthPx: clientWidth, heightPx: clientHeight };
  }
}
