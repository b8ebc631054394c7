import type { ArenaFault, DecisionEnvironment, EpisodeRecord, UpdateMetrics } from '../contract';
import type { Actor } from './actor';
import { Collector } from './collector';
import type { FullRollout } from './full-rollout';
import { Gatherer, type NewPolicy } from './gatherer';

/** What one update hands back. */
export interface LockstepUpdate extends NewPolicy {
  readonly metrics: UpdateMetrics;
}

export interface TrainingOptions {
  readonly learner: {
    /** Learns from a full rollout, or from the parts of one. */
    update(...parts: FullRollout[]): Promise<LockstepUpdate>;
  };
  /** Training stops once the learner's policy has taken this many decisions, those of a resumed run included. */
  readonly maxDecisions: number;
  /** Told after each update. */
  readonly onUpdate?: (update: LockstepUpdate) => void;
  /** `decisions` counts up to and including the one that ended the episode. */
  readonly onEpisode?: (episode: EpisodeRecord, decisions: number) => void;
  /** What went wrong in an arena, told with the rollout in which it did. */
  readonly onFault?: (fault: ArenaFault) => void;
  /** Asked before each decision. */
  readonly shouldStop?: () => boolean;
}

/** What `trainLockstep` needs besides: where decisions are taken, and by whom. */
export interface LockstepOptions extends TrainingOptions {
  readonly environment: DecisionEnvironment;
  readonly actor: Actor;
  readonly decisionIntervalTicks: number;
  /** Wall time, milliseconds, from any start; only measures. */
  readonly clock: () => number;
}

export interface CollectedTrainingOptions extends TrainingOptions {
  /** Each with its share of the run's arenas, in order; their actors at the same count of decisions. */
  readonly collectors: readonly Collector[];
}

/** What training came to. */
export interface LockstepResult {
  readonly decisions: number;
  readonly updates: number;
  /** True when `shouldStop` ended it before `maxDecisions`. */
  readonly stopped: boolean;
}

/**
 * Trains headless and exactly: every decision waits for its action, every full rollout for its update, and the very
 * next action is the new policy's. The same seed gives the same run, on the same engine and backend.
 */
export function trainLockstep(options: LockstepOptions): Promise<LockstepResult> {
  const { environment, actor, decisionIntervalTicks, clock, ...training } = options;
  const all = new Collector({ environment, actor, decisionIntervalTicks, firstArena: 0, clock });
  return trainCollected({ ...training, collectors: [all] });
}

/**
 * As `trainLockstep`, with the arenas shared out over several collectors that take turns. Where no statistics are
 * normalised by, any number of them gives the same run to the bit.
 */
export async function trainCollected(options: CollectedTrainingOptions): Promise<LockstepResult> {
  const { collectors, learner } = options;
  const gatherer = new Gatherer(collectors);
  let updates = 0;
  let stopped = false;
  while (gatherer.decisions < options.maxDecisions) {
    stopped = options.shouldStop?.() ?? false;
    if (stopped) break;
    const full = gatherer.hasToSettle ? await gatherer.decideSettled() : gatherer.decide();
    for (const episode of gatherer.endedEpisodes()) options.onEpisode?.(episode, gatherer.decisions);
    if (full.length === 0) continue;
    for (const { faults = [] } of full) for (const fault of faults) options.onFault?.(fault);
    const update = await learner.update(...full);
    gatherer.adopt({ ...update, buffers: full.map(({ rollout }) => rollout.buffer) });
    updates++;
    options.onUpdate?.(update);
  }
  return { decisions: gatherer.decisions, updates, stopped };
}
