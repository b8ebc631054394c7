import type { ArenaFault, EpisodeRecord, NormalisationData, Rollout, RolloutCounters } from '../contract';

/** A filled rollout and what was noted while it filled: everything a learner needs for one update. */
export interface FullRollout {
  readonly rollout: Rollout;
  /** Episodes that ended since the last rollout, in order. */
  readonly episodes: readonly EpisodeRecord[];
  readonly counters: RolloutCounters;
  /** In force while it filled, in the reward terms' order. */
  readonly rewardWeights: readonly number[];
  /** Of the samples counted since the last rollout alone: what this one adds to the run's statistics. */
  readonly normalisation: NormalisationData;
  /** What went wrong in single arenas meanwhile; left out where nothing did. */
  readonly faults?: readonly ArenaFault[];
  /** The number of the batch in which its first actions were chosen. */
  readonly firstDecision?: number;
  /** Where a collector filled it. */
  readonly collected?: CollectedNotes;
}

/** What it takes to join a collector's rollout with those of others. */
export interface CollectedNotes {
  /** Which of the run's arenas its first is. */
  readonly firstArena: number;
  /** The step of the rollout in which each of its episodes ended. */
  readonly episodeSteps: readonly number[];
  /** Where those of one arena were asked for: `[T, stateSize]` before each decision; empty where the game has none to see. */
  readonly states?: Float64Array<ArrayBuffer>;
}
