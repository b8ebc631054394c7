import { type Hyperparameters, hyperparameterProblems } from '../src/contract';
import type { SeededRandom } from '../src/random/seeded-random';

/** What a sweep varies; the rest is as in Stable-Baselines3's settings for the game. */
export type Candidate = Pick<
  Hyperparameters,
  | 'arenas'
  | 'rolloutLength'
  | 'minibatchSize'
  | 'epochs'
  | 'learningRate'
  | 'clipRange'
  | 'gaeLambda'
  | 'discount'
  | 'entropyCoefficient'
  | 'hiddenSizes'
>;

/** The space that is searched, evenly over each list and over the logarithm of the learning rate. */
export interface SweepSpace {
  readonly arenas: readonly number[];
  readonly rolloutLength: readonly number[];
  readonly minibatchSize: readonly number[];
  readonly epochs: readonly number[];
  readonly learningRate: readonly [least: number, most: number];
  readonly clipRange: readonly number[];
  readonly gaeLambda: readonly number[];
  readonly discount: readonly number[];
  readonly entropyCoefficient: readonly number[];
  readonly hiddenSizes: readonly (readonly number[])[];
}

/** More arenas than this are too small to watch. */
const mostArenas = 32;

const common = {
  arenas: [8, 16, mostArenas],
  rolloutLength: [16, 32, 64, 128],
  minibatchSize: [64, 128, 256, 512],
  epochs: [4, 6, 8, 10, 15, 20],
  learningRate: [3e-4, 6e-3],
  clipRange: [0.1, 0.2, 0.3],
  gaeLambda: [0.8, 0.9, 0.95, 0.98],
  entropyCoefficient: [0, 0.003, 0.01],
  hiddenSizes: [[32, 32], [64], [64, 64]],
} as const;

export const sweepSpaces: Readonly<Record<string, SweepSpace>> = {
  balance: { ...common, discount: [0.98, 0.99] },
  swing: { ...common, rolloutLength: [32, 64, 128, 256], discount: [0.9, 0.95] },
};

/** A candidate whose settings work together, drawn from the space. */
export function drawCandidate(space: SweepSpace, base: Hyperparameters, random: SeededRandom): Candidate {
  const pick = <Value>(values: readonly Value[]): Value => values[random.below(values.length)] as Value;
  for (;;) {
    const [least, most] = space.learningRate;
    const candidate: Candidate = {
      arenas: pick(space.arenas),
      rolloutLength: pick(space.rolloutLength),
      minibatchSize: pick(space.minibatchSize),
      epochs: pick(space.epochs),
      learningRate: Number((least * (most / least) ** random.uniform()).toPrecision(2)),
      clipRange: pick(space.clipRange),
      gaeLambda: pick(space.gaeLambda),
      discount: pick(space.discount),
      entropyCoefficient: pick(space.entropyCoefficient),
      hiddenSizes: pick(space.hiddenSizes),
    };
    if (hyperparameterProblems({ ...base, ...candidate }).length === 0) return candidate;
  }
}
