import type { EpisodeEnding, Simulation } from './environment';
import type { Hyperparameters } from './hyperparameters';

/** Stable-Baselines3's PPO defaults (`PPO("MlpPolicy")`), in our words. Games lay their own settings over them. */
export const sb3Hyperparameters: Hyperparameters = {
  learningRate: 3e-4,
  learningRateAnnealing: false,
  annealingDecisions: 100_000,
  discount: 0.99,
  gaeLambda: 0.95,
  clipRange: 0.2,
  valueClip: false,
  valueClipRange: 0.2,
  valueLoss: 'meanSquared',
  valueCoefficient: 0.5,
  entropyCoefficient: 0,
  maxGradientNorm: 0.5,
  targetKl: 0,
  epochs: 10,
  minibatchSize: 64,
  adamEpsilon: 1e-5,
  rolloutLength: 2048,
  arenas: 1,
  decisionIntervalTicks: 1,
  rewardWeights: {},
  seed: 1,
  hiddenSizes: [64, 64],
  activation: 'tanh',
  initialLogStd: 0,
  normaliseObservations: false,
  normaliseRewards: false,
  bootstrapTruncated: true,
  selfShare: 0.5,
  pastShare: 0.3,
  scriptedShare: 0.2,
  pastWindow: 10,
  pastInterval: 10,
  backend: 'auto',
  collectors: 'auto',
  priority: 'balanced',
};

/** CleanRL's `ppo.py` defaults, time limits valued as death and all. */
export const cleanrlHyperparameters: Hyperparameters = {
  ...sb3Hyperparameters,
  learningRate: 2.5e-4,
  learningRateAnnealing: true,
  valueClip: true,
  valueLoss: 'halfMeanSquared',
  entropyCoefficient: 0.01,
  epochs: 4,
  minibatchSize: 128,
  rolloutLength: 128,
  arenas: 4,
  bootstrapTruncated: false,
};

/** Named settings of one game. `fast` learns in the least time, and is what the page opens with. */
export interface GamePresets {
  readonly fast: Hyperparameters;
  readonly sb3: Hyperparameters;
  readonly cleanrl: Hyperparameters;
}
/** The name of a preset. */
export type PresetName = keyof GamePresets;

/** A game's rules, and the settings with which an agent learns it. */
export interface GameRules {
  readonly simulation: Simulation;
  readonly presets: GamePresets;
}

/** What a game tells people about itself, in the order in which it is shown. */
export interface GameAbout {
  readonly title: string;
  /** One sentence under the title. */
  readonly summary: string;
  /** A few words: what there is in it that no game before it has. */
  readonly novelty?: string;
  readonly setup: string;
  readonly goal: string;
  readonly reward: string;
  readonly observations: string;
  readonly actions: string;
  /** Keys, touch and gamepad, when a person takes over. */
  readonly controls: string;
  /**
   * What a person's try at it comes to: for how long they held it, which is so where nothing is named, or the return of
   * their episode, where all episodes are equally long.
   */
  readonly takeOverResult?: TakeOverResult;
  readonly promise: GamePromise;
}

/**
 * What a first visitor reads on the picture until it has come true: what learns there, how often it ended so far, and
 * that it can.
 */
export interface GamePromise {
  /** Such as “32 carts, one brain.” */
  readonly opening: (arenas: number) => string;
  /** Such as “It has fallen 214 times.” @param times such as “once”, “214 times”. */
  readonly tally: (times: string) => string;
  /** That it can, for the first time. @param times as in `tally`; “not once” where nothing was counted before. */
  readonly reached: (times: string) => string;
  /** How the small pictures tell how an episode ended. */
  readonly marks: string;
  /** Whether an ending is one of those that `tally` tells of. */
  readonly isCounted: (ending: EpisodeEnding) => boolean;
  /** Whether it is the first of what was promised. */
  readonly isReached: (ending: EpisodeEnding) => boolean;
}

/** What a person’s turn at a game is told by: how long it lasted, or what it earned. */
export type TakeOverResult = 'time' | 'return';
