import type { Hyperparameters } from '../contract';
import type { SeededRandom } from '../random/seeded-random';
import type { MinibatchTrainer, StepSettings, TrainerResult, TrainingBatch } from './minibatch-trainer';

export interface UpdatePlan
  extends Omit<StepSettings, 'largestKl'>,
    Pick<Hyperparameters, 'epochs' | 'minibatchSize' | 'targetKl'> {}

export interface UpdateResult extends TrainerResult {
  /** Gradient steps taken. */
  readonly minibatches: number;
  /** Rows `[B]` of the update's first minibatch. */
  readonly firstMinibatch: Int32Array;
  /** How many of the last statistics rows belong to the last epoch that was begun. */
  readonly lastEpochRows: number;
}

/** With a target KL, an update ends before the step whose minibatch exceeds this many times the target. */
const klTolerance = 1.5;

/**
 * Each epoch shuffles the steps anew and takes them in minibatches of one fixed size. What does not fill a minibatch is
 * left for other epochs' shuffles.
 *
 * @returns rows `[B]` of every minibatch, epoch after epoch.
 */
export function drawMinibatches(
  batchSize: number,
  { epochs, minibatchSize }: Pick<UpdatePlan, 'epochs' | 'minibatchSize'>,
  random: SeededRandom,
): Int32Array[] {
  const order = Int32Array.from({ length: batchSize }, (_, row) => row);
  const minibatches: Int32Array[] = [];
  for (let epoch = 0; epoch < epochs; epoch++) {
    random.shuffle(order);
    for (let start = 0; start + minibatchSize <= batchSize; start += minibatchSize) {
      minibatches.push(order.slice(start, start + minibatchSize));
    }
  }
  return minibatches;
}

/**
 * All epochs over one batch.
 *
 * @param breathe awaited after each minibatch; may wait until the device has caught up (`trainer.settle`).
 */
export async function ppoUpdate(
  trainer: MinibatchTrainer,
  batch: TrainingBatch,
  plan: UpdatePlan,
  random: SeededRandom,
  breathe: (trainer: MinibatchTrainer) => Promise<void>,
): Promise<UpdateResult> {
  const minibatches = drawMinibatches(batch.size, plan, random);
  const largestKl = plan.targetKl === 0 ? Number.POSITIVE_INFINITY : klTolerance * plan.targetKl;
  const perEpoch = Math.max(1, minibatches.length / plan.epochs);
  trainer.begin({ batch, minibatches, settings: { ...plan, largestKl } });
  for (let taken = 0; taken < minibatches.length; taken++) {
    const epochBegins = taken > 0 && taken % perEpoch === 0;
    if (plan.targetKl > 0 && epochBegins && (await trainer.hasStopped())) break;
    trainer.step();
    await breathe(trainer);
  }
  const result = await trainer.finish();
  const { statistics, stoppedEarly } = result;
  return {
    ...result,
    minibatches: statistics.length - (stoppedEarly ? 1 : 0),
    firstMinibatch: minibatches[0] ?? new Int32Array(0),
    lastEpochRows: statistics.length === 0 ? 0 : ((statistics.length - 1) % perEpoch) + 1,
  };
}
