import { createDrawTarget, createFloatTexture, type DrawTarget } from './float-texture';

/** The targets of one owner, so that none is left behind, also where making the next one fails. */
export class DeviceMemory {
  private readonly gl: WebGL2RenderingContext;
  private readonly held = new Set<DrawTarget>();

  constructor(gl: WebGL2RenderingContext) {
    this.gl = gl;
  }

  /** What is drawn into `count` textures of one layer at once. Throws as `createDrawTarget` does. */
  target(width: number, height: number, count = 1): DrawTarget {
    const textures = Array.from({ length: count }, () => createFloatTexture(this.gl, width, height));
    return this.hold(createDrawTarget(this.gl, ...textures));
  }

  /** What is drawn into all layers of one texture at once. Throws as `createDrawTarget` does. */
  layered(width: number, height: number, layers: number): DrawTarget {
    return this.hold(createDrawTarget(this.gl, createFloatTexture(this.gl, width, height, layers)));
  }

  /** Gives one back before the rest. */
  release(target: DrawTarget): void {
    if (this.held.delete(target)) target.dispose();
  }

  dispose(): void {
    for (const target of this.held) target.dispose();
    this.held.clear();
  }

  private hold(target: DrawTarget): DrawTarget {
    this.held.add(target);
    return target;
  }
}
