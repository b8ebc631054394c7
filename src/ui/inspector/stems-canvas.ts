import { typeScale } from '../kit/type-scale';
import type { LitStretch, StemRow } from './stem-rows';
import { columnSpans } from './stems';

/** What is drawn of the stems on the screen. */
export interface StemsDrawing {
  readonly rows: readonly StemRow[];
  readonly lit: readonly LitStretch[];
  readonly chosen: number;
  readonly hovered: number | null;
}

/** Of a stem and of a line, where they have room; CSS pixels at usual type. */
const stemPx = 1.5;
const linePx = 1.5;
const ghostShare = 0.45;
const litShare = 0.5;
/** Of a row, between its stems and the next row's. */
const marginShare = 0.06;

interface Colours {
  readonly stem: string;
  readonly ghost: string;
  readonly signal: string;
  readonly line: string;
}

/** A canvas as it was drawn last. */
interface Drawn extends StemsDrawing {
  readonly canvas: HTMLCanvasElement;
  /** All that every row depends on: size, scale and colours. */
  readonly look: string;
}

/** Draws the stems, and of what it has drawn already only the rows that are not the same any more. */
export class StemsPainter {
  private drawn: Drawn | null = null;

  /**
   * At the display's own pixels. Where several steps share a pixel their stems are one, so that a long rollout costs no
   * more than a short one.
   */
  draw(canvas: HTMLCanvasElement, drawing: StemsDrawing): void {
    const { clientWidth, clientHeight } = canvas;
    // Kept by the processor: it is filled by thousands of small rectangles, and read by nobody but the page.
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (context === null || clientWidth === 0) return;
    const ratio = window.devicePixelRatio;
    const [width, height] = [Math.round(clientWidth * ratio), Math.round(clientHeight * ratio)];
    const colours = coloursOf(canvas);
    const scale = ratio * typeScale(canvas);
    const look = JSON.stringify([width, height, scale, colours]);
    const before = this.drawn?.canvas === canvas && this.drawn.look === look ? this.drawn : null;
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    const { rows } = drawing;
    rows.forEach((row, index) => {
      if (before !== null && isSameRow(before, drawing, index)) return;
      const top = Math.round((index * height) / rows.length);
      const bottom = Math.round(((index + 1) * height) / rows.length);
      drawRow(context, row, drawing, { top, width, height: bottom - top }, colours, ratio, scale);
    });
    this.drawn = { ...drawing, canvas, look };
  }
}

function coloursOf(canvas: HTMLCanvasElement): Colours {
  const look = getComputedStyle(canvas);
  return {
    stem: look.color,
    ghost: look.outlineColor,
    signal: look.textDecorationColor,
    line: look.borderTopColor,
  };
}

function isSameRow(before: StemsDrawing, now: StemsDrawing, index: number): boolean {
  const row = now.rows[index];
  const isMarkedAlike = before.chosen === now.chosen && before.hovered === now.hovered;
  return before.rows[index] === row && isMarkedAlike && (row?.name !== 'δ' || before.lit === now.lit);
}

/** In canvas pixels. */
interface RowBox {
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

function drawRow(
  context: CanvasRenderingContext2D,
  { name, numbers, ghost, largest }: StemRow,
  { lit, chosen, hovered }: StemsDrawing,
  { top, width, height }: RowBox,
  colours: Colours,
  ratio: number,
  scale: number,
): void {
  const steps = numbers.length;
  const middle = top + height / 2;
  const half = height * (0.5 - marginShare);
  const fill = (style: string, alpha: number, x: number, y: number, w: number, h: number) => {
    context.fillStyle = style;
    context.globalAlpha = alpha;
    context.fillRect(x, y, w, h);
  };
  context.clearRect(0, top, width, height);
  if (name === 'δ') {
    for (const { first, count, weight } of lit) {
      const from = (first / steps) * width;
      fill(colours.signal, weight * litShare, from, top, Math.max(1, (count / steps) * width), height);
    }
  }
  fill(colours.line, 1, 0, Math.round(middle), width, ratio);
  const columns = Math.min(steps, width);
  const column = width / columns;
  const draw = (of: Float32Array, style: string, alpha: number, thick: number) => {
    const stem = Math.max(1, Math.min(column, thick * scale));
    const { up, down } = columnSpans(of, largest, columns);
    context.fillStyle = style;
    context.globalAlpha = alpha;
    for (let at = 0; at < columns; at++) {
      const share = up[at]! + down[at]!;
      if (share > 0) {
        context.fillRect((at + 0.5) * column - stem / 2, middle - up[at]! * half, stem, share * half);
      }
    }
  };
  if (ghost !== null) draw(ghost, colours.ghost, ghostShare, 2 * stemPx);
  draw(numbers, colours.stem, 1, stemPx);
  const mark = (step: number, style: string) =>
    fill(style, 1, ((step + 0.5) / steps) * width - (linePx * scale) / 2, top, linePx * scale, height);
  if (hovered !== null) mark(hovered, colours.ghost);
  mark(chosen, colours.signal);
}
