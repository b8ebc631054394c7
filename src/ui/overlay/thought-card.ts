import type { EnvironmentSpec, Thought } from '../../contract';
import { prefersReducedMotion } from '../shell/theme';
import type { Box } from './box';
import { CardCorner } from './card-corner';
import { type CardLayout, cardLayout, cardPx } from './card-layout';
import { drawPaper, drawRows, drawSurprise, drawValue } from './card-paint';
import { OverlayCanvas } from './overlay-canvas';
import type { OverlayPart } from './overlay-state';
import { RunningScale } from './running-scale';
import type { TakenPlaces } from './taken-places';

/** Where the agent is seen, in CSS pixels from the corner of what holds the picture. */
interface Place {
  readonly xPx: number;
  readonly yPx: number;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly corner: 'top' | 'bottom';
}

/** A few times a second are as often as numbers can be read. */
const drawEveryMs = 60;
/** So long it waits for a frame that is not late and in which senses are not drawn. */
const mostWaitMs = 90;
/** Where the agent is seen in less, and where the picture is low, the card stands below it. */
const narrowPx = 430;
/** What is written over a simulation’s picture, and a line that may stand over any, are left free. */
const captionPx = 40;
const pulseMs = 450;

/** What is to be shown. */
export interface ShownThought {
  /** Null hides the card. */
  readonly thought: Thought | null;
  readonly parts: readonly OverlayPart[];
  /** Null hides it too. */
  readonly place: Place | null;
  /** Of the whole picture, in CSS pixels. */
  readonly size: Pick<Place, 'widthPx' | 'heightPx'>;
  /** What the card should not hide. */
  readonly inSight: () => readonly Box[];
  readonly nowMs: number;
  /** How much larger it is than usual. */
  readonly typeScale: number;
  /** Whether this frame has enough to do without it. */
  readonly mayWait: boolean;
}

/** What the policy thinks, in a corner of the picture: odds, value and surprise. */
export class ThoughtCard {
  private readonly holder: HTMLElement;
  private readonly canvas: OverlayCanvas;
  private spec: EnvironmentSpec | null = null;
  private placed = 0;
  private values = new RunningScale();
  private surprises = new RunningScale();
  private surprise = 0;
  private surprisedAtMs = Number.NEGATIVE_INFINITY;
  private isNew = false;
  private drawnAtMs = Number.NEGATIVE_INFINITY;
  private style = '';
  /** Over the picture; null where it is not there. */
  private box: Box | null = null;
  private readonly picture: HTMLElement;
  private readonly taken: TakenPlaces;
  private readonly corner = new CardCorner();

  constructor(place: HTMLElement, taken: TakenPlaces, isDrawnInSoftware: () => boolean) {
    this.taken = taken;
    this.holder = document.createElement('div');
    this.holder.className = 'overlay-thoughts';
    place.append(this.holder);
    this.picture = place;
    this.canvas = new OverlayCanvas(this.holder, isDrawnInSoftware);
  }

  /** @param placed how many of the last numbers that it sees are drawn where they are. */
  begin(spec: EnvironmentSpec, placed: number): void {
    this.spec = spec;
    this.placed = placed;
    this.values = new RunningScale();
    this.surprises = new RunningScale();
    this.corner.begin();
  }

  heard({ value, surprise }: Thought): void {
    this.values.take(value);
    if (surprise === null) return;
    this.surprises.take(surprise);
    this.surprise = surprise;
    this.isNew = true;
  }

  draw(shown: ShownThought): void {
    const { nowMs } = shown;
    const sinceMs = nowMs - this.drawnAtMs;
    if (sinceMs < drawEveryMs || (shown.mayWait && sinceMs < mostWaitMs)) return;
    this.drawnAtMs = nowMs;
    const { thought, place } = shown;
    const layout = this.layoutOf(shown);
    if (layout === null || thought === null || place === null) {
      this.hide();
      return;
    }
    if (this.isNew && this.surprises.size(this.surprise) > 0.25 && !prefersReducedMotion()) {
      this.surprisedAtMs = nowMs;
    }
    this.isNew = false;
    this.put(shown, place, layout.heightPx);
    this.paint(layout, thought, shown);
  }

  /** What it lies over. */
  get places(): readonly Box[] {
    return this.box === null ? [] : [this.box];
  }

  end(): void {
    this.canvas.end();
    this.holder.remove();
  }

  private layoutOf({ thought, parts, place, typeScale }: ShownThought): CardLayout | null {
    if (thought === null || this.spec === null || place === null) return null;
    return cardLayout(this.spec, this.placed, thought, parts, place.heightPx / typeScale);
  }

  private paint(layout: CardLayout, thought: Thought, { nowMs, typeScale }: ShownThought): void {
    const { heightPx } = layout;
    const [widthPx, fullHeightPx] = [typeScale * cardPx, typeScale * heightPx];
    const context = this.canvas.begin({ xPx: 0, yPx: 0, widthPx, heightPx: fullHeightPx });
    if (context === null) return;
    context.scale(typeScale, typeScale);
    drawPaper(context, heightPx);
    if (layout.hasValue) drawValue(context, thought.value, this.values.share(thought.value), heightPx);
    drawRows(context, layout);
    if (layout.hasSurprise) {
      const { surprise } = this;
      const size = this.surprises.size(surprise);
      drawSurprise(context, layout, surprise, size, (nowMs - this.surprisedAtMs) / pulseMs);
    }
  }

  private hide(): void {
    this.box = null;
    this.canvas.hide();
  }

  /** In a corner of where the agent is seen; beside it or below where there is room or none. */
  private put({ size, inSight, nowMs, typeScale }: ShownThought, place: Place, unscaledPx: number): void {
    const [widthPx, heightPx] = [typeScale * cardPx, typeScale * unscaledPx];
    const isNarrow = place.widthPx < narrowPx && place.xPx < widthPx;
    // Beside an arena of a simulation its tiles stand, and on it the card would hide whoever plays in its half.
    const isLow = place.corner === 'top' && place.heightPx < 2 * heightPx;
    const isBelow = isNarrow || isLow;
    const sizes = `width:${widthPx}px;height:${heightPx}px`;
    this.box = isBelow
      ? null
      : this.corner.place(
          cornersOf(place, { widthPx, heightPx }, size.widthPx, typeScale),
          this.taken.at(nowMs),
          inSight,
          { xPx: 0, yPx: 0, ...size },
          nowMs,
        );
    const { box } = this;
    const style = box === null ? `position:relative;${sizes}` : `left:${box.xPx}px;top:${box.yPx}px;${sizes}`;
    if (style === this.style) return;
    this.style = style;
    this.holder.style.cssText = style;
    const below = document.querySelector('.arena-bar');
    if (isBelow && below !== null) below.before(this.holder);
    else if (this.holder.parentElement !== this.picture) this.picture.append(this.holder);
  }
}

/** Those at the left first, and of these the one where least is usually seen. */
function cornersOf(
  { xPx, yPx, widthPx, heightPx, corner }: Place,
  card: Pick<Place, 'widthPx' | 'heightPx'>,
  wholePx: number,
  typeScale: number,
): readonly [Box, ...Box[]] {
  const besidePx = card.widthPx + 16;
  const endPx = xPx + widthPx;
  const left = xPx >= besidePx ? xPx - card.widthPx - 8 : xPx + 8;
  // Beside an arena of a simulation its tiles stand.
  const isRoomAtRight = corner === 'bottom' && wholePx - endPx >= besidePx;
  const right = isRoomAtRight ? endPx + 8 : endPx - card.widthPx - 8;
  const top = yPx + captionPx * typeScale;
  const bottom = Math.max(0, yPx + heightPx - card.heightPx - 8);
  const rows = corner === 'top' ? [top, bottom] : [bottom, top];
  const boxes = [left, right].flatMap((x) => rows.map((y) => ({ xPx: x, yPx: y, ...card })));
  return boxes as [Box, ...Box[]]; // two by two
}
