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
export interface ColumnSpans {
  readonly up: Float32Array; // [columns]
  readonly down: Float32Array; // [columns]
}

/** Where there are more steps than columns, what each column of a picture shows. */
export function columnSpans(numbers: Float32Array, largest: number, columns: number): ColumnSpans {
  const [up, down] = [new Float32Array(columns), new Float32Array(columns)];
  if (largest === 0) return { up, down };
  for (let step = 0; step < numbers.length; step++) {
    const column = Math.floor((step * columns) / numbers.length);
    const share = numbers[step]! / largest;
    if (share > up[column]!) up[column] = share;
    if (-share > down[column]!) down[column] = -share;
  }
  return { up, down };
}
