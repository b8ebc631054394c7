import type { SimdKernels } from '../contract';
import {
  aloneWith,
  type CreateWorkplace,
  createAnalyticTrainer,
  createFmaTrainer,
  createSimdTrainer,
  partRows,
} from './analytic-trainer';
import { blockRows } from './graph/plan';
import { createFmaKernels, createSharedKernels, createSimdKernels } from './kernels/simd/kernels';
import { type CreateTrainer, rowOperations } from './minibatch-trainer';
import type { PolicyLayout } from './policy';
import { Board, mostClaims } from './shards/board';
import { layOutShards } from './shards/shard';
import { type ShardThreads, Team } from './shards/team';

const alone = {
  plain: { createKernels: createSimdKernels, createTrainer: createSimdTrainer },
  fma: { createKernels: createFmaKernels, createTrainer: createFmaTrainer },
} as const;

/** One wave is worth so much time of one thread in compiled kernels as a part of a step is in plain loops. */
const quickerThanPlain = 4;
const mostBlocks = 16;

/**
 * The analytic trainer in WebAssembly SIMD, of which other threads take a share. Weights are the same to the bit as
 * those of the one that is alone, however many threads there are.
 *
 * @throws PlaytrainError `backend-unavailable` where the engine knows no such instructions.
 */
export function shardedTrainer(simd: SimdKernels, threads: ShardThreads): CreateTrainer {
  return (layout, state) => {
    if (threads.count === 0) return alone[simd].createTrainer(layout, state);
    const createAlone = aloneWith(alone[simd].createKernels);
    return createAnalyticTrainer(together(simd, threads, layout), layout, state, createAlone);
  };
}

function together(simd: SimdKernels, threads: ShardThreads, layout: PolicyLayout): CreateWorkplace {
  const blocks = Math.min(mostBlocks, Math.ceil((quickerThanPlain * partRows(layout)) / blockRows));
  return (plan) => {
    const { kernels, arrays, memory } = createSharedKernels(simd, (allocate) =>
      layOutShards(allocate, plan, blocks),
    );
    if (plan.accumulate.length > mostClaims) return { kernels, ...arrays, team: null };
    const start = { simd, graph: plan.graph, blocks, memory };
    const board = Board.create(blocks, plan.accumulate.length);
    return { kernels, ...arrays, team: new Team(threads, start, board, rowOperations(layout)) };
  };
}
