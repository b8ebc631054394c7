export const heightUnits = 40;

/**
 * Stems, one a step, from 0 up or down, as path data in a box `[0, count] × [0, heightUnits]` whose middle is 0.
 *
 * @param at the number of step i. @param largest what the half height stands for; by itself the largest there is.
 */
export function stems(count: number, at: (step: number) => number, largest = largestOf(count, at)): string {
  const half = heightUnits / 2;
  const scale = largest > 0 ? half / largest : 0;
  let path = '';
  for (let step = 0; step < count; step++) {
    // Tenths of a pixel at most; whole hundredths are quicker to write than `toFixed`.
    const height = Math.round(at(step) * scale * 100) / 100;
    if (Math.abs(height) < 0.05 || Number.isNaN(height)) continue;
    path += `M${step + 0.5} ${half}v${-height}`;
  }
  return path;
}

export function largestOf(count: number, at: (step: number) => number): number {
  let largest = 0;
  for (let step = 0; step < count; step++) {
    const size = Math.abs(at(step));
    if (size > largest) largest = size;
  }
  return largest;
}
