import type { Box } from './box';

/** More pixels a CSS pixel cost more than they show. */
const largestPixelRatio = 3;

/** Pixels of an overlay's canvas a CSS pixel. */
export function overlayPixelRatio(): number {
  return Math.min(largestPixelRatio, devicePixelRatio);
}

/** Where no graphics processor draws, what is drawn by the page itself reaches the screen sooner than what WebGL's stand-in draws. */
export function contextSettings(isDrawnInSoftware: boolean): CanvasRenderingContext2DSettings {
  return { willReadFrequently: isDrawnInSoftware };
}

/** A canvas over a part of the page, as sharp as that is at any moment. */
export class OverlayCanvas {
  private readonly canvas: HTMLCanvasElement;
  private readonly isDrawnInSoftware: () => boolean;
  private context: CanvasRenderingContext2D | null = null;
  private isBlank = true;
  private style = '';

  /** @param isDrawnInSoftware is asked when it is drawn on for the first time. */
  constructor(place: HTMLElement, isDrawnInSoftware: () => boolean) {
    this.isDrawnInSoftware = isDrawnInSoftware;
    this.canvas = document.createElement('canvas');
    this.canvas.setAttribute('aria-hidden', 'true');
    this.canvas.hidden = true;
    place.append(this.canvas);
  }

  /** An empty picture of that part of its place, whose units are CSS pixels from the place's corner; null where there is none. */
  begin(part: Box): CanvasRenderingContext2D | null {
    const { canvas } = this;
    this.context ??= canvas.getContext('2d', contextSettings(this.isDrawnInSoftware()));
    const { context } = this;
    if (context === null) return null;
    canvas.hidden = false;
    const ratio = overlayPixelRatio();
    // Whole pixels of the display, so that a canvas that moves stays sharp.
    const [left, top] = [Math.floor(part.xPx * ratio), Math.floor(part.yPx * ratio)];
    const [width, height] = [Math.ceil(part.widthPx * ratio), Math.ceil(part.heightPx * ratio)];
    this.put(left / ratio, top / ratio, width / ratio, height / ratio);
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
    } else if (!this.isBlank) {
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, width, height);
    }
    this.isBlank = false;
    context.setTransform(ratio, 0, 0, ratio, -left, -top);
    return context;
  }

  hide(): void {
    this.canvas.hidden = true;
  }

  end(): void {
    this.canvas.remove();
  }

  private put(xPx: number, yPx: number, widthPx: number, heightPx: number): void {
    const style = `width:${widthPx}px;height:${heightPx}px;transform:translate(${xPx}px,${yPx}px)`;
    if (style === this.style) return;
    this.style = style;
    this.canvas.style.cssText = style;
  }
}
