import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import * as wasm from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import { hostBackend } from '../agent/host-backend';
import { type BackendChoice, type BackendReport, PlaytrainError } from '../contract';

const onOneThread = { shards: 1, aloneBecause: null } as const;

/**
 * Opens a tfjs backend in Node: `auto` prefers WebAssembly to plain JavaScript.
 *
 * @throws PlaytrainError `backend-unavailable` for a pinned backend that does not start, and for WebGL, which Node
 * does not have.
 */
export async function openNodeBackend(choice: BackendChoice): Promise<BackendReport> {
  tf.enableProdMode();
  if (choice === 'webgl') {
    throw new PlaytrainError(
      'backend-unavailable',
      'Node has no WebGL; choose wasm or cpu here, or run in a browser.',
    );
  }
  if (choice !== 'cpu') {
    if (await openWasm()) {
      return {
        name: 'wasm',
        simd: 'plain',
        ...onOneThread,
        renderer: '',
        acting: hostBackend(),
        timings: [],
        why: { code: choice === 'auto' ? 'onlyOne' : 'chosen' },
      };
    }
    if (choice === 'wasm') {
      throw new PlaytrainError(
        'backend-unavailable',
        'The WebAssembly backend did not start; check that @tensorflow/tfjs-backend-wasm is installed, or choose cpu.',
      );
    }
  }
  await tf.setBackend('cpu');
  const why = { code: choice === 'cpu' ? 'chosen' : 'onlyOne' } as const;
  return { name: 'cpu', simd: null, ...onOneThread, renderer: '', acting: 'cpu', timings: [], why };
}

async function openWasm(): Promise<boolean> {
  const folder = `${dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'))}/`;
  if (!existsSync(`${folder}tfjs-backend-wasm.wasm`)) return false;
  // Threads cost more than they bring on small nets, and their build hangs when minified.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  wasm.setWasmPaths(folder);
  return (await tf.setBackend('wasm')) && tf.getBackend() === 'wasm';
}
