import type { Plan } from '../graph/plan';
import { type BlockArrays, bindCalls, type Run } from '../graph/run-plan';
import type { Kernels, Numbers } from '../kernels/kernels';
import type { Wave } from './board';
import { rowsIn, type WaveWork } from './wave';

/** Binds a plan to kernels and to the arrays of blocks, for whoever takes a share of a wave. */
export function bindWave<Array extends Numbers>(
  kernels: Kernels<Array>,
  plan: Plan,
  blocks: readonly BlockArrays<Array>[],
): WaveWork {
  const bound = blocks.map((arrays) => ({
    forward: bindCalls(kernels, plan.forward, arrays),
    backward: bindCalls(kernels, plan.backward, arrays),
    slices: plan.accumulate.map((call): Run => bindCalls(kernels, [call], arrays)),
  }));
  return {
    forward: (block, rows) => bound[block]!.forward(rows),
    backward: (block, rows) => bound[block]!.backward(rows),
    accumulate(slice: number, wave: Wave) {
      for (let block = 0; block < wave.blocks; block++) bound[block]!.slices[slice]!(rowsIn(wave, block));
    },
  };
}
