import type { AdvantageInput } from '../agent/gae';

/** What λ trades: how much advantages scatter, and how well they tell what came. */
export interface BiasVariance {
  /** √ of the mean, over steps, of the advantages' variance over agents; null with fewer than two agents. */
  readonly spread: number | null;
  /**
   * Correlation of A_t with what really came beyond the critic's word: the discounted rewards to the episode's end less
   * V(s_t). Null where no episode that ended can tell.
   */
  readonly correlation: number | null;
  /** Steps that the correlation is taken over: those whose episode came to a real end in the rollout. */
  readonly known: number;
}

/** @param advantages `[T, N]` under whatever settings are to be judged. */
export function biasVariance(
  input: AdvantageInput,
  advantages: Float32Array,
  cameTrue: Float64Array,
): BiasVariance {
  const pairs: [number, number][] = [];
  cameTrue.forEach((came, cell) => {
    if (!Number.isNaN(came)) pairs.push([advantages[cell]!, came - input.values[cell]!]);
  });
  return { spread: spreadOver(input, advantages), correlation: correlation(pairs), known: pairs.length };
}

/**
 * The discounted rewards from each step to its episode's end, `[T, N]`; NaN where they are not known: the rollout or a
 * time limit cut the episode, or another controller took over.
 */
export function returnsThatCame(input: AdvantageInput, discount: number): Float64Array {
  const { steps, agents } = input.shape;
  const came = new Float64Array(steps * agents).fill(Number.NaN);
  for (let agent = 0; agent < agents; agent++) {
    let later = Number.NaN;
    for (let step = steps - 1; step >= 0; step--) {
      const cell = step * agents + agent;
      if (input.terminated[cell] !== 0) later = 0;
      else if (input.truncated[cell] !== 0) later = Number.NaN;
      later = input.valid[cell] === 0 ? Number.NaN : input.rewards[cell]! + discount * later;
      came[cell] = later;
    }
  }
  return came;
}

function spreadOver({ shape, valid }: AdvantageInput, advantages: Float32Array): number | null {
  const { steps, agents } = shape;
  let total = 0;
  let counted = 0;
  for (let step = 0; step < steps; step++) {
    let count = 0;
    let sum = 0;
    let squares = 0;
    for (let cell = step * agents; cell < (step + 1) * agents; cell++) {
      if (valid[cell] === 0) continue;
      // Welford's way: no difference of large squares.
      count++;
      const deviation = advantages[cell]! - sum;
      sum += deviation / count;
      squares += deviation * (advantages[cell]! - sum);
    }
    if (count < 2) continue;
    total += squares / (count - 1);
    counted++;
  }
  return counted === 0 ? null : Math.sqrt(total / counted);
}

/** Pearson's; null where there are fewer than two pairs, or one side never varies. */
function correlation(pairs: readonly (readonly [number, number])[]): number | null {
  if (pairs.length < 2) return null;
  const mean = (side: 0 | 1) => pairs.reduce((sum, pair) => sum + pair[side], 0) / pairs.length;
  const [left, right] = [mean(0), mean(1)];
  let [both, lefts, rights] = [0, 0, 0];
  for (const pair of pairs) {
    both += (pair[0] - left) * (pair[1] - right);
    lefts += (pair[0] - left) ** 2;
    rights += (pair[1] - right) ** 2;
  }
  return lefts > 0 && rights > 0 ? Math.max(-1, Math.min(1, both / Math.sqrt(lefts * rights))) : null;
}
