import type { ActingBackend, BackendName } from '../contract';
import { createPlainTrainer, createSimdTrainer } from './analytic-trainer';
import { createFusedTrainer } from './fused-trainer';
import type { CreateTrainer } from './minibatch-trainer';

/** What computes gradient steps on each backend. WebGL's needs tfjs's WebGL backend to be open; the others nothing. */
export const trainers: Readonly<Record<BackendName, CreateTrainer>> = {
  webgl: createFusedTrainer,
  wasm: createSimdTrainer,
  cpu: createPlainTrainer,
};

/** Where actions are computed when the updates' backend is pinned. */
export function pinnedActing(backend: BackendName): ActingBackend {
  return backend === 'wasm' ? 'wasm' : 'cpu';
}
