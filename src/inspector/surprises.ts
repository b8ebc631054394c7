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
  return Array.from({ length: steps }, (_, step) => step)
    .filter((step) => valid[step * agents + agent] !== 0)
    .sort((left, right) => size(right) - size(left) || left - right)
    .slice(0, shownSurprises);
}
