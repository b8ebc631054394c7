import { expose } from 'comlink';
import { createFmaTrainer, createSimdTrainer } from '../../agent/analytic-trainer';
import { shardedTrainer } from '../../agent/sharded-trainer';
import { trained } from '../../agent/testing/trained-weights';
import { testSpaces, trainingCase } from '../../agent/testing/training-cases';
import type { SimdKernels } from '../../contract';
import { ShardWorkers } from '../shard-workers';

const alone = { plain: createSimdTrainer, fma: createFmaTrainer } as const;

const sharing = {
  /** What 20 minibatches come to: on this thread, and several times over with so many that share in them. */
  async trained(space: string, simd: SimdKernels, shards: number, minibatch: number) {
    const given = trainingCase(testSpaces[space]!, 700, 12, { hiddenSizes: [64, 64], activation: 'tanh' });
    let lost = 0;
    const threads = new ShardWorkers(() => {
      lost += 1;
    });
    threads.count = shards - 1;
    await threads.listening();
    const together = [];
    for (let time = 0; time < 2; time++) {
      together.push(await trained(shardedTrainer(simd, threads), given, minibatch));
    }
    threads.dispose();
    return { alone: await trained(alone[simd], given, minibatch), together, lost };
  },
};
export type SharingWorker = typeof sharing;

expose(sharing);
