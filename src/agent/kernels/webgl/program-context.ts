import type { GPGPUContext, MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import * as tf from '@tensorflow/tfjs-core';
import { PlaytrainError } from '../../../contract';
import { contextLost } from '../../device-wait';
import type { DrawTarget, FloatTexture } from './float-texture';
import { shortPause } from './short-pause';

/** A fragment shader and the names of the textures that it samples. */
export interface ProgramSource {
  readonly fragmentShader: string;
  readonly samplers: readonly string[];
}

/** A linked program. */
export interface Program {
  readonly program: WebGLProgram;
  /** Of the uniform `numbers`; null where the program does not ask for it. */
  readonly numbers: WebGLUniformLocation | null;
}

export interface TexelRectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const vertexShader = `#version 300 es
layout(location = 0) in vec2 corner;
void main() { gl_Position = vec4(corner, 0.0, 1.0); }`;

/** One triangle that covers the viewport, and an empty one: tfjs draws six indices. */
const corners = new Float32Array([-1, -1, 3, -1, -1, 3]);
const indices = new Uint16Array([0, 1, 2, 0, 0, 0]);

const contexts = new WeakMap<GPGPUContext, ProgramContext>();

/**
 * tfjs's own WebGL context, as our programs are drawn on it: past tfjs's bookkeeping, which costs more than a small
 * program does, but through its `executeProgram`, so that they are counted with its own.
 *
 * Each texture is known by the name of what it holds, and each name has a texture unit of its own. So textures are
 * bound once a minibatch and not once a program.
 */
export class ProgramContext {
  readonly gl: WebGL2RenderingContext;
  private readonly gpgpu: GPGPUContext;
  private readonly vertexArray: WebGLVertexArrayObject;
  /** By fragment shader: what was compiled once serves all later trainers. */
  private readonly programs = new Map<string, Program>();
  /** Begun and not waited for yet, likewise. */
  private readonly underWay = new Map<string, Linking>();
  private readonly units = new Map<string, number>();

  private constructor(gpgpu: GPGPUContext) {
    this.gpgpu = gpgpu;
    // tfjs's type says WebGL 1; the backend is opened with WebGL 2 only.
    this.gl = gpgpu.gl as WebGL2RenderingContext;
    const { gl } = this;
    this.vertexArray = gl.createVertexArray();
    gl.bindVertexArray(this.vertexArray);
    gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
    gl.bufferData(gl.ARRAY_BUFFER, corners, gl.STATIC_DRAW);
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, gl.createBuffer());
    gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, indices, gl.STATIC_DRAW);
    gl.enableVertexAttribArray(0);
    gl.vertexAttribPointer(0, 2, gl.FLOAT, false, 0, 0);
    gl.bindVertexArray(null);
    gl.bindBuffer(gl.ARRAY_BUFFER, null);
  }

  /** That of the WebGL backend that is open. */
  static current(): ProgramContext {
    const { gpgpu } = tf.backend() as MathBackendWebGL;
    const known = contexts.get(gpgpu);
    if (known !== undefined) return known;
    const made = new ProgramContext(gpgpu);
    contexts.set(gpgpu, made);
    return made;
  }

  /**
   * Compiles and links what is not yet, all side by side, and waits for it.
   *
   * @throws PlaytrainError `context-lost` when the graphics context is gone.
   */
  link(sources: readonly ProgramSource[]): Program[] {
    this.begin(sources);
    return sources.map((source) => this.finish(source));
  }

  /**
   * As `link`, but the thread goes on meanwhile, where the browser can compile beside it.
   *
   * @throws PlaytrainError `context-lost` when the graphics context is gone.
   */
  async linkBeside(sources: readonly ProgramSource[]): Promise<Program[]> {
    const { gl } = this;
    const begun = this.begin(sources);
    const beside = gl.getExtension('KHR_parallel_shader_compile');
    if (beside !== null) {
      // A lost context answers with neither true nor false.
      const isUnderWay = ({ program }: Linking) =>
        gl.getProgramParameter(program, beside.COMPLETION_STATUS_KHR) === false;
      while (begun.some(isUnderWay)) await shortPause();
    }
    return this.link(sources);
  }

  private begin(sources: readonly ProgramSource[]): readonly Linking[] {
    return sources.flatMap(({ fragmentShader }) => {
      if (this.programs.has(fragmentShader)) return [];
      const linking = this.underWay.get(fragmentShader) ?? beginLinking(this.gl, fragmentShader);
      this.underWay.set(fragmentShader, linking);
      return linking;
    });
  }

  private finish({ fragmentShader, samplers }: ProgramSource): Program {
    const known = this.programs.get(fragmentShader);
    if (known !== undefined) return known;
    const { gl, underWay } = this;
    const linking = underWay.get(fragmentShader)!; // it was begun
    underWay.delete(fragmentShader);
    const program = finishLinking(gl, linking);
    gl.useProgram(program);
    for (const name of samplers) gl.uniform1i(gl.getUniformLocation(program, name), this.unitOf(name));
    const linked = { program, numbers: gl.getUniformLocation(program, 'numbers') };
    this.programs.set(fragmentShader, linked);
    return linked;
  }

  /** Binds textures for all programs that sample them by name. */
  bind(name: string, { texture, target }: FloatTexture): void {
    this.gl.activeTexture(this.gl.TEXTURE0 + this.unitOf(name));
    this.gl.bindTexture(target, texture);
  }

  /** Writes a texture's first rows. */
  upload({ texture, width }: FloatTexture, texels: Float32Array): void {
    const { gl } = this;
    gl.bindTexture(gl.TEXTURE_2D, texture);
    gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, width, texels.length / (4 * width), gl.RGBA, gl.FLOAT, texels);
    gl.bindTexture(gl.TEXTURE_2D, null);
  }

  /** To be called before a row of `draw` calls. */
  enter(): void {
    const { gl } = this;
    gl.disable(gl.SCISSOR_TEST);
    gl.bindVertexArray(this.vertexArray);
  }

  /**
   * Runs a program once for each texel of a target's rectangle.
   *
   * @param numbers the uniform of that name, four a vector.
   */
  draw(
    { program, numbers: uniform }: Program,
    { framebuffer }: DrawTarget,
    { x, y, width, height }: TexelRectangle,
    numbers: Float32Array,
  ): void {
    const { gl, gpgpu } = this;
    gpgpu.setProgram(program as Parameters<GPGPUContext['setProgram']>[0]);
    if (uniform !== null) gl.uniform4fv(uniform, numbers);
    gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
    gl.viewport(x, y, width, height);
    gpgpu.executeProgram();
  }

  /** To be called after a row of `draw` calls: leaves the context as tfjs expects it, and the device at work. */
  leave(): void {
    const { gl } = this;
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
    gl.bindVertexArray(null);
    gl.activeTexture(gl.TEXTURE0);
    gl.enable(gl.SCISSOR_TEST);
    gl.flush();
  }

  private unitOf(name: string): number {
    const known = this.units.get(name);
    if (known !== undefined) return known;
    const unit = this.units.size;
    this.units.set(name, unit);
    return unit;
  }
}

/** Not every browser takes shaders whose comments hold other characters than ASCII. */
function withoutComments(shader: string): string {
  return shader.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
}

interface Linking {
  readonly program: WebGLProgram;
  readonly shader: WebGLShader;
}

function beginLinking(gl: WebGL2RenderingContext, fragmentShader: string): Linking {
  const program = gl.createProgram();
  const compile = (type: GLenum, source: string) => {
    const shader = gl.createShader(type);
    // As a lost context may answer.
    if (shader === null) throw contextLost();
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
    return shader;
  };
  compile(gl.VERTEX_SHADER, vertexShader);
  const shader = compile(gl.FRAGMENT_SHADER, withoutComments(fragmentShader));
  gl.linkProgram(program);
  return { program, shader };
}

function finishLinking(gl: WebGL2RenderingContext, { program, shader }: Linking): WebGLProgram {
  if (gl.getProgramParameter(program, gl.LINK_STATUS)) return program;
  if (gl.isContextLost()) throw contextLost();
  throw new PlaytrainError(
    'backend-unavailable',
    `This graphics processor does not take the training programs; choose another backend. It says: ${gl.getShaderInfoLog(shader) || gl.getProgramInfoLog(program)}`,
  );
}
