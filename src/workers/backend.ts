import '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import wasmPlainUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import wasmSimdUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import '@tensorflow/tfjs-backend-webgl';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import { type BackendName, PlaytrainError } from '../contract';
import { openWebgl } from './webgl';

/** A tfjs backend that is open. */
export interface OpenedBackend {
  readonly name: BackendName;
  /** WebGL's renderer string; empty for other backends. */
  readonly renderer: string;
}

/**
 * Opens a tfjs backend, in a worker or on a page, for the definition by autodiff: tests and benchmarks use all three,
 * agents only WebGL.
 *
 * @throws PlaytrainError `backend-unavailable` when it does not start here; the message says why.
 */
export async function openBackend(name: BackendName): Promise<OpenedBackend> {
  tf.enableProdMode();
  switch (name) {
    case 'webgl':
      return { name, renderer: (await openWebgl()).renderer };
    case 'wasm': {
      const obstacle = await openWasm();
      if (obstacle !== null) throw unavailable('WebAssembly', obstacle);
      return { name, renderer: '' };
    }
    case 'cpu':
      if (!(await tf.setBackend('cpu'))) throw unavailable('Plain JavaScript', 'tfjs refused it');
      return { name, renderer: '' };
  }
}

function unavailable(label: string, obstacle: string): PlaytrainError {
  return new PlaytrainError(
    'backend-unavailable',
    `${label} cannot be used here: ${obstacle}. Choose another backend, or automatic.`,
  );
}

/** @returns what stands in the way, or null once the backend is open. */
async function openWasm(): Promise<string | null> {
  if (typeof WebAssembly === 'undefined') return 'this browser has no WebAssembly';
  // Threads cost more than they bring on small nets, and their build hangs when minified.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  setWasmPaths({
    'tfjs-backend-wasm.wasm': wasmPlainUrl,
    'tfjs-backend-wasm-simd.wasm': wasmSimdUrl,
    // Never fetched without threads, but tfjs refuses a map that leaves it out.
    'tfjs-backend-wasm-threaded-simd.wasm': wasmSimdUrl,
  });
  const opened = await tf.setBackend('wasm').catch(() => false);
  return opened && tf.getBackend() === 'wasm' ? null : 'the WebAssembly module did not load';
}
