import { describe, expect, it } from 'vitest';
import { emptyLearned, spaceSizes } from '../../contract';
import type { EstimatedBatch, StepSettings } from '../minibatch';
import { cleanrlStep } from '../testing/trainer-properties';
import { testSpaces } from '../testing/training-cases';
import { MinibatchLoss } from './minibatch-loss';

/** What one step's loss is made of; by default the policy's two choices are even and nothing has moved. */
interface Step {
  readonly oldLogProbability?: number;
  readonly advantage?: number;
  readonly value?: number;
  readonly oldValue?: number;
  readonly return?: number;
  readonly onVersion?: number;
  /** The second is 0. */
  readonly firstLogit?: number;
}

const settings: StepSettings = { ...cleanrlStep, entropyCoefficient: 0, valueCoefficient: 1 };
const evenly = Math.log(0.5);

/** The loss of one minibatch of steps that all took the first of two choices. */
function run(steps: readonly Step[], changed: Partial<StepSettings> = {}) {
  const column = (of: (step: Step) => number) => Float32Array.from(steps, of);
  const batch: EstimatedBatch = {
    ...emptyLearned(spaceSizes(0, testSpaces['discrete']!), steps.length),
    size: steps.length,
    logProbabilities: column((step) => step.oldLogProbability ?? evenly),
    values: column((step) => step.oldValue ?? 0),
    estimates: {
      advantages: column((step) => step.advantage ?? 1),
      returns: column((step) => step.return ?? 0),
    },
    onVersion: Uint8Array.from(steps, (step) => step.onVersion ?? 1),
  };
  const indices = Int32Array.from(steps.keys());
  const loss = new MinibatchLoss(testSpaces['discrete']!);
  const room = () => new Float32Array(4 * steps.length);
  const block = {
    outputs: room(),
    values: room(),
    logStd: new Float32Array(0),
    outputSlopes: room(),
    valueSlopes: room(),
  };
  steps.forEach((step, row) => {
    block.outputs[4 * row] = step.firstLogit ?? 0;
    block.values[4 * row] = step.value ?? 0;
  });
  loss.begin({ batch, indices, settings: { ...settings, ...changed } });
  loss.addBlock(0, steps.length, block);
  return {
    logitSlopes: steps.map((_, row) => block.outputSlopes[4 * row]!),
    valueSlopes: steps.map((_, row) => block.valueSlopes[4 * row]!),
    statistics: loss.statistics(),
  };
}

/** The old log-probability with which the ratio is `ratio`. */
const ratioOf = (ratio: number) => ({ oldLogProbability: evenly - Math.log(ratio) });

describe('the loss of a minibatch', () => {
  it('is the clipped objective, with a slope where the plain term is the smaller or equal', () => {
    // One step, so its advantage is not normalised. ∂ log π / ∂ first logit = 1 − ½, and the slope is −A·r times that.
    const slope = (ratio: number, advantage: number) =>
      run([{ ...ratioOf(ratio), advantage }]).logitSlopes[0];
    expect(slope(1, 2)).toBeCloseTo(-2 * 1 * 0.5, 6);
    expect(slope(1.5, 2)).toBeCloseTo(0, 9);
    expect(slope(0.5, 2)).toBeCloseTo(-2 * 0.5 * 0.5, 6);
    expect(slope(1.5, -2)).toBeCloseTo(2 * 1.5 * 0.5, 6);
    expect(slope(0.5, -2)).toBeCloseTo(0, 9);
    // −min(2·1.5, 2·1.2) = −2.4; −min(−2·1.5, −2·1.2) = 3.
    expect(run([{ ...ratioOf(1.5), advantage: 2 }]).statistics.policyLoss).toBeCloseTo(-2.4, 6);
    expect(run([{ ...ratioOf(1.5), advantage: -2 }]).statistics.policyLoss).toBeCloseTo(3, 6);
  });

  it('normalises advantages by the minibatch’s own mean and unbiased deviation', () => {
    // Mean 2, deviation √2: −1/√2 and 1/√2, halved by the mean over two steps, and by 1 − ½.
    const { logitSlopes } = run([{ advantage: 1 }, { advantage: 3 }]);
    expect(logitSlopes[0]).toBeCloseTo(0.25 / Math.SQRT2, 6);
    expect(logitSlopes[1]).toBeCloseTo(-0.25 / Math.SQRT2, 6);
  });

  it('has the larger of both value errors, with no slope where the clipped one holds', () => {
    const half = { valueLoss: 'halfMeanSquared' } as const;
    const whole = { valueLoss: 'meanSquared', valueClip: false } as const;
    const moved = { value: 1, oldValue: 0 };
    // (1 − 3)² whole, unclipped.
    expect(run([{ ...moved, return: 3 }], whole).statistics.valueLoss).toBeCloseTo(4, 6);
    expect(run([{ ...moved, return: 3 }], whole).valueSlopes[0]).toBeCloseTo(-4, 6);
    // Clipped to 0.2: (0.2 − 3)² is the larger, and does not move with the value.
    expect(run([{ ...moved, return: 3 }], half).statistics.valueLoss).toBeCloseTo(7.84 / 2, 6);
    expect(run([{ ...moved, return: 3 }], half).valueSlopes[0]).toBe(0);
    // (1 + 3)² is larger than (0.2 + 3)².
    expect(run([{ ...moved, return: -3 }], half).statistics.valueLoss).toBeCloseTo(16 / 2, 6);
    expect(run([{ ...moved, return: -3 }], half).valueSlopes[0]).toBeCloseTo(4, 6);
    // Within the clip range both are the same.
    expect(run([{ value: 0.1, return: 3 }], half).valueSlopes[0]).toBeCloseTo(-2.9, 6);
  });

  it('reports KL, clip fraction, entropy, and the largest deviation among steps of the version that is trained', () => {
    const { statistics } = run([ratioOf(1.5), { ...ratioOf(0.4), onVersion: 0 }]);
    // (r − 1 − ln r), the mean of both.
    const kl = (0.5 - Math.log(1.5) - 0.6 - Math.log(0.4)) / 2;
    expect(statistics.approximateKl).toBeCloseTo(kl, 6);
    expect(statistics.clipFraction).toBe(1);
    expect(statistics.entropy).toBeCloseTo(Math.log(2), 9);
    expect(statistics.ratioDeviation).toBeCloseTo(0.5, 6);
  });

  it('rewards entropy by its coefficient', () => {
    // Logits ln 3 and 0: p₀ = ¾, H = ln 4 − ¾ ln 3, and the slope of −c H is c p₀ (ln p₀ + H) = c · ¾ · ¼ ln 3.
    for (const entropyCoefficient of [0, 0.5, 1]) {
      const { logitSlopes } = run([{ advantage: 0, firstLogit: Math.log(3) }], { entropyCoefficient });
      expect(logitSlopes[0]).toBeCloseTo((entropyCoefficient * 3 * Math.log(3)) / 16, 6);
    }
  });
});
