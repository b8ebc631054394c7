import type { EnvironmentSpec, Hyperparameters, Policy, TrainingState } from '../contract';
import { stream } from '../random/stream';
import { initialiseParameters, policyLayout } from './policy';
import { rewardWeightsOf } from './reward-weights';

/** A run before its first update: weights drawn from the seed, and nothing learned or counted. */
export function firstTrainingState(spec: EnvironmentSpec, hyperparameters: Hyperparameters): TrainingState {
  const { seed, initialLogStd } = hyperparameters;
  const layout = policyLayout(spec, hyperparameters);
  const zeros = () => new Float32Array(layout.parameterCount);
  return {
    spec,
    hyperparameters,
    version: 0,
    decisions: 0,
    updates: 0,
    parameters: initialiseParameters(layout, stream({ seed, purpose: 'weights' }), initialLogStd),
    adamMean: zeros(),
    adamVariance: zeros(),
    adamSteps: 0,
    normalisation: { observations: null, rewards: null },
    annealedFrom: null,
    rewardsSince: { version: 0, weights: rewardWeightsOf(spec, hyperparameters) },
    shuffleRandom: stream({ seed, purpose: 'shuffling' }).state(),
    recentEpisodes: [],
    curve: [],
    past: [],
    outcomes: {},
  };
}

/** A run before its first update that begins with a policy from elsewhere, and with what normalised what it saw. */
export function stateBeginningWith(
  policy: Policy,
  spec: EnvironmentSpec,
  hyperparameters: Hyperparameters,
): TrainingState {
  return {
    ...firstTrainingState(spec, hyperparameters),
    parameters: policy.parameters.slice(),
    normalisation: { observations: policy.observations, rewards: null },
  };
}
