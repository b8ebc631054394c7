import type { ActingBackend, BackendName } from '../contract';
import { createPlainTrainer, createSimdTrainer } from './analytic-trainer';
import type { CreateTrainer } from './minibatch-trainer';

/** What an update is computed with: everything that differs from backend to backend. */
export interface UpdateBackend {
  readonly name: BackendName;
  readonly createTrainer: CreateTrainer;
  /** What it holds at this moment. */
  readonly memory: () => { readonly liveTensors: number; readonly gpuBytes: number };
}

/** Those that need nothing but the engine. The one on WebGL is in `webgl-backend.ts`, with tfjs. */
export const hostBackends: Readonly<Record<ActingBackend, UpdateBackend>> = {
  wasm: onHost('wasm', createSimdTrainer),
  cpu: onHost('cpu', createPlainTrainer),
};

function onHost(name: ActingBackend, createTrainer: CreateTrainer): UpdateBackend {
  return {
    name,
    createTrainer,
    memory: () => ({ liveTensors: 0, gpuBytes: 0 }),
  };
}

/** Where actions are computed when the updates' backend is pinned. */
export function pinnedActing(backend: BackendName): ActingBackend {
  return backend === 'wasm' ? 'wasm' : 'cpu';
}
