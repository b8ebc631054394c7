import type { LossMinibatch, LossTerm, LossTermKind, PolicyOutputs } from './loss-term';

const statistics = ['valueLoss'] as const;
type ValueStatistic = (typeof statistics)[number];

/**
 * The critic's error, R being the λ-returns and V_old what the critic said that acted along:
 *
 *     L = c_v · mean((V − R)²), half of it in the half form
 *
 * With value clipping, each square is the larger of that and (V_old + clip(V − V_old, ±ε) − R)², whose slope is 0 where
 * V moved further than ε.
 */
export const valueTerm: LossTermKind<ValueStatistic> = { statistics, create: () => new ValueTerm() };

class ValueTerm implements LossTerm<ValueStatistic> {
  private minibatch: LossMinibatch | null = null;
  private sum = 0;

  begin(minibatch: LossMinibatch): void {
    this.minibatch = minibatch;
    this.sum = 0;
  }

  addBlock(first: number, rows: number, outputs: PolicyOutputs, slopes: PolicyOutputs): void {
    const { batch, indices, settings } = this.minibatch!;
    const { returns } = batch.estimates;
    const { valueClip, valueClipRange, valueCoefficient } = settings;
    const half = settings.valueLoss === 'halfMeanSquared' ? 0.5 : 1;
    const scale = (1 / indices.length) * valueCoefficient * half;
    for (let row = 0; row < rows; row++) {
      const step = indices[first + row]!;
      const value = outputs.values[row]!;
      const error = value - returns[step]!;
      let square = error * error;
      let squareSlope = 2 * error;
      if (valueClip) {
        const oldValue = batch.values[step]!;
        const moved = value - oldValue;
        const clippedMove = Math.min(valueClipRange, Math.max(-valueClipRange, moved));
        const clippedError = oldValue + clippedMove - returns[step]!;
        if (clippedError * clippedError > square) {
          square = clippedError * clippedError;
          squareSlope = clippedMove === moved ? 2 * clippedError : 0;
        }
      }
      slopes.values[row] = slopes.values[row]! + scale * squareSlope;
      this.sum += half * square;
    }
  }

  loss(): number {
    return this.minibatch!.settings.valueCoefficient * this.statistics().valueLoss;
  }

  statistics() {
    return { valueLoss: this.sum / this.minibatch!.indices.length };
  }
}
