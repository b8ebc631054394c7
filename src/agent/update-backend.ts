import type { ActingBackend, BackendName, SimdKernels } from '../contract';
import { createFmaTrainer, createPlainTrainer, createSimdTrainer, isFmaAvailable } from './analytic-trainer';
import type { CreateTrainer } from './minibatch-trainer';
import { shardedTrainer } from './sharded-trainer';
import type { ShardThreads } from './shards/team';

/** What an update is computed with: everything that differs from backend to backend. */
export interface UpdateBackend {
  readonly name: BackendName;
  /** Null for backends other than WebAssembly. */
  readonly simd: SimdKernels | null;
  readonly createTrainer: CreateTrainer;
  /** What it holds at this moment. */
  readonly memory: () => { readonly liveTensors: number; readonly gpuBytes: number };
}

/** Those that need nothing but the engine, and come to the same bits on every machine. The one on WebGL is in `webgl-backend.ts`, with tfjs. */
export const hostBackends: Readonly<Record<ActingBackend, UpdateBackend>> = {
  wasm: onHost('wasm', 'plain', createSimdTrainer),
  cpu: onHost('cpu', null, createPlainTrainer),
};

const fmaBackend = onHost('wasm', 'fma', createFmaTrainer);

/** The quickest form of a backend that needs nothing but the engine; its bits may depend on the machine. */
export function quickHostBackend(name: ActingBackend): UpdateBackend {
  return name === 'wasm' && isFmaAvailable() ? fmaBackend : hostBackends[name];
}

/** The same, of which threads take a share where it is one of those in WebAssembly: its bits stay what they are. */
export function sharedAmong(threads: ShardThreads, backend: UpdateBackend): UpdateBackend {
  const { simd } = backend;
  return simd === null ? backend : { ...backend, createTrainer: shardedTrainer(simd, threads) };
}

/** The backend itself where its bits are the same on every machine, else the form of it whose are. */
export function repeatable(backend: UpdateBackend): UpdateBackend {
  return backend.simd === 'fma' ? hostBackends.wasm : backend;
}

function onHost(name: ActingBackend, simd: SimdKernels | null, createTrainer: CreateTrainer): UpdateBackend {
  return {
    name,
    simd,
    createTrainer,
    memory: () => ({ liveTensors: 0, gpuBytes: 0 }),
  };
}

/** Where actions are computed when the updates' backend is pinned. */
export function pinnedActing(backend: BackendName): ActingBackend {
  return backend === 'wasm' ? 'wasm' : 'cpu';
}
