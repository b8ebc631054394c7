import type { Answer, Gathered, Gathering } from './gatherer';
import type { LockstepResult, LockstepUpdate, TrainingOptions } from './lockstep';

export interface OverlappedTrainingOptions extends TrainingOptions {
  readonly gathering: Gathering;
}

/**
 * Trains headless while the next rollout is gathered: rollout n + 2 is the policy's that update n + 1 came to, and the
 * first two are the one's that there was at first. Which policy acts is a matter of counting and not of time, so that
 * the same seed gives the same run, in one thread or two, on the same engine and backend.
 *
 * `shouldStop` is asked once a rollout, whose decisions are all taken then.
 */
export async function trainOverlapped(options: OverlappedTrainingOptions): Promise<LockstepResult> {
  const { gathering, learner, maxDecisions } = options;
  let answer: Answer | null = null;
  let updates = 0;
  let gathered: Gathered | null = await gathering.gather(null);
  for (;;) {
    const { parts, ended, decisions }: Gathered = gathered;
    for (const { episode, decisions: taken } of ended) options.onEpisode?.(episode, taken);
    for (const { faults = [] } of parts) for (const fault of faults) options.onFault?.(fault);
    if (options.shouldStop?.() === true) return { decisions, updates, stopped: true };
    const [next, update]: [Gathered | null, LockstepUpdate] = await Promise.all([
      decisions < maxDecisions ? gathering.gather(answer) : null,
      learner.update(...parts),
    ]);
    updates++;
    options.onUpdate?.(update);
    if (next === null) return { decisions, updates, stopped: false };
    answer = { ...update, buffers: parts.map(({ rollout }) => rollout.buffer) };
    gathered = next;
  }
}
