import type { AdvantageInput } from '../agent/gae';

const shownSurprises = 5;

/** The agent's steps with the largest |A|, the largest first; of equals the earlier. */
export function surprises(
  { shape, valid }: Pick<AdvantageInput, 'shape' | 'valid'>,
  advantages: Float32Array,
  agent: number,
): number[] {
  const { steps, agents } = shape;
  const size = (step: number) => Math.abs(advantages[step * agents + agent]!);
  const largest: number[] = [];
  for (let step = 0; step < steps; step++) {
    if (valid[step * agents + agent] === 0) continue;
    const smallest = largest.at(-1);
    if (largest.length === shownSurprises && smallest !== undefined && size(step) <= size(smallest)) continue;
    const place = largest.findIndex((other) => size(other) < size(step));
    largest.splice(place === -1 ? largest.length : place, 0, step);
    if (largest.length > shownSurprises) largest.pop();
  }
  return largest;
}
