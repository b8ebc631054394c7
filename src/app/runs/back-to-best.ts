import { decodeTrainingState, encodeTrainingState } from '../../agent/checkpoint';
import { goneBack } from '../../agent/gone-back';
import type { EnvironmentSpec, Hyperparameters } from '../../contract';
import type { BestState } from './run';
import type { SessionStart } from './session-start';

/** Of those that can be set. */
const leastLearningRate = 1e-6;

/**
 * How a run's best state is gone on from, with the settings of then: as the learner's own state, of now.
 *
 * @param now the learner's present state.
 * @param slower by what the learning rate of then is multiplied.
 */
export function backToBest(
  best: BestState,
  now: Uint8Array,
  spec: EnvironmentSpec,
  slower: number,
): Pick<SessionStart, 'checkpoint' | 'decisions'> & { readonly hyperparameters: Hyperparameters } {
  const then = decodeTrainingState(best.bytes, spec);
  const learningRate = Math.max(leastLearningRate, slower * then.hyperparameters.learningRate);
  const hyperparameters = { ...then.hyperparameters, learningRate };
  const state = goneBack({ ...then, hyperparameters }, decodeTrainingState(now, spec));
  return { hyperparameters, checkpoint: encodeTrainingState(state), decisions: state.decisions };
}
