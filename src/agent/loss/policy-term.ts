import type { LossMinibatch, LossTerm, LossTermKind, PolicyOutputs } from './loss-term';

const statistics = ['policyLoss', 'approximateKl', 'clipFraction', 'ratioDeviation'] as const;
type PolicyStatistic = (typeof statistics)[number];

/**
 * The clipped surrogate objective, negated (Schulman et al. 2017, eq. 7), A being normalised advantages and
 * r = π(a|s) / π_old(a|s):
 *
 *     L = mean(max(−A·r, −A·clip(r, 1 − ε, 1 + ε)))
 *     ∂L/∂ log π = −A·r / B where the plain term is the larger or equal, else 0
 *
 * Besides, it reports how far the policy has moved: the KL by the k3 estimator (Schulman 2020, “Approximating KL
 * divergence”), the share of ratios that were clipped, and the largest |r − 1| among steps of the very policy that is
 * trained, which is 0 but for rounding before its first step.
 */
export const policyTerm: LossTermKind<PolicyStatistic> = { statistics, create: () => new PolicyTerm() };

class PolicyTerm implements LossTerm<PolicyStatistic> {
  private minibatch: LossMinibatch | null = null;
  private advantages = new Float64Array(0); // [B], normalised
  private lossSum = 0;
  private klSum = 0;
  private clipped = 0;
  private largestDeviation = 0;

  begin(minibatch: LossMinibatch): void {
    const { batch, indices } = minibatch;
    this.minibatch = minibatch;
    if (this.advantages.length !== indices.length) this.advantages = new Float64Array(indices.length);
    for (let i = 0; i < indices.length; i++) {
      this.advantages[i] = batch.estimates.advantages[indices[i]!]!;
    }
    normalise(this.advantages);
    this.lossSum = 0;
    this.klSum = 0;
    this.clipped = 0;
    this.largestDeviation = 0;
  }

  addBlock(first: number, rows: number, outputs: PolicyOutputs, slopes: PolicyOutputs): void {
    const { batch, indices, settings } = this.minibatch!;
    const { clipRange } = settings;
    const share = 1 / indices.length;
    for (let row = 0; row < rows; row++) {
      const step = indices[first + row]!;
      const advantage = this.advantages[first + row]!;
      const logRatio = outputs.logProbabilities[row]! - batch.logProbabilities[step]!;
      const ratio = Math.exp(logRatio);
      const plain = -advantage * ratio;
      const clipped = -advantage * clamp(ratio, 1 - clipRange, 1 + clipRange);
      const ratioSlope = plain >= clipped ? -share * advantage : 0;
      slopes.logProbabilities[row] = slopes.logProbabilities[row]! + ratioSlope * ratio;

      const deviation = Math.abs(ratio - 1);
      this.lossSum += Math.max(plain, clipped);
      this.klSum += Math.expm1(logRatio) - logRatio;
      this.clipped += deviation > clipRange ? 1 : 0;
      this.largestDeviation = Math.max(this.largestDeviation, batch.onVersion[step]! * deviation);
    }
  }

  loss(): number {
    return this.lossSum / this.minibatch!.indices.length;
  }

  statistics() {
    const size = this.minibatch!.indices.length;
    return {
      policyLoss: this.loss(),
      approximateKl: this.klSum / size,
      clipFraction: this.clipped / size,
      ratioDeviation: this.largestDeviation,
    };
  }
}

/** Centres and scales by the numbers' own mean and unbiased standard deviation; leaves a single one as it is. */
function normalise(numbers: Float64Array): void {
  const count = numbers.length;
  if (count < 2) return;
  let sum = 0;
  for (let i = 0; i < count; i++) sum += numbers[i]!;
  const mean = sum / count;
  let squares = 0;
  for (let i = 0; i < count; i++) squares += (numbers[i]! - mean) * (numbers[i]! - mean);
  const scale = Math.sqrt(squares / (count - 1)) + 1e-8;
  for (let i = 0; i < count; i++) numbers[i] = (numbers[i]! - mean) / scale;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
