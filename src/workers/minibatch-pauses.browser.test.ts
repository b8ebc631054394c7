import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deviceCaughtUp } from '../agent/kernels/webgl/device-read';
import { MinibatchPauses } from './minibatch-pauses';

const vertexShader = `#version 300 es
void main() { gl_Position = vec4(vec2(gl_VertexID & 1, gl_VertexID >> 1) * 4.0 - 1.0, 0.0, 1.0); }`;
/** Takes as long as it is told. */
const fragmentShader = `#version 300 es
precision highp float;
uniform int rounds;
out vec4 colour;
void main() {
  float x = gl_FragCoord.x;
  for (int i = 0; i < rounds; i++) x = fract(x * 1.37 + 0.11);
  colour = vec4(x);
}`;
const sizePx = 128;

/** A real graphics device whose steps are asked for in no time and take as long as the test likes. */
class RealDevice {
  private readonly gl: WebGL2RenderingContext;
  private readonly rounds: WebGLUniformLocation | null;
  inFlight = 0;
  mostInFlight = 0;

  constructor() {
    this.gl = new OffscreenCanvas(sizePx, sizePx).getContext('webgl2')!;
    const program = this.gl.createProgram();
    for (const [type, source] of [
      [this.gl.VERTEX_SHADER, vertexShader],
      [this.gl.FRAGMENT_SHADER, fragmentShader],
    ] as const) {
      const shader = this.gl.createShader(type)!;
      this.gl.shaderSource(shader, source);
      this.gl.compileShader(shader);
      this.gl.attachShader(program, shader);
    }
    this.gl.linkProgram(program);
    this.gl.useProgram(program);
    this.rounds = this.gl.getUniformLocation(program, 'rounds');
    this.setRounds(1);
  }

  setRounds(rounds: number): void {
    this.gl.uniform1i(this.rounds, rounds);
    this.mostInFlight = 0;
  }

  /** Makes steps take at least so long, also when the machine has nothing else to do. */
  async slowDownTo(stepMs: number): Promise<void> {
    for (let rounds = 64; rounds < 2 ** 24; rounds *= 2) {
      this.setRounds(rounds);
      const tookMs: number[] = [];
      for (let attempt = 0; attempt < 3; attempt++) {
        const startedMs = performance.now();
        this.step();
        await this.settle();
        tookMs.push(performance.now() - startedMs);
      }
      if (Math.min(...tookMs) >= stepMs) return;
    }
    throw new Error('This device is too fast to be slowed down.');
  }

  step(): void {
    this.gl.drawArrays(this.gl.TRIANGLES, 0, 3);
    this.inFlight += 1;
    this.mostInFlight = Math.max(this.mostInFlight, this.inFlight);
  }

  settle = async (): Promise<number> => {
    await deviceCaughtUp(this.gl);
    this.inFlight = 0;
    return 0;
  };

  dispose(): void {
    this.gl.getExtension('WEBGL_lose_context')?.loseContext();
  }
}

describe('MinibatchPauses on a graphics device', () => {
  let device: RealDevice;
  beforeAll(() => {
    device = new RealDevice();
  });
  afterAll(() => device.dispose());

  /** Learns without rests on a page that is seen. */
  function watched(): MinibatchPauses {
    const pauses = new MinibatchPauses('learnFirst');
    pauses.report({ visible: true, displayIntervalMs: 1000 / 60, frameTimesMs: [] });
    return pauses;
  }

  async function update(pauses: MinibatchPauses, minibatches: number): Promise<void> {
    pauses.updateBegins();
    for (let taken = 0; taken < minibatches; taken++) {
      device.step();
      await pauses.pause(device);
    }
    await device.settle();
    pauses.updateEnds();
  }

  it('has one minibatch in flight where it takes the device longer than a slice', async () => {
    await device.slowDownTo(30);
    device.mostInFlight = 0;
    await update(watched(), 20);
    expect(device.mostInFlight).toBe(1);
  });

  it('asks for several at once where they are short, and for more in a hidden tab', async () => {
    device.setRounds(1);
    const pauses = watched();
    await update(pauses, 300);
    const most = device.mostInFlight;
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThan(300);
    pauses.report({ visible: false });
    await update(pauses, 300);
    expect(device.mostInFlight).toBeGreaterThan(most);
  });
});
