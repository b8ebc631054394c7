import { type PictureSize, pictureSize, type Room } from './picture-size';

/**
 * The two canvases that make a picture, and the one owner of their size: on the `ground` scenes paint what stands still,
 * over it lies the one on which Phaser draws what moves.
 *
 * CSS makes both as large as their parent at every moment. How many pixels they have is settled once a frame, in
 * `update`, for both together; until then they are stretched alike, and what stands on the ground stays on it.
 */
export class CanvasPair {
  readonly ground: HTMLCanvasElement;
  private readonly observer: ResizeObserver;
  private moving: HTMLCanvasElement | null = null;
  private room: Room;
  /** What the present size was made from. */
  private measured: { readonly room: Room | null; readonly ratio: number } = { room: null, ratio: 0 };
  private present: PictureSize | null = null;
  private repaints = 0;

  /** Puts the ground into `parent`, which must be positioned. */
  constructor(parent: HTMLElement) {
    this.ground = document.createElement('canvas');
    this.ground.setAttribute('aria-hidden', 'true');
    this.ground.addEventListener('contextrestored', this.requireRepaint);
    fill(this.ground);
    parent.append(this.ground);
    this.room = { widthPx: parent.clientWidth, heightPx: parent.clientHeight };
    this.observer = new ResizeObserver((entries) => {
      const entry = entries.at(-1);
      if (entry !== undefined) this.room = roomOf(entry);
    });
    observe(this.observer, parent);
  }

  /** Lays the canvas on which Phaser draws over the ground. */
  adopt(moving: HTMLCanvasElement): void {
    fill(moving);
    this.ground.after(moving);
    this.moving = moving;
  }

  /** As of the last `update`, the same object while it stays; null where there is no room for a picture. */
  get size(): PictureSize | null {
    return this.present;
  }

  /** Grows whenever the ground must be painted again, though its size is the same. */
  get repaintsRequired(): number {
    return this.repaints;
  }

  /**
   * Settles the size for the frame that begins. The pixel ratio is read here, since zooming or another display may
   * change it and nothing else. Returns true where the canvases' pixels are others than before; Phaser's canvas gets
   * them from Phaser.
   */
  update(): boolean {
    const { room, measured, present: before } = this;
    const ratio = window.devicePixelRatio;
    if (room === measured.room && ratio === measured.ratio) return false;
    this.measured = { room, ratio };
    const next = pictureSize(room, ratio);
    this.present = next;
    if (next === null) return false;
    return before?.canvasWidth !== next.canvasWidth || before.canvasHeight !== next.canvasHeight;
  }

  /** An empty ground of the present size, whose units are CSS pixels; null where nothing can be painted. */
  beginGround(): CanvasRenderingContext2D | null {
    const { ground, present } = this;
    if (present === null) return null;
    ground.width = present.canvasWidth;
    ground.height = present.canvasHeight;
    ground.style.visibility = '';
    const context = ground.getContext('2d', { alpha: false });
    context?.scale(present.pixelRatio, present.pixelRatio);
    return context;
  }

  /** Hides what stands still until it is painted again: another scene takes its place. */
  hideGround(): void {
    this.ground.style.visibility = 'hidden';
    this.requireRepaint();
  }

  /** Moves the whole picture aside, in CSS pixels. */
  shift(xPx: number, yPx: number): void {
    const moved = Math.abs(xPx) > 0.05 ? `translate(${xPx.toFixed(1)}px, ${yPx.toFixed(1)}px)` : '';
    this.ground.style.transform = moved;
    if (this.moving !== null) this.moving.style.transform = moved;
  }

  /** Takes both canvases away. */
  end(): void {
    this.observer.disconnect();
    this.ground.removeEventListener('contextrestored', this.requireRepaint);
    this.ground.remove();
    this.moving?.remove();
  }

  private readonly requireRepaint = () => {
    this.repaints += 1;
  };
}

/** Out of the flow, so that a canvas never holds its container open while that shrinks. */
function fill(canvas: HTMLCanvasElement): void {
  Object.assign(canvas.style, { position: 'absolute', inset: '0', width: '100%', height: '100%' });
}

function roomOf({ contentRect, devicePixelContentBoxSize }: ResizeObserverEntry): Room {
  const { width: widthPx, height: heightPx } = contentRect;
  // Safari does not tell the display's pixels.
  const [device] = devicePixelContentBoxSize ?? [];
  if (device === undefined) return { widthPx, heightPx };
  return { widthPx, heightPx, deviceWidth: device.inlineSize, deviceHeight: device.blockSize };
}

function observe(observer: ResizeObserver, element: HTMLElement): void {
  try {
    observer.observe(element, { box: 'device-pixel-content-box' });
  } catch {
    observer.observe(element);
  }
}
