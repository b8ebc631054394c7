/** What may compute updates; `auto` is what proves quickest. */
export const backendNames = ['auto', 'webgl', 'wasm', 'cpu'] as const;
/** What a person may choose to compute by. */
export type BackendChoice = (typeof backendNames)[number];
/** What computes. */
export type BackendName = Exclude<BackendChoice, 'auto'>;

/** How many workers gather experience beside the visible game. */
export const collectorChoices = ['auto', 'none', '1', '2', '4', '8'] as const;
/** One of `collectorChoices`. */
export type CollectorChoice = (typeof collectorChoices)[number];

/** How much of the machine learning may take while frames are late. */
export const priorities = ['gameFirst', 'balanced', 'learnFirst'] as const;
/** One of `priorities`. */
export type Priority = (typeof priorities)[number];

/** Everything that decides how an agent learns. Frozen, flat; see `hyperparameterFields` for each one's meaning. */
export interface Hyperparameters {
  readonly learningRate: number;
  readonly learningRateAnnealing: boolean;
  /** Decisions over which the learning rate falls to 0, when annealing. */
  readonly annealingDecisions: number;
  readonly discount: number;
  readonly gaeLambda: number;
  readonly clipRange: number;
  readonly valueClip: boolean;
  readonly valueClipRange: number;
  /** `meanSquared`: mean (V − R)², as Stable-Baselines3. `halfMeanSquared`: half of it, as CleanRL. */
  readonly valueLoss: 'meanSquared' | 'halfMeanSquared';
  readonly valueCoefficient: number;
  readonly entropyCoefficient: number;
  readonly maxGradientNorm: number;
  /** An update stops early once the approximate KL exceeds 1.5 times this; 0 turns it off. */
  readonly targetKl: number;
  readonly epochs: number;
  readonly minibatchSize: number;
  /** Adam's ε, outside the square root. */
  readonly adamEpsilon: number;
  readonly rolloutLength: number;
  readonly arenas: number;
  readonly decisionIntervalTicks: number;
  /** Weight of each reward term of the game, by name. */
  readonly rewardWeights: Readonly<Record<string, number>>;
  readonly seed: number;
  readonly hiddenSizes: readonly number[];
  readonly activation: 'tanh' | 'relu' | 'swish';
  /** Natural logarithm of a Gaussian policy's first standard deviation. */
  readonly initialLogStd: number;
  readonly normaliseObservations: boolean;
  readonly normaliseRewards: boolean;
  /** False values a time limit as death, as CleanRL's scripts do. */
  readonly bootstrapTruncated: boolean;
  /** Where agents meet: how often the learner meets itself, an earlier policy, a scripted player; relative to each other. */
  readonly selfShare: number;
  readonly pastShare: number;
  readonly scriptedShare: number;
  /** So many earlier policies stay in the pool, and one joins it every so many updates. */
  readonly pastWindow: number;
  readonly pastInterval: number;
  readonly backend: BackendChoice;
  readonly collectors: CollectorChoice;
  readonly priority: Priority;
}

/** The name of a setting. */
export type HyperparameterKey = keyof Hyperparameters;
