import { type ActingBackend, PlaytrainError, type SnapshotData } from '../contract';
import { createFloat64Kernels } from './kernels/plain/kernels';
import { createSimdKernels } from './kernels/simd/kernels';
import { PlanSnapshot } from './plan-snapshot';
import type { PolicyLayout } from './policy';
import type { PolicySnapshot } from './policy-snapshot';
import { workspaceOf } from './snapshot-workspace';

/**
 * A snapshot that acts in plain JavaScript (`cpu`), in float64, or in WebAssembly SIMD (`wasm`). Copies the weights, so that `data`
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
  const workspace =
    acting === 'wasm'
      ? workspaceOf('SIMD', createSimdKernels, layout.graph)
      : workspaceOf('float64', createFloat64Kernels, layout.graph);
  return new PlanSnapshot(workspace, layout, data);
}
