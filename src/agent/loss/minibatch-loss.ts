import { type ActionSpace, actionLayout } from '../../contract';
import { createDistributionSlopes, type DistributionSlopes } from '../distribution-slopes';
import type { Numbers } from '../kernels/kernels';
import type { LossMinibatch, LossTerm, LossTermKind, PolicyOutputs } from './loss-term';
import { type LossStatistic, ppoTerms } from './ppo-terms';

/** The graph's outputs on a block of rows, and where their slopes go. Rows are padded to whole vectors. */
export interface HeadBlock {
  /** Logits, or a Gaussian's means. */
  readonly outputs: Numbers; // [rows, width]
  readonly values: Numbers; // [rows, 4], the value first
  readonly logStd: Numbers; // [A], of Gaussians only
  readonly outputSlopes: Numbers; // [rows, width]
  readonly valueSlopes: Numbers; // [rows, 4]
}

/**
 * The loss of one minibatch as a function of the graph's outputs, its slopes there, and what is reported of it: the
 * formulas of `ppo.ts`, differentiated by hand. The distribution makes log-probabilities and entropies of the outputs;
 * what the terms make of those is none of its business. In float64, block of rows after block of rows.
 */
export class MinibatchLoss {
  /** Of the log standard deviations, over all blocks so far. */
  readonly logStdSlopes: Float64Array; // [A]
  private readonly distribution: DistributionSlopes;
  private readonly terms: readonly LossTerm[];
  private minibatch: LossMinibatch | null = null;
  private outputs = newOutputs(0);
  private slopes = newOutputs(0);

  constructor(space: ActionSpace, terms: readonly LossTermKind[] = ppoTerms) {
    this.distribution = createDistributionSlopes(space);
    this.logStdSlopes = new Float64Array(actionLayout(space).logStds);
    this.terms = terms.map((kind) => kind.create());
  }

  begin(minibatch: LossMinibatch): void {
    this.minibatch = minibatch;
    this.logStdSlopes.fill(0);
    for (const term of this.terms) term.begin(minibatch);
  }

  /** Takes the minibatch's rows from `first` on, `rows` of them, and writes the slopes at the graph's outputs. */
  addBlock(first: number, rows: number, block: HeadBlock): void {
    if (rows > this.outputs.values.length) {
      this.outputs = newOutputs(rows);
      this.slopes = newOutputs(rows);
    }
    this.readOutputs(first, rows, block);
    const { logProbabilities, entropies, values } = this.slopes;
    for (const slopes of [logProbabilities, entropies, values]) slopes.fill(0, 0, rows);
    for (const term of this.terms) term.addBlock(first, rows, this.outputs, this.slopes);
    this.writeSlopes(rows, block);
  }

  /** Of the whole minibatch, once every block is in. */
  loss(): number {
    return this.terms.reduce((sum, term) => sum + term.loss(), 0);
  }

  /** What the minibatch reports of each term, once every block is in. */
  statistics(): Readonly<Record<LossStatistic, number>> {
    return Object.assign({}, ...this.terms.map((term) => term.statistics())) as Record<LossStatistic, number>;
  }

  private readOutputs(first: number, rows: number, { outputs, values, logStd }: HeadBlock): void {
    const { batch, indices } = this.minibatch!;
    const { distribution } = this;
    for (let row = 0; row < rows; row++) {
      distribution.read(outputs, row, logStd, batch, indices[first + row]!);
      this.outputs.logProbabilities[row] = distribution.logProbability;
      this.outputs.entropies[row] = distribution.entropy;
      this.outputs.values[row] = values[row * 4]!;
    }
  }

  private writeSlopes(rows: number, { outputSlopes, valueSlopes }: HeadBlock): void {
    const { logProbabilities, entropies, values } = this.slopes;
    for (let row = 0; row < rows; row++) {
      this.distribution.write(logProbabilities[row]!, entropies[row]!, outputSlopes, row, this.logStdSlopes);
      valueSlopes[row * 4] = values[row]!;
    }
  }
}

function newOutputs(rows: number): PolicyOutputs {
  return {
    logProbabilities: new Float64Array(rows),
    entropies: new Float64Array(rows),
    values: new Float64Array(rows),
  };
}
