import type { LossMinibatch, LossTerm, LossTermKind, PolicyOutputs } from './loss-term';

const statistics = ['entropy'] as const;
type EntropyStatistic = (typeof statistics)[number];

/** What keeps a policy from growing sure too early (Schulman et al. 2017, eq. 9): L = −c_e · mean(H(π(·|s))). */
export const entropyTerm: LossTermKind<EntropyStatistic> = { statistics, create: () => new EntropyTerm() };

class EntropyTerm implements LossTerm<EntropyStatistic> {
  private minibatch: LossMinibatch | null = null;
  private sum = 0;

  begin(minibatch: LossMinibatch): void {
    this.minibatch = minibatch;
    this.sum = 0;
  }

  addBlock(_first: number, rows: number, outputs: PolicyOutputs, slopes: PolicyOutputs): void {
    const { indices, settings } = this.minibatch!;
    const slope = -(1 / indices.length) * settings.entropyCoefficient;
    for (let row = 0; row < rows; row++) {
      slopes.entropies[row] = slopes.entropies[row]! + slope;
      this.sum += outputs.entropies[row]!;
    }
  }

  loss(): number {
    return -this.minibatch!.settings.entropyCoefficient * this.statistics().entropy;
  }

  statistics() {
    return { entropy: this.sum / this.minibatch!.indices.length };
  }
}
