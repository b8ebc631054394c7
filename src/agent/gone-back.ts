import type { TrainingState } from '../contract';

/**
 * A run that goes back to an earlier policy and on from there: weights, optimiser, statistics and settings of then.
 * Counters and curve go on from now, so that nothing of the run is undone and no stream of chance is drawn again.
 */
export function goneBack(then: TrainingState, now: TrainingState): TrainingState {
  const { version, decisions, updates, shuffleRandom, curve, past, outcomes } = now;
  return { ...then, version, decisions, updates, shuffleRandom, curve, past, outcomes };
}
