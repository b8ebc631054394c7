/** A row of stems: one a step, from 0 up or down. */
export interface Stems {
  /** Path data in a box `[0, count] × [0, heightUnits]`, whose middle is 0. */
  readonly path: string;
  /** What the box’s half height stands for. */
  readonly largest: number;
}

export const heightUnits = 40;

/** @param at the number of step i. @param largest what the half height stands for; by itself the largest there is. */
export function stems(count: number, at: (step: number) => number, largest = largestOf(count, at)): Stems {
  const half = heightUnits / 2;
  const scale = largest > 0 ? half / largest : 0;
  let path = '';
  for (let step = 0; step < count; step++) {
    const height = at(step) * scale;
    if (Math.abs(height) < 0.05 || Number.isNaN(height)) continue;
    path += `M${step + 0.5} ${half}v${(-height).toFixed(2)}`;
  }
  return { path, largest };
}

function largestOf(count: number, at: (step: number) => number): number {
  let largest = 0;
  for (let step = 0; step < count; step++) {
    const size = Math.abs(at(step));
    if (size > largest) largest = size;
  }
  return largest;
}
