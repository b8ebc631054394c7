import type { Standstill } from '../contract';
import type { PolicyLayout } from './policy';

/**
 * Whether an update's steps left every weight of the policy as it was, to the bit, so that it can learn no more, and why.
 *
 * @param minibatches steps that were taken; without any nothing could move.
 */
export function standstillOf(
  layout: PolicyLayout,
  before: Float32Array,
  after: Float32Array,
  { minibatches, learningRate }: { readonly minibatches: number; readonly learningRate: number },
): Standstill | null {
  if (minibatches === 0) return null;
  for (const { name, offset, size } of layout.blocks) {
    if (!name.startsWith('actor.')) continue;
    for (let i = offset; i < offset + size; i++) if (before[i] !== after[i]) return null;
  }
  return learningRate === 0 ? 'annealed' : 'noGradient';
}
