import type { FullRollout } from '../agent/full-rollout';
import type { Post } from './post';
import type { RolloutMessage } from './protocol';

/** Hands a full rollout to the learner; its memory moves there. */
export function handOver(learner: Post<RolloutMessage>, { rollout, ...notes }: FullRollout): void {
  const { buffer, shape } = rollout;
  const states = notes.collected?.states;
  learner.postMessage({ buffer, shape, ...notes }, [buffer, ...(states ? [states.buffer] : [])]);
}
