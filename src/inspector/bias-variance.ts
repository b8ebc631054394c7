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
  const { known, correlation } = correlationWith(cameTrue, input.values, advantages);
  return { spread: spreadOver(input, advantages), correlation, known };
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

/** Pearson's of A with what came less V, where that is known; null with fewer than two such, or where one never varies. */
function correlationWith(
  came: Float64Array,
  values: Float32Array,
  advantages: Float32Array,
): Pick<BiasVariance, 'known' | 'correlation'> {
  let [known, meanOwn, meanBeyond] = [0, 0, 0];
  let [both, ownSquares, beyondSquares] = [0, 0, 0];
  for (let cell = 0; cell < came.length; cell++) {
    if (Number.isNaN(came[cell])) continue;
    // Welford's way again, of two at once.
    known++;
    const beyond = came[cell]! - values[cell]!;
    const ownStep = advantages[cell]! - meanOwn;
    const beyondStep = beyond - meanBeyond;
    meanOwn += ownStep / known;
    meanBeyond += beyondStep / known;
    both += ownStep * (beyond - meanBeyond);
    ownSquares += ownStep * (advantages[cell]! - meanOwn);
    beyondSquares += beyondStep * (beyond - meanBeyond);
  }
  const isDefined = known > 1 && ownSquares > 0 && beyondSquares > 0;
  const correlation = both / Math.sqrt(ownSquares * beyondSquares);
  return { known, correlation: isDefined ? Math.max(-1, Math.min(1, correlation)) : null };
}
