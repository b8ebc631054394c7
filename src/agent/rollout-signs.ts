import { type ActionSpace, actionLayout, type Rollout, type RolloutSigns } from '../contract';
import type { KnownEstimates } from './estimates';
import type { TrainingBatch } from './minibatch';

/** An update's rollouts, and what its steps came to. */
export interface SeenRollout {
  readonly batch: Pick<TrainingBatch, 'size' | 'observations' | 'actions' | 'masks'>;
  readonly estimates: KnownEstimates;
  readonly rollouts: readonly Pick<Rollout, 'rewards' | 'valid'>[];
  readonly actionSpace: ActionSpace;
  /** That ended in it. */
  readonly episodes: number;
}

/** What the doctor is told of a rollout: one pass over what an update learns from. */
export function rolloutSigns({
  batch,
  estimates,
  rollouts,
  actionSpace,
  episodes,
}: SeenRollout): RolloutSigns {
  return {
    episodes,
    ...observationSigns(batch),
    largestReward: largestReward(rollouts),
    returnSize: rootMeanSquare(estimates.returns),
    advantageKurtosis: kurtosis(estimates.advantages),
    ...choiceSigns(batch, actionSpace),
  };
}

function observationSigns({ size, observations }: SeenRollout['batch']) {
  const width = size === 0 ? 0 : observations.length / size;
  const isStill = new Uint8Array(width).fill(1);
  let largestObservation = 0;
  let largestObservationAt = 0;
  for (let row = 0; row < size; row++) {
    for (let i = 0; i < width; i++) {
      const value = observations[row * width + i]!;
      if (value !== observations[i]!) isStill[i] = 0;
      if (Math.abs(value) <= largestObservation) continue;
      largestObservation = Math.abs(value);
      largestObservationAt = i;
    }
  }
  const still = isStill.indexOf(1);
  return { largestObservation, largestObservationAt, stillObservationAt: still === -1 ? null : still };
}

function largestReward(rollouts: SeenRollout['rollouts']): number {
  let largest = 0;
  for (const { rewards, valid } of rollouts) {
    for (let cell = 0; cell < rewards.length; cell++) {
      if (valid[cell] === 1) largest = Math.max(largest, Math.abs(rewards[cell]!));
    }
  }
  return largest;
}

function rootMeanSquare(values: Float32Array): number {
  let squares = 0;
  for (const value of values) squares += value * value;
  return values.length === 0 ? 0 : Math.sqrt(squares / values.length);
}

/** Fourth central moment by the square of the second; null where nothing varies. */
function kurtosis(values: Float32Array): number | null {
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / values.length;
  let [second, fourth] = [0, 0];
  for (const value of values) {
    const square = (value - mean) ** 2;
    second += square;
    fourth += square * square;
  }
  return second > 0 ? (values.length * fourth) / second ** 2 : null;
}

/** What is forbidden now and then is taken less for that alone, so that nothing is said of such choices. */
function choiceSigns({ size, actions, masks }: SeenRollout['batch'], space: ActionSpace) {
  const { components, actions: width } = actionLayout(space);
  if (size === 0 || masks.length > 0) return { rarestChoice: null, rarestChoiceAt: null };
  let rarest: number | null = null;
  let rarestAt: number | null = null;
  let first = 0;
  components.forEach((component, index) => {
    if (component.kind !== 'choice') return;
    const taken = new Int32Array(component.count);
    for (let row = 0; row < size; row++) {
      const choice = actions[row * width + index]!;
      taken[choice] = taken[choice]! + 1;
    }
    taken.forEach((count, choice) => {
      if (rarest !== null && count / size >= rarest) return;
      rarest = count / size;
      rarestAt = first + choice;
    });
    first += component.count;
  });
  return { rarestChoice: rarest, rarestChoiceAt: rarestAt };
}
