import type { EnvironmentSpec, Thought } from '../../contract';
import { overlayTexts } from '../../texts/overlay';
import { prefersReducedMotion } from '../shell/theme';
import { CardCorner } from './card-corner';
import { type OddsRow, oddsRows, type SightRow, sightRows } from './card-rows';
import type { Box } from './free-place';
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

/** A few times a second are as often as numbers can be read; a pulse is drawn oftener. */
const drawEveryMs = 33;
/** Where the agent is seen in less, the card stands below the picture. */
const narrowPx = 430;
/** What is written over a simulation’s picture, and a line that may stand over any, are left free. */
const captionPx = 40;
const mostSightRows = 8;
const pulseMs = 450;
const cardPx = 176;
const paddingPx = 8;
const gaugePx = 44;
const rowPx = 16;
const sightPx = 13;
const surprisePx = 24;
const paper = 'rgb(12 16 24 / 80%)';
const ink = '#f2f5f8';
const faint = '#a9b4bf';
const oddsColour = '#f0ac17';
const valueColour = '#2cc79a';
const better = '#4fd08a';
const worse = '#ff8a5c';

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

  constructor(place: HTMLElement, taken: TakenPlaces) {
    this.taken = taken;
    this.holder = document.createElement('div');
    this.holder.className = 'overlay-thoughts';
    place.append(this.holder);
    this.picture = place;
    this.canvas = new OverlayCanvas(this.holder, 'overlay-senses');
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

  /**
   * @param size of the whole picture. @param inSight what the card should not hide.
   * @param typeScale how much larger it is than usual.
   */
  draw(
    thought: Thought | null,
    parts: readonly OverlayPart[],
    place: Place | null,
    size: Pick<Place, 'widthPx' | 'heightPx'>,
    inSight: () => readonly Box[],
    nowMs: number,
    typeScale: number,
  ): void {
    if (nowMs - this.drawnAtMs < drawEveryMs) return;
    this.drawnAtMs = nowMs;
    const { spec } = this;
    const isHidden = thought === null || spec === null || place === null || parts.length === 0;
    if (isHidden) {
      this.hide();
      return;
    }
    if (this.isNew && this.surprises.size(this.surprise) > 0.25 && !prefersReducedMotion()) {
      this.surprisedAtMs = nowMs;
    }
    this.isNew = false;
    const has = (part: OverlayPart) => parts.includes(part);
    const odds = has('odds') ? oddsRows(spec, thought) : [];
    const mostSights = Math.max(
      0,
      Math.floor((place.heightPx / typeScale - 150 - odds.length * rowPx) / sightPx),
    );
    const sightCount = Math.min(mostSights, mostSightRows);
    const sights = has('senses') ? sightRows(spec, this.placed, thought).slice(0, sightCount) : [];
    const rowsPx = odds.length * rowPx + (sights.length > 0 ? sights.length * sightPx + 4 : 0);
    const surpriseHeightPx = has('surprise') ? surprisePx : 0;
    const heightPx = Math.max(has('value') ? 74 : 0, rowsPx + surpriseHeightPx) + 2 * paddingPx;
    if (heightPx <= 2 * paddingPx) {
      this.hide();
      return;
    }
    this.put(place, heightPx, size, inSight, nowMs, typeScale);
    const context = this.canvas.begin(false);
    if (context === null) return;
    context.scale(typeScale, typeScale);
    context.fillStyle = paper;
    context.beginPath();
    context.roundRect(0, 0, cardPx, heightPx, 8);
    context.fill();
    context.textBaseline = 'middle';
    if (has('value')) this.drawValue(context, thought.value, heightPx);
    const leftPx = has('value') ? gaugePx + 6 : paddingPx;
    let topPx = paddingPx;
    for (const row of odds) {
      drawOdds(context, row, leftPx, topPx);
      topPx += rowPx;
    }
    if (sights.length > 0) topPx += 4;
    for (const row of sights) {
      drawSight(context, row, leftPx, topPx);
      topPx += sightPx;
    }
    if (has('surprise')) this.drawSurprise(context, leftPx, heightPx - paddingPx - surprisePx, nowMs);
  }

  /** What it lies over. */
  get places(): readonly Box[] {
    return this.box === null ? [] : [this.box];
  }

  end(): void {
    this.canvas.end();
    this.holder.remove();
  }

  private hide(): void {
    this.box = null;
    this.canvas.begin(true);
  }

  /** In a corner of where the agent is seen; beside it or below where there is room or none. */
  private put(
    place: Place,
    unscaledPx: number,
    size: Pick<Place, 'widthPx' | 'heightPx'>,
    inSight: () => readonly Box[],
    nowMs: number,
    typeScale: number,
  ): void {
    const [widthPx, heightPx] = [typeScale * cardPx, typeScale * unscaledPx];
    const isNarrow = place.widthPx < narrowPx && place.xPx < widthPx;
    const sizes = `width:${widthPx}px;height:${heightPx}px`;
    this.box = isNarrow
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
    this.canvas.size = { widthPx, heightPx };
    const below = document.querySelector('.arena-bar');
    if (isNarrow && below !== null) below.before(this.holder);
    else if (this.holder.parentElement !== this.picture) this.picture.append(this.holder);
  }

  private drawValue(context: CanvasRenderingContext2D, value: number, heightPx: number): void {
    const [topPx, bottomPx] = [paddingPx + 15, heightPx - paddingPx - 15];
    const [x, width] = [paddingPx + 9, 18];
    context.textAlign = 'center';
    context.fillStyle = faint;
    context.font = '600 11px ui-sans-serif, system-ui, sans-serif';
    context.fillText(overlayTexts.value, x + width / 2, paddingPx + 5);
    context.fillStyle = 'rgb(255 255 255 / 14%)';
    context.fillRect(x, topPx, width, bottomPx - topPx);
    const filledPx = (bottomPx - topPx) * this.values.share(value);
    context.fillStyle = valueColour;
    context.fillRect(x, bottomPx - filledPx, width, filledPx);
    context.fillStyle = ink;
    context.fillText(shortly(value), x + width / 2, heightPx - paddingPx - 5);
  }

  /** A ring that opens where something was better, or worse, than expected. */
  private drawSurprise(
    context: CanvasRenderingContext2D,
    leftPx: number,
    topPx: number,
    nowMs: number,
  ): void {
    const { surprise } = this;
    const [x, y] = [leftPx + 10, topPx + surprisePx / 2];
    const colour = surprise < 0 ? worse : better;
    const since = (nowMs - this.surprisedAtMs) / pulseMs;
    context.strokeStyle = colour;
    context.fillStyle = colour;
    context.beginPath();
    context.arc(x, y, 2 + 6 * this.surprises.size(surprise), 0, 2 * Math.PI);
    context.fill();
    if (since < 1) {
      context.globalAlpha = 1 - since;
      context.lineWidth = 2.5;
      context.beginPath();
      context.arc(x, y, 4 + 9 * since, 0, 2 * Math.PI);
      context.stroke();
      context.globalAlpha = 1;
    }
    context.textAlign = 'left';
    context.font = '600 12px ui-sans-serif, system-ui, sans-serif';
    const sign = surprise < 0 ? '−' : '+';
    context.fillText(`${overlayTexts.surprise} ${sign}${shortly(Math.abs(surprise))}`, x + 18, y + 0.5);
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

function drawOdds(context: CanvasRenderingContext2D, row: OddsRow, leftPx: number, topPx: number): void {
  const roomPx = cardPx - paddingPx - leftPx;
  const middlePx = topPx + rowPx / 2;
  context.fillStyle = 'rgb(255 255 255 / 10%)';
  context.fillRect(leftPx, topPx + 1, roomPx, rowPx - 3);
  context.fillStyle = oddsColour;
  if (row.kind === 'choice') {
    context.globalAlpha = 0.35 + 0.5 * row.odds;
    context.fillRect(leftPx, topPx + 1, roomPx * row.odds, rowPx - 3);
  } else {
    const inside = (share: number) => leftPx + roomPx * Math.min(1, Math.max(0, share));
    const [from, to] = [inside(row.mean - row.deviation), inside(row.mean + row.deviation)];
    context.globalAlpha = 0.5;
    context.fillRect(from, topPx + 1, to - from, rowPx - 3);
    context.globalAlpha = 1;
    context.fillRect(inside(row.mean) - 1.5, topPx + 1, 3, rowPx - 3);
  }
  context.globalAlpha = 1;
  context.font = '11px ui-sans-serif, system-ui, sans-serif';
  context.textAlign = 'left';
  context.fillStyle = ink;
  context.fillText(row.name, leftPx + 4, middlePx - 0.5, roomPx - 36);
  if (row.kind !== 'choice') return;
  context.textAlign = 'right';
  context.fillText(`${Math.round(100 * row.odds)} %`, cardPx - paddingPx - 3, middlePx - 0.5);
}

function drawSight(
  context: CanvasRenderingContext2D,
  { name, value }: SightRow,
  leftPx: number,
  topPx: number,
): void {
  const roomPx = cardPx - paddingPx - leftPx;
  const middlePx = topPx + sightPx / 2;
  const barPx = roomPx * 0.34;
  const zeroPx = leftPx + roomPx - barPx / 2;
  context.font = '10px ui-sans-serif, system-ui, sans-serif';
  context.textAlign = 'left';
  context.fillStyle = faint;
  context.fillText(name, leftPx, middlePx, roomPx - barPx - 36);
  context.textAlign = 'right';
  context.fillStyle = ink;
  context.fillText(value.toFixed(2), leftPx + roomPx - barPx - 4, middlePx);
  context.fillStyle = 'rgb(255 255 255 / 12%)';
  context.fillRect(zeroPx - barPx / 2, topPx + 2, barPx, sightPx - 5);
  context.fillStyle = '#3cc4ff';
  const toPx = (barPx / 2) * Math.min(1, Math.max(-1, value));
  context.fillRect(Math.min(zeroPx, zeroPx + toPx), topPx + 2, Math.abs(toPx), sightPx - 5);
}

/** Three digits at most, as there is room. */
function shortly(value: number): string {
  const size = Math.abs(value);
  const text = size >= 100 ? size.toFixed(0) : size >= 10 ? size.toFixed(1) : size.toFixed(2);
  return value < 0 ? `−${text}` : text;
}
