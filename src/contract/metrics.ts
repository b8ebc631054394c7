import type { SettingChange } from './setting-changes';

/**
 * Why an update left the policy as it was, though it took steps: the learning rate is 0 at the end of its annealing, or
 * nothing is left of the gradient.
 */
export type Standstill = 'annealed' | 'noGradient';

/** What one update reports. Every number that is plotted is explained in `src/texts/metrics.ts`. */
export interface UpdateMetrics {
  /** Counts updates from 1; the version of the snapshot that it published. */
  readonly version: number;
  /** Decisions by the learner's policy since the run began. */
  readonly decisions: number;
  /** Episodes that ended in this rollout. */
  readonly episodes: number;
  /** Over the last finished episodes of every arena, see `ArenaEpisodes`; null until each has finished one. */
  readonly meanReturn: number | null;
  readonly returnSpread: number | null;
  readonly minReturn: number | null;
  readonly maxReturn: number | null;
  readonly meanLength: number | null;
  readonly policyLoss: number;
  readonly valueLoss: number;
  readonly entropy: number;
  readonly approximateKl: number;
  readonly clipFraction: number;
  /** Null where the returns do not vary. */
  readonly explainedVariance: number | null;
  readonly gradientNorm: number;
  readonly learningRate: number;
  readonly decisionsPerSecond: number;
  readonly collectMs: number;
  readonly updateMs: number;
  /** Of `updateMs`, the share in which learning worked and did not rest for the game’s frames, 0 to 1. */
  readonly learningShare: number;
  /** Gradient steps taken; fewer than planned when the target KL stopped the update. */
  readonly minibatches: number;
  readonly stoppedEarly: boolean;
  /** Null while the policy moves. */
  readonly standstill: Standstill | null;
  readonly decisionsDuringUpdate: number;
  readonly unrecordedDecisions: number;
  /** Of each collector's rollout: its decisions divided by its wall time; empty where the game's own actor filled it. */
  readonly collectorDecisionsPerSecond: readonly number[];
  /** By opponent: the share of its last rallies that the learner won, drawn ones counting half; those it has met. */
  readonly winRates: Readonly<Record<string, number>>;
  /** By how many versions the oldest step of the rollout lagged behind the learner. */
  readonly policyLag: number;
  /** max |ratio − 1| over the first minibatch's steps by the policy that is trained; null when it held none. */
  readonly firstRatioDeviation: number | null;
  /** What its rollout showed, for the doctor. */
  readonly signs: RolloutSigns;
  readonly liveTensors: number;
  /** 0 where the backend does not use a GPU. */
  readonly gpuBytes: number;
}

/** What one rollout showed that no chart plots: the doctor's rules read it. Points hold it under the same keys. */
export interface RolloutSigns {
  /** Episodes that ended in it. */
  readonly episodes: number;
  /** The largest |number| that the policy saw, as it saw it, and which of an observation's it was. */
  readonly largestObservation: number;
  readonly largestObservationAt: number;
  /** Which number of an observation, the first of them, was the same throughout; null where each varied. */
  readonly stillObservationAt: number | null;
  /** The largest |reward| of a decision, as learned from: weighted, and scaled where rewards are normalised. */
  readonly largestReward: number;
  /** The root of the mean square of the λ-returns. */
  readonly returnSize: number;
  /** Fourth moment of the advantages by the square of the second: 3 of a Gaussian, more where few steps carry most. */
  readonly advantageKurtosis: number | null;
  /** The share of the choice that was taken least, and which it was, counted through the action's choices; null where there are none. */
  readonly rarestChoice: number | null;
  readonly rarestChoiceAt: number | null;
}

/** By which key a point holds how many decisions of this page's arenas came late so far. */
export const lateDecisionsKey = 'lateDecisions';

/** By which key a point holds the win rate against an opponent. */
export const winRateKey = (opponent: string): string => `winRate.${opponent}`;

/** By which key a point holds to which version's policy the run went back just before it. */
export const wentBackKey = 'wentBackTo';

/** One moment of the charts; values by the keys that `src/texts/metrics.ts` explains and, where agents meet, by `winRateKey`. */
export interface MetricPoint {
  readonly version: number;
  readonly decisions: number;
  readonly values: Readonly<Record<string, number | null>>;
  /** One standard deviation of the return over recent episodes. */
  readonly returnSpread: number | null;
  /** The settings that took hold with this update; charts mark it. */
  readonly changed: readonly SettingChange[];
}
