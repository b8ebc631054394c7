import {
  DecisionBatch,
  decisionShape,
  type EpisodeRecord,
  type Hyperparameters,
  type SnapshotData,
  type UpdateMetrics,
  type VectorEnvironment,
} from '../contract';
import type { Actor, FullRollout } from './actor';

/** What one update hands back: the policy that acts from now on. */
export interface LockstepUpdate {
  readonly snapshot: SnapshotData;
  readonly metrics: UpdateMetrics;
  readonly hyperparameters: Hyperparameters;
}

export interface LockstepOptions {
  readonly environment: VectorEnvironment;
  readonly actor: Actor;
  readonly learner: { update(full: FullRollout): Promise<LockstepUpdate> };
  readonly decisionIntervalTicks: number;
  /** Training stops once the learner's policy has taken this many decisions, those of a resumed run included. */
  readonly maxDecisions: number;
  /** Wall time, milliseconds, from any start; only measures. */
  readonly clock: () => number;
  readonly onUpdate?: (update: LockstepUpdate) => void;
  /** `decisions` counts up to and including the one that ended the episode. */
  readonly onEpisode?: (episode: EpisodeRecord, decisions: number) => void;
  /** Asked before each decision. */
  readonly shouldStop?: () => boolean;
}

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
export async function trainLockstep(options: LockstepOptions): Promise<LockstepResult> {
  const { environment, actor, learner, clock } = options;
  const batch = new DecisionBatch(decisionShape(environment.spec, environment.arenas));
  let updates = 0;
  let stopped = false;
  for (let number = 0; ; number++) {
    environment.takeDecision(batch);
    batch.number = number;
    const full = actor.observe(batch, clock());
    for (const episode of actor.endedEpisodes) options.onEpisode?.(episode, actor.decisions);
    if (full) {
      const update = await learner.update(full);
      actor.adopt(update.snapshot, update.hyperparameters);
      actor.takeBack(full.rollout.buffer);
      updates++;
      options.onUpdate?.(update);
    }
    if (actor.decisions >= options.maxDecisions) break;
    stopped = options.shouldStop?.() ?? false;
    if (stopped) break;
    actor.act(batch);
    environment.applyActions(batch.actions);
    for (let tick = 0; tick < options.decisionIntervalTicks; tick++) environment.tick();
  }
  return { decisions: actor.decisions, updates, stopped };
}
