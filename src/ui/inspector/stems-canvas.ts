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

/**
 * Draws all rows in one pass, at the display's own pixels. Where several steps share a pixel their stems are one, so that
 * a long rollout costs no more than a short one.
 */
export function drawStems(canvas: HTMLCanvasElement, { rows, lit, chosen, hovered }: StemsDrawing): void {
  const { clientWidth, clientHeight } = canvas;
  // Kept by the processor: it is filled by thousands of small rectangles, and read by nobody but the page.
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null || clientWidth === 0) return;
  const ratio = window.devicePixelRatio;
  const [width, height] = [Math.round(clientWidth * ratio), Math.round(clientHeight * ratio)];
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  else context.clearRect(0, 0, width, height);
  const look = getComputedStyle(canvas);
  const colours = {
    stem: look.color,
    ghost: look.outlineColor,
    signal: look.textDecorationColor,
    line: look.borderTopColor,
  };
  const scale = ratio * typeScale(canvas);
  const steps = rows[0]?.numbers.length ?? 1;
  const rowHeight = height / rows.length;
  const fill = (style: string, alpha: number, x: number, y: number, w: number, h: number) => {
    context.fillStyle = style;
    context.globalAlpha = alpha;
    context.fillRect(x, y, w, h);
  };
  rows.forEach(({ name, numbers, ghost, largest }, index) => {
    const top = index * rowHeight;
    const middle = top + rowHeight / 2;
    const half = rowHeight * (0.5 - marginShare);
    if (name === 'δ') {
      for (const { first, count, weight } of lit) {
        const from = (first / steps) * width;
        fill(colours.signal, weight * litShare, from, top, Math.max(1, (count / steps) * width), rowHeight);
      }
    }
    fill(colours.line, 1, 0, Math.round(middle), width, ratio);
    const draw = (of: Float32Array, style: string, alpha: number, thick: number) => {
      const columns = Math.min(steps, width);
      const column = width / columns;
      const stem = Math.max(1, Math.min(column, thick * scale));
      context.fillStyle = style;
      context.globalAlpha = alpha;
      columnSpans(of, largest, columns).forEach(({ up, down }, at) => {
        if (up + down === 0) return;
        context.fillRect((at + 0.5) * column - stem / 2, middle - up * half, stem, (up + down) * half);
      });
    };
    if (ghost !== null) draw(ghost, colours.ghost, ghostShare, 2 * stemPx);
    draw(numbers, colours.stem, 1, stemPx);
  });
  const mark = (step: number, style: string) =>
    fill(style, 1, ((step + 0.5) / steps) * width - (linePx * scale) / 2, 0, linePx * scale, height);
  if (hovered !== null) mark(hovered, colours.ghost);
  mark(chosen, colours.signal);
}
