import type { EnvironmentSpec } from './environment';
import type { BackendName, Hyperparameters } from './hyperparameters';
import type { UpdateMetrics } from './metrics';
import type { EpisodeRecord } from './rollout';
import type { SettingChange } from './setting-changes';

/** Frozen policy weights: what acts. Plain data. */
export interface SnapshotData {
  readonly version: number;
  readonly parameters: Float32Array<ArrayBuffer>;
}

/** Running mean and variance, a component each; float64. */
export interface RunningStatisticsData {
  readonly count: number;
  readonly mean: readonly number[];
  readonly variance: readonly number[];
}

/** The statistics with which observations and rewards are normalised; null where that is off. */
export interface NormalisationData {
  readonly observations: RunningStatisticsData | null;
  readonly rewards: RunningStatisticsData | null;
}

/** A policy that learns no more: weights, and what they see by. Plain data. */
export interface Policy extends SnapshotData {
  /** What normalises its observations; null where nothing does. */
  readonly observations: RunningStatisticsData | null;
}

/** One point of a run's learning curve. */
export interface CurvePoint {
  readonly version: number;
  readonly decisions: number;
  readonly meanReturn: number | null;
  readonly meanLength: number | null;
  /** As in `UpdateMetrics`; left out where agents do not meet. */
  readonly winRates?: Readonly<Record<string, number>>;
}

/**
 * A learner's whole memory between two updates: enough to learn on from. Arenas begin anew, and what they draw follows
 * from seed and decisions.
 */
export interface TrainingState extends SnapshotData {
  readonly spec: EnvironmentSpec;
  readonly hyperparameters: Hyperparameters;
  readonly decisions: number;
  readonly updates: number;
  readonly adamMean: Float32Array<ArrayBuffer>;
  readonly adamVariance: Float32Array<ArrayBuffer>;
  readonly adamSteps: number;
  readonly normalisation: NormalisationData;
  /** Decisions taken when annealing was switched on; null while it is off. */
  readonly annealedFrom: number | null;
  /**
   * The reward's weights that the last rollout was gathered under, in the terms' order, and the version of the first
   * update under them: returns of before cannot be compared with those since.
   */
  readonly rewardsSince: { readonly version: number; readonly weights: readonly number[] };
  /** State of the generator that shuffles minibatches. */
  readonly shuffleRandom: readonly number[];
  /** What the policy is judged by. */
  readonly recentEpisodes: readonly EpisodeRecord[];
  readonly curve: readonly CurvePoint[];
  /** Where agents meet: earlier policies, oldest first, and how the last episodes against each opponent ended. */
  readonly past: readonly Policy[];
  readonly outcomes: OutcomeHistory;
}

/** By opponent, oldest first: 1 won, −1 lost, 0 neither. */
export type OutcomeHistory = Readonly<Record<string, readonly (-1 | 0 | 1)[]>>;

/** Where actions are computed: never on a graphics processor, whose answers would have to be waited for. */
export type ActingBackend = Exclude<BackendName, 'webgl'>;

/** How long a job took on one backend when they were compared. */
export interface BackendTiming {
  /** One minibatch's gradient step, or one decision of all arenas. */
  readonly job: 'update' | 'act';
  readonly backend: BackendName;
  readonly milliseconds: number;
}

/** Why updates are computed where they are, for code; `backendSentence` says it to people. */
export type BackendWhy =
  | { readonly code: 'chosen' }
  /** Nothing has to be fetched for it; `webgl` tells what is to become of that. */
  | { readonly code: 'first'; readonly webgl: 'toBeTimed' | 'takesOver' | 'leftAlone' | 'absent' }
  | {
      readonly code: 'quickest';
      readonly measured: 'now' | 'earlier';
      /** Why WebGL was not among the others: left alone, or it would not start. Null where it was, and where it is known to be slower. */
      readonly obstacle: 'leftAlone' | { readonly error: string } | null;
    }
  /** WebGL, which was chosen, failed again and again. */
  | { readonly code: 'leftAlone' }
  /** It takes the place of WebGL, on which an update failed. */
  | { readonly code: 'updateFailed' }
  | { readonly code: 'onlyOne' };

/**
 * Which WebAssembly kernels compute updates: with multiplications and additions fused, whose bits depend on the machine,
 * or with each rounded, the same everywhere.
 */
export type SimdKernels = 'fma' | 'plain';

/** Where updates and actions are computed, as a person should be told. */
export interface BackendReport {
  /** Computes updates. */
  readonly name: BackendName;
  /** Null for backends other than WebAssembly. Actions are always computed with the plain ones. */
  readonly simd: SimdKernels | null;
  /** Threads that share in an update; 1 where the learner is alone. */
  readonly shards: number;
  /** Why it is alone although there are cores for more; null where it is not, and where there are none. */
  readonly aloneBecause: 'notIsolated' | null;
  readonly acting: ActingBackend;
  /** WebGL's renderer string; empty for other backends. */
  readonly renderer: string;
  readonly why: BackendWhy;
  /** What the choice rests on; empty where a person made it. */
  readonly timings: readonly BackendTiming[];
}

/** What was done about something that went wrong, for code. */
export type AgentRemedy =
  /** Workers that began anew refused the newest settings. */
  | { readonly code: 'settingsBefore' }
  /** Those that are left play the arenas of the one that is gone. */
  | { readonly code: 'fewerCollectors'; readonly left: number }
  /** A rollout was of a policy too old to be improved by it. */
  | { readonly code: 'rolloutLeftOut' }
  /** Updates stay where they are computed. */
  | { readonly code: 'backendStays' }
  /** A thread that shared in updates is gone, so that none is asked any more. */
  | { readonly code: 'updatesAlone' }
  /** The game’s twin is of no use, so that the game learns in its page. */
  | { readonly code: 'learnsInPage' };

/** Why nothing more is tried, for code. */
export type AgentSurrender =
  /** Workers were lost again and again; `onGraphics`: another backend may do. */
  | { readonly code: 'workersLost'; readonly onGraphics: boolean }
  /** So many updates in a row were taken back; `hasBest`: there is a best policy to go on from. */
  | { readonly code: 'updatesFailed'; readonly inARow: number; readonly hasBest: boolean };

/**
 * What an agent says while it runs. `message` is the sentence of the error behind it, empty where there was none; what
 * was done about it is told in codes, of which `src/texts` makes sentences.
 */
export type AgentEvent =
  | { readonly kind: 'warming'; readonly backend: BackendReport }
  | { readonly kind: 'ready'; readonly backend: BackendReport; readonly warmUpMs: number }
  | { readonly kind: 'updateStarted'; readonly version: number }
  | {
      readonly kind: 'updated';
      readonly metrics: UpdateMetrics;
      /** In force during that update. */
      readonly hyperparameters: Hyperparameters;
      /** The settings that took hold with it. */
      readonly changed: readonly SettingChange[];
    }
  | { readonly kind: 'warning'; readonly message: string; readonly remedy?: AgentRemedy }
  | {
      readonly kind: 'restarted';
      /** Why. */
      readonly message: string;
      /** Where the agent goes on from: what was told of later updates is of policies that are gone. */
      readonly version: number;
      readonly decisions: number;
    }
  | { readonly kind: 'failed'; readonly message: string; readonly surrender?: AgentSurrender };
