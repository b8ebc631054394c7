import type { Hyperparameters } from '../contract';
import type { SeededRandom } from '../random/seeded-random';
import type { Minibatches, StepSettings, TrainingBatch } from './minibatch';
import type { MinibatchTrainer, TrainerResult } from './minibatch-trainer';

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
 * The minibatches of all epochs. Each epoch shuffles the steps anew and takes them in minibatches of one fixed size; what
 * does not fill a minibatch is left for other epochs' shuffles. An epoch is drawn when the first of its minibatches is
 * asked for.
 */
export class DrawnMinibatches implements Minibatches {
  readonly length: number;
  private readonly epochs: number;
  private readonly size: number;
  private readonly perEpoch: number;
  private readonly random: SeededRandom;
  private readonly order: Int32Array; // [M]
  private drawn = 0;

  constructor(
    batchSize: number,
    { epochs, minibatchSize }: Pick<UpdatePlan, 'epochs' | 'minibatchSize'>,
    random: SeededRandom,
  ) {
    this.epochs = epochs;
    this.size = minibatchSize;
    this.perEpoch = Math.floor(batchSize / minibatchSize);
    this.length = epochs * this.perEpoch;
    this.random = random;
    this.order = new Int32Array(batchSize);
    for (let row = 0; row < batchSize; row++) this.order[row] = row;
  }

  /** Rows `[B]`, until those of another epoch are asked for; they are in order of the epochs. */
  at(minibatch: number): Int32Array | undefined {
    if (minibatch >= this.length) return undefined;
    const epoch = Math.floor(minibatch / this.perEpoch);
    if (epoch < this.drawn - 1) throw new Error('The minibatches of an earlier epoch are gone.');
    this.drawEpochs(epoch + 1);
    const start = (minibatch % this.perEpoch) * this.size;
    return this.order.subarray(start, start + this.size);
  }

  /** Moves the generator on as if all had been asked for, so that what comes next does not depend on it. */
  drawAll(): void {
    this.drawEpochs(this.epochs);
  }

  private drawEpochs(count: number): void {
    for (; this.drawn < count; this.drawn++) this.random.shuffle(this.order);
  }
}

/**
 * All epochs over one batch.
 *
 * @param breathe awaited after each minibatch, or part of one; may wait until the device has caught up (`trainer.settle`).
 */
export async function ppoUpdate(
  trainer: MinibatchTrainer,
  batch: TrainingBatch,
  plan: UpdatePlan,
  random: SeededRandom,
  breathe: (trainer: MinibatchTrainer) => Promise<void>,
): Promise<UpdateResult> {
  const minibatches = new DrawnMinibatches(batch.size, plan, random);
  const firstMinibatch = minibatches.at(0)?.slice() ?? new Int32Array(0);
  const largestKl = plan.targetKl === 0 ? Number.POSITIVE_INFINITY : klTolerance * plan.targetKl;
  const perEpoch = Math.max(1, minibatches.length / plan.epochs);
  trainer.begin({ batch, minibatches, settings: { ...plan, largestKl } });
  for (let taken = 0; taken < minibatches.length; taken++) {
    const epochBegins = taken > 0 && taken % perEpoch === 0;
    if (plan.targetKl > 0 && epochBegins && (await trainer.hasStopped())) break;
    let isComplete = false;
    while (!isComplete) {
      isComplete = trainer.step();
      await breathe(trainer);
    }
  }
  minibatches.drawAll();
  const result = await trainer.finish();
  const { statistics, stoppedEarly } = result;
  return {
    ...result,
    minibatches: statistics.length - (stoppedEarly ? 1 : 0),
    firstMinibatch,
    lastEpochRows: statistics.length === 0 ? 0 : ((statistics.length - 1) % perEpoch) + 1,
  };
}
