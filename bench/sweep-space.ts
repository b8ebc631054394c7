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
  /** A run that has not reached the threshold by then counts as one that takes over twice as long. */
  readonly mostDecisions: number;
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
  balance: { ...common, mostDecisions: 60_000, discount: [0.98, 0.99] },
  // Harder, so narrower: around the settings that Stable-Baselines3 was tuned to.
  swing: {
    ...common,
    mostDecisions: 100_000,
    rolloutLength: [32, 64, 128],
    minibatchSize: [32, 64, 128],
    epochs: [10, 15, 20],
    learningRate: [5e-4, 3e-3],
    clipRange: [0.2, 0.3],
    gaeLambda: [0.9, 0.95, 0.98],
    discount: [0.9],
  },
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
