import '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import wasmPlainUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import wasmSimdUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import { setWebGLContext } from '@tensorflow/tfjs-backend-webgl';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import { type BackendName, PlaytrainError, rendererOf } from '../contract';

/** How long a probe's fence may take before the context counts as unable to signal. */
const fenceTimeoutMs = 5_000;

const contextLostListeners = new Set<() => void>();
/** Of the WebGL backend, once it is open. */
let context: WebGL2RenderingContext | null = null;

/** Calls `listener` when the graphics context of the WebGL backend is lost. @returns a function that stops it. */
export function onContextLost(listener: () => void): () => void {
  contextLostListeners.add(listener);
  return () => contextLostListeners.delete(listener);
}

/** A tfjs backend that is open. */
export interface OpenedBackend {
  readonly name: BackendName;
  /** WebGL's renderer string; empty for other backends. */
  readonly renderer: string;
}

/**
 * Opens a tfjs backend, in a worker or on a page. WebGL needs WebGL 2 that renders to float32 textures and signals its
 * fences.
 *
 * @throws PlaytrainError `backend-unavailable` when it does not start here; the message says why.
 */
export async function openBackend(name: BackendName): Promise<OpenedBackend> {
  tf.enableProdMode();
  switch (name) {
    case 'webgl': {
      const opened = await openWebgl();
      if (typeof opened === 'string') throw unavailable('WebGL', opened);
      return opened;
    }
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

/** @returns what was opened, or what stands in the way, as the end of a sentence. */
async function openWebgl(): Promise<OpenedBackend | string> {
  if (context === null || context.isContextLost()) {
    const made = await makeContext();
    if (typeof made === 'string') return made;
    const isSecond = context !== null;
    context = made;
    setWebGLContext(2, made);
    if (isSecond) forgetLostBackend();
  }
  setWebglFlags();
  if (!tf.env().getBool('WEBGL_RENDER_FLOAT32_ENABLED')) return noFloat32;
  const opened = await tf.setBackend('webgl').catch(() => false);
  if (!opened || tf.getBackend() !== 'webgl') return 'tfjs could not set WebGL up';
  return { name: 'webgl', renderer: rendererOf(context) };
}

const noFloat32 = 'its graphics processor does not render to float32 textures';

/** A context of our own: tfjs refuses to make one in Safari's workers, whatever the version can do. */
async function makeContext(): Promise<WebGL2RenderingContext | string> {
  if (typeof OffscreenCanvas === 'undefined') return 'this browser gives workers no canvas';
  const canvas = new OffscreenCanvas(1, 1);
  const gl = canvas.getContext('webgl2', {
    alpha: false,
    antialias: false,
    depth: false,
    stencil: false,
    premultipliedAlpha: false,
    preserveDrawingBuffer: false,
  });
  if (gl === null) return 'this browser gives workers no WebGL 2';
  if (gl.getExtension('EXT_color_buffer_float') === null) return noFloat32;
  if (!(await signalsFences(gl))) return 'its graphics processor does not signal when work is finished';
  canvas.addEventListener('webglcontextlost', (event) => {
    event.preventDefault();
    for (const listener of contextLostListeners) listener();
  });
  return gl;
}

/** Lets tfjs build its WebGL backend anew on the context that was just set; tensors of the lost one are gone. */
function forgetLostBackend(): void {
  const factory = tf.findBackendFactory('webgl');
  tf.removeBackend('webgl');
  tf.registerBackend('webgl', factory, 2);
}

function setWebglFlags(): void {
  const flags = tf.env();
  flags.set('WEBGL_VERSION', 2);
  // Shapes as uniforms: a new batch size then runs on the programs that are already compiled.
  flags.set('WEBGL_USE_SHAPES_UNIFORMS', true);
  // Elementwise work stays unpacked: on tensors this small, packing and unpacking around it (310 programs a minibatch
  // against 233) and uploading its scalars as textures cost more than packing saves.
  flags.set('WEBGL_PACK_BINARY_OPERATIONS', false);
  flags.set('WEBGL_PACK_UNARY_OPERATIONS', false);
  flags.set('WEBGL_PACK_ARRAY_OPERATIONS', false);
  flags.set('WEBGL_PACK_REDUCE', false);
  flags.set('WEBGL_PACK_CLIP', false);
  flags.set('WEBGL_LAZILY_UNPACK', false);
}

async function signalsFences(gl: WebGL2RenderingContext): Promise<boolean> {
  const fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
  if (fence === null) return false;
  gl.flush();
  const pollMs = 5;
  try {
    for (let waitedMs = 0; waitedMs < fenceTimeoutMs; waitedMs += pollMs) {
      const status = gl.clientWaitSync(fence, 0, 0);
      if (status === gl.ALREADY_SIGNALED || status === gl.CONDITION_SATISFIED) return true;
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
    return false;
  } finally {
    gl.deleteSync(fence);
  }
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
