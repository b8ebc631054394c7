import type { RunningStatisticsData, SnapshotData } from './agent';
import type { ScriptedPlayer } from './environment';

/** An earlier policy of a run, kept as an opponent. Plain data. */
export interface PastPolicy {
  readonly snapshot: SnapshotData;
  /** What normalised its observations; null where nothing did. */
  readonly observations: RunningStatisticsData | null;
}

/** Whom a learner may meet besides itself. */
export interface Opponents {
  /** Of the same run, oldest first. */
  readonly past: readonly PastPolicy[];
  readonly scripted: readonly ScriptedPlayer[];
}

export const noOpponents: Opponents = { past: [], scripted: [] };

/** How records and metrics name opponents that are not scripted players. */
export const opponentNames = { self: 'self', past: 'past' } as const;
