import type { UpdateBackend } from '../src/agent/update-backend';
import type { Hyperparameters, SimdKernels } from '../src/contract';
import { swing } from '../src/game/swing/simulation';
import { greedyReturn } from './greedy-return';
import { type RunPlace, type SeedRun, trainSeed } from './learn-run';

/** What of the published job may be cut down, so that a test is quick. */
export interface RltoolsSubject {
  readonly seed: number;
  readonly updates: number;
  /** That the greedy policy is judged by. */
  readonly episodes: number;
  /** As in `SeedRun`. */
  readonly overlap: boolean;
}

/** One run of the job, as measured. */
export interface RltoolsSample {
  readonly decisions: number;
  /** Which kernels took the steps. */
  readonly simd: SimdKernels | null;
  /** Training alone. */
  readonly seconds: number;
  /** Mean return of the greedy policy. */
  readonly finalReturn: number;
}

/** RLtools' published settings for Pendulum, in our words; Swing is that game. */
const published = {
  arenas: 4,
  rolloutLength: 1024,
  minibatchSize: 256,
  epochs: 2,
  discount: 0.9,
  gaeLambda: 0.95,
  clipRange: 0.2,
  learningRate: 1e-3,
  // Theirs is under the root, as the least that a mean of squares counts as: 1e-7.
  adamEpsilon: Math.sqrt(1e-7),
  valueLoss: 'meanSquared',
  valueCoefficient: 0.5,
  entropyCoefficient: 0,
  hiddenSizes: [64, 64],
  activation: 'relu',
  initialLogStd: Math.LN2, // σ = 2
  normaliseObservations: true,
  normaliseRewards: false,
} as const satisfies Partial<Hyperparameters>;

/** 75 updates, some 300,000 decisions. */
export const publishedUpdates = 75;

/** Of the worlds that the policy is judged in. */
const judgingSeed = 1_000_003;

/**
 * RLtools' published Pendulum job from scratch, then the return of what it learned.
 *
 * @throws PlaytrainError when learning fails.
 */
export async function runRltools(
  { seed, updates, episodes, overlap }: RltoolsSubject,
  place: Omit<RunPlace, 'onProgress'>,
): Promise<RltoolsSample> {
  const run: SeedRun = {
    game: 'swing',
    preset: 'sb3',
    overrides: { ...published, collectors: 'none' },
    backend: place.backend.name,
    seed,
    steps: updates * published.arenas * published.rolloutLength,
    threshold: 0,
    stopAtThreshold: false,
    overlap,
  };
  const { result, decisions, policy, hyperparameters } = await trainSeed(run, {
    ...place,
    backend: unclipped(place.backend),
    onProgress: () => {},
  });
  const judged = { simulation: swing, policy, hyperparameters, episodes, seed: judgingSeed };
  return {
    decisions,
    simd: place.backend.simd,
    seconds: result.wallSeconds,
    finalReturn: greedyReturn({ ...judged, acting: place.acting }),
  };
}

/** The same, but that gradients are as long as they are: settings have a largest norm, the published job has none. */
function unclipped(backend: UpdateBackend): UpdateBackend {
  return {
    ...backend,
    createTrainer: (layout, state) => {
      const trainer = backend.createTrainer(layout, state);
      const begin: typeof trainer.begin = (update) =>
        trainer.begin({
          ...update,
          settings: { ...update.settings, maxGradientNorm: Number.POSITIVE_INFINITY },
        });
      return { ...trainer, begin };
    },
  };
}
