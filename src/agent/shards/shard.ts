import type { SimdKernels } from '../../contract';
import type { PolicyGraph } from '../graph/graph';
import { compile, type Plan } from '../graph/plan';
import { allocateBlocks } from '../graph/run-plan';
import type { Allocate } from '../kernels/kernels';
import { createSharedKernels } from '../kernels/simd/kernels';
import { Board } from './board';
import { bindWave } from './bound-wave';
import { helpOut } from './wave';

/** What a thread is told so that it takes shares of a trainer's minibatches. */
export interface ShardStart {
  readonly simd: SimdKernels;
  readonly graph: PolicyGraph;
  /** That one wave can have. */
  readonly blocks: number;
  readonly memory: WebAssembly.Memory;
  readonly board: SharedArrayBuffer;
}

/** Lays out the memory that all shards of a trainer work on: the same in every thread. */
export function layOutShards(allocate: Allocate, plan: Plan, blocks: number) {
  return {
    mean: allocate(plan.counts.parameters),
    variance: allocate(plan.counts.parameters),
    blocks: allocateBlocks(allocate, plan, blocks),
  };
}

/** Takes shares of a trainer's minibatches until it is done with. Blocks the thread, which sleeps in between. */
export function serveShard({ simd, graph, blocks, memory, board }: ShardStart): void {
  const plan = compile(graph);
  const { kernels, arrays } = createSharedKernels(
    simd,
    (allocate) => layOutShards(allocate, plan, blocks),
    memory,
  );
  helpOut(new Board(board, plan.accumulate.length), bindWave(kernels, plan, arrays.blocks));
}
