import { type ActingBackend, PlaytrainError, type SnapshotData } from '../contract';
import { PlainSnapshot } from './plain-snapshot';
import type { PolicyLayout } from './policy';
import type { PolicySnapshot } from './policy-snapshot';
import { SimdSnapshot } from './simd-snapshot';

/**
 * A snapshot that acts in plain JavaScript (`cpu`) or in WebAssembly SIMD (`wasm`). Copies the weights, so that `data`
 * may change or be transferred afterwards.
 *
 * @throws PlaytrainError `bad-settings` when the weights are not as many as the layout's; `backend-unavailable` for
 * `wasm` where the engine knows no WebAssembly SIMD.
 */
export function createSnapshot(
  layout: PolicyLayout,
  data: SnapshotData,
  acting: ActingBackend = 'cpu',
): PolicySnapshot {
  if (data.parameters.length !== layout.parameterCount) {
    throw new PlaytrainError(
      'bad-settings',
      `A snapshot of ${data.parameters.length} weights does not fit a policy of ${layout.parameterCount}; use one that was made with the same game, hidden sizes and action space.`,
    );
  }
  return acting === 'wasm' ? new SimdSnapshot(layout, data) : new PlainSnapshot(layout, data);
}
