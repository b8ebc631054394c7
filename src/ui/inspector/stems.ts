export const heightUnits = 40;

/**
 * Stems, one a step, from 0 up or down, as path data in a box `[0, steps] × [0, heightUnits]` whose middle is 0: for
 * paper, which a canvas would be too coarse for.
 *
 * @param largest what the half height stands for.
 */
export function stemsPath(numbers: Float32Array, largest: number): string {
  const half = heightUnits / 2;
  const scale = largest > 0 ? half / largest : 0;
  let path = '';
  numbers.forEach((number, step) => {
    const height = Math.round(number * scale * 100) / 100;
    if (Math.abs(height) < 0.05 || Number.isNaN(height)) return;
    path += `M${step + 0.5} ${half}v${-height}`;
  });
  return path;
}

/** Stems that share a column of a picture, as one: how far they go up and down, in shares of the half height. */
export interface ColumnSpan {
  readonly up: number;
  readonly down: number;
}

/** Where there are more steps than columns, what each column of a picture shows. */
export function columnSpans(numbers: Float32Array, largest: number, columns: number): readonly ColumnSpan[] {
  const spans = Array.from({ length: columns }, () => ({ up: 0, down: 0 }));
  if (largest === 0) return spans;
  numbers.forEach((number, step) => {
    const span = spans[Math.floor((step * columns) / numbers.length)]!;
    const share = number / largest;
    if (share > span.up) span.up = share;
    if (-share > span.down) span.down = -share;
  });
  return spans;
}
