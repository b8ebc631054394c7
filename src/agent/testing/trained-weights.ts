import { SeededRandom } from '../../random/seeded-random';
import { type CreateTrainer, takeStep } from '../minibatch-trainer';
import { cleanrlStep } from './trainer-properties';
import type { TrainingCase } from './training-cases';

/** All that 20 shuffled minibatches come to. */
export async function trained(createTrainer: CreateTrainer, given: TrainingCase, minibatch: number) {
  const { layout, state, batch } = given;
  const order = Int32Array.from({ length: batch.size }, (_, row) => row);
  const random = SeededRandom.fromSeed(1);
  const minibatches = Array.from({ length: 20 }, () => {
    random.shuffle(order);
    return order.slice(0, minibatch);
  });
  const trainer = createTrainer(layout, state);
  trainer.begin({ batch, minibatches, settings: cleanrlStep });
  for (const _ of minibatches) takeStep(trainer);
  const { estimates: _, ...result } = await trainer.finish();
  trainer.dispose();
  return result;
}
