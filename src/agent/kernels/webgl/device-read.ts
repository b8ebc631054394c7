import { contextLost, DeviceWait } from '../../device-wait';
import type { DrawTarget } from './float-texture';
import type { TexelRectangle } from './program-context';
import { shortPause } from './short-pause';

/** What is to be read of one of a target's colour attachments. */
export interface ReadRequest extends TexelRectangle {
  readonly target: DrawTarget;
  readonly attachment: number;
}

/**
 * Resolves once the device has done all that it was asked for so far, without blocking the thread.
 *
 * @throws PlaytrainError `context-lost` when the graphics context is gone, or the device hangs.
 */
export async function deviceCaughtUp(gl: WebGL2RenderingContext): Promise<void> {
  const fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
  gl.flush();
  const wait = new DeviceWait(gl);
  try {
    while (true) {
      wait.look();
      if (fence === null) throw contextLost();
      const status = gl.clientWaitSync(fence, 0, 0);
      if (status === gl.ALREADY_SIGNALED || status === gl.CONDITION_SATISFIED) return;
      await shortPause();
    }
  } finally {
    gl.deleteSync(fence);
  }
}

/**
 * Reads several rectangles at once, without blocking the thread.
 *
 * @returns four numbers a texel, rectangle after rectangle, each row by row.
 * @throws PlaytrainError `context-lost` when the graphics context is gone.
 */
export async function readTexels(
  gl: WebGL2RenderingContext,
  requests: readonly ReadRequest[],
): Promise<Float32Array<ArrayBuffer>> {
  const count = requests.reduce((sum, { width, height }) => sum + 4 * width * height, 0);
  const buffer = gl.createBuffer();
  gl.bindBuffer(gl.PIXEL_PACK_BUFFER, buffer);
  gl.bufferData(gl.PIXEL_PACK_BUFFER, 4 * count, gl.STREAM_READ);
  let offset = 0;
  for (const { target, attachment, x, y, width, height } of requests) {
    gl.bindFramebuffer(gl.FRAMEBUFFER, target.framebuffer);
    gl.readBuffer(gl.COLOR_ATTACHMENT0 + attachment);
    gl.readPixels(x, y, width, height, gl.RGBA, gl.FLOAT, offset);
    offset += 16 * width * height;
  }
  gl.bindFramebuffer(gl.FRAMEBUFFER, null);
  // tfjs reads into buffers of its own, and into arrays, which a bound buffer would forbid.
  gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
  try {
    await deviceCaughtUp(gl);
    const numbers = new Float32Array(count);
    gl.bindBuffer(gl.PIXEL_PACK_BUFFER, buffer);
    gl.getBufferSubData(gl.PIXEL_PACK_BUFFER, 0, numbers);
    gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
    if (gl.isContextLost()) throw contextLost();
    return numbers;
  } finally {
    gl.deleteBuffer(buffer);
  }
}
