// Its own kernels are left out: ours run on it, and no operation of tfjs does.
import { setWebGLContext } from '@tensorflow/tfjs-backend-webgl/dist/base';
import * as tf from '@tensorflow/tfjs-core';
import { compileFusedPrograms } from '../agent/fused-trainer';
import type { PolicyLayout } from '../agent/policy';
import type { UpdateBackend } from '../agent/update-backend';
import { webglBackend } from '../agent/webgl-backend';
import { PlaytrainError, rendererOf } from '../contract';

/**
 * Updates on WebGL. Only this file, and what it imports, needs tfjs: a worker fetches it when WebGL is wished for or is
 * to be tried.
 */

/** How long a probe's fence may take before the context counts as unable to signal. */
const fenceTimeoutMs = 5_000;

const contextLostListeners = new Set<() => void>();
/** Of the WebGL backend, once it is open. */
let context: WebGL2RenderingContext | null = null;

/** @returns a function that stops it. */
function onLost(listener: () => void): () => void {
  contextLostListeners.add(listener);
  return () => contextLostListeners.delete(listener);
}

export interface OpenedWebgl {
  readonly backend: UpdateBackend;
  /** WebGL's renderer string. */
  readonly renderer: string;
  /** Compiles what a net needs; the thread goes on meanwhile. */
  readonly compile: (layout: PolicyLayout) => Promise<void>;
  /** Calls `listener` when the graphics context is lost. @returns a function that stops it. */
  readonly onLost: (listener: () => void) => () => void;
}

/**
 * Opens tfjs's WebGL backend, in a worker or on a page: WebGL 2 that renders to float32 textures and signals its
 * fences.
 *
 * @throws PlaytrainError `backend-unavailable` when it does not start here; the message says why.
 */
export async function openWebgl(): Promise<OpenedWebgl> {
  tf.enableProdMode();
  const renderer = await open();
  return { backend: webglBackend, renderer, compile: compileFusedPrograms, onLost };
}

function unavailable(obstacle: string): PlaytrainError {
  return new PlaytrainError(
    'backend-unavailable',
    `WebGL cannot be used here: ${obstacle}. Choose another backend, or automatic.`,
  );
}

/** @returns the renderer string. */
async function open(): Promise<string> {
  if (context === null || context.isContextLost()) {
    const made = await makeContext();
    if (typeof made === 'string') throw unavailable(made);
    const isSecond = context !== null;
    context = made;
    setWebGLContext(2, made);
    if (isSecond) forgetLostBackend();
  }
  setWebglFlags();
  if (!tf.env().getBool('WEBGL_RENDER_FLOAT32_ENABLED')) throw unavailable(noFloat32);
  const opened = await tf.setBackend('webgl').catch(() => false);
  if (!opened || tf.getBackend() !== 'webgl') throw unavailable('tfjs could not set it up');
  return rendererOf(context);
}

const noFloat32 = 'its graphics processor does not render to float32 textures';

/**
 * A context of our own: tfjs refuses to make one in Safari's workers, whatever the version can do.
 *
 * @returns the context, or what stands in its way, as the end of a sentence.
 */
async function makeContext(): Promise<WebGL2RenderingContext | string> {
  if (typeof OffscreenCanvas === 'undefined') return 'this browser gives workers no canvas';
  const gl = newContext();
  if (gl === null) return 'this browser gives workers no WebGL 2';
  if (gl.getExtension('EXT_color_buffer_float') === null) return noFloat32;
  if (!(await signalsFences(gl))) return 'its graphics processor does not signal when work is finished';
  gl.canvas.addEventListener('webglcontextlost', (event) => {
    event.preventDefault();
    for (const listener of contextLostListeners) listener();
  });
  return gl;
}

function newContext(): WebGL2RenderingContext | null {
  try {
    return new OffscreenCanvas(1, 1).getContext('webgl2', {
      alpha: false,
      antialias: false,
      depth: false,
      stencil: false,
      premultipliedAlpha: false,
      preserveDrawingBuffer: false,
    });
  } catch {
    // Browsers that guard against being recognised throw where others answer with null.
    return null;
  }
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
