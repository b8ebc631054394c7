import { PlaytrainError } from '../../../contract';
import { contextLost } from '../../device-wait';
import { countGpuBytes } from '../../tensor-backend';

/** A float32 RGBA texture of ours, with one layer or several; its bytes are counted until it is disposed of. */
export interface FloatTexture {
  readonly texture: WebGLTexture;
  readonly target: GLenum;
  readonly width: number; // texels
  readonly height: number; // texels
  readonly layers: number;
  dispose(): void;
}

/** @returns a texture of 0s: `TEXTURE_2D` with one layer, `TEXTURE_2D_ARRAY` with more. */
export function createFloatTexture(
  gl: WebGL2RenderingContext,
  width: number,
  height: number,
  layers = 1,
): FloatTexture {
  const target = layers === 1 ? gl.TEXTURE_2D : gl.TEXTURE_2D_ARRAY;
  const texture = gl.createTexture();
  gl.bindTexture(target, texture);
  if (layers === 1) gl.texStorage2D(target, 1, gl.RGBA32F, width, height);
  else gl.texStorage3D(target, 1, gl.RGBA32F, width, height, layers);
  // Float textures cannot be filtered, and are incomplete with the usual filters.
  gl.texParameteri(target, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
  gl.texParameteri(target, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
  gl.bindTexture(target, null);
  const bytes = 16 * width * height * layers;
  countGpuBytes(bytes);
  return {
    texture,
    target,
    width,
    height,
    layers,
    dispose() {
      gl.deleteTexture(texture);
      countGpuBytes(-bytes);
    },
  };
}

/** Textures that a program draws into, all their layers at once: four in all at most. */
export interface DrawTarget {
  readonly textures: readonly FloatTexture[];
  readonly framebuffer: WebGLFramebuffer;
  /** Of its textures too. */
  dispose(): void;
}

/**
 * @returns a target whose colour attachments are the layers of these textures, in order.
 * @throws PlaytrainError `backend-unavailable` where the device cannot draw into them; `context-lost`. The textures are
 * disposed of then.
 */
export function createDrawTarget(gl: WebGL2RenderingContext, ...textures: FloatTexture[]): DrawTarget {
  const framebuffer = gl.createFramebuffer();
  gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
  const attachments: GLenum[] = [];
  for (const { texture, target, layers } of textures) {
    for (let layer = 0; layer < layers; layer++) {
      const attachment = gl.COLOR_ATTACHMENT0 + attachments.length;
      if (layers === 1) gl.framebufferTexture2D(gl.FRAMEBUFFER, attachment, target, texture, 0);
      else gl.framebufferTextureLayer(gl.FRAMEBUFFER, attachment, texture, 0, layer);
      attachments.push(attachment);
    }
  }
  gl.drawBuffers(attachments);
  const status = gl.checkFramebufferStatus(gl.FRAMEBUFFER);
  gl.bindFramebuffer(gl.FRAMEBUFFER, null);
  const dispose = () => {
    gl.deleteFramebuffer(framebuffer);
    for (const texture of textures) texture.dispose();
  };
  if (!gl.isContextLost() && status === gl.FRAMEBUFFER_COMPLETE) return { textures, framebuffer, dispose };
  dispose();
  if (gl.isContextLost()) throw contextLost();
  throw new PlaytrainError(
    'backend-unavailable',
    `This graphics processor does not draw into ${attachments.length} float32 textures at once, which training needs, or has no memory left for them; choose another backend.`,
  );
}
