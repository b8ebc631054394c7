import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { openBackend } from '../workers/backend';
import { createFusedTrainer, createSlicedTrainer } from './fused-trainer';
import { filledBySlices } from './kernels/webgl/gradient-slices';
import { tileLayout } from './kernels/webgl/tile-layout';
import type { StepSettings } from './minibatch';
import type { CreateTrainer, MinibatchTrainer, TrainerResult } from './minibatch-trainer';
import { createAutodiffTrainer } from './ppo';
import { gpuBytes } from './tensor-backend';
import { describeRandomShapes } from './testing/random-shapes';
import { referenceMinibatch } from './testing/reference-minibatch';
import { cleanrlStep, describeTrainer, differences, sb3Step } from './testing/trainer-properties';
import { allRows, type TrainingCase, testSpaces, trainingCase } from './testing/training-cases';

const discrete = testSpaces['discrete']!;
const masked = testSpaces['masked discrete']!;
const continuous = testSpaces['continuous']!;
const small = { hiddenSizes: [8, 6], activation: 'tanh' } as const;

beforeAll(async () => {
  await openBackend('webgl');
});
afterEach(() => vi.restoreAllMocks());

function context() {
  const { gpgpu } = tf.backend() as MathBackendWebGL;
  return { gpgpu, gl: gpgpu.gl as WebGL2RenderingContext };
}

/** One update of `count` minibatches over all rows of a case. */
function beginUpdate(
  trainer: MinibatchTrainer,
  { batch }: TrainingCase,
  count: number,
  settings: StepSettings = cleanrlStep,
): void {
  const minibatches = Array.from({ length: count }, () => allRows(batch.size));
  trainer.begin({ batch, minibatches, settings });
}

async function runUpdate(
  trainer: MinibatchTrainer,
  given: TrainingCase,
  count: number,
  settings: StepSettings = cleanrlStep,
): Promise<TrainerResult> {
  beginUpdate(trainer, given, count, settings);
  for (let i = 0; i < count; i++) trainer.step();
  return trainer.finish();
}

describe('the fused trainer', () => {
  describeTrainer(createFusedTrainer);
  describeRandomShapes(createFusedTrainer);
});

describe('its arithmetic', () => {
  it('is that of the definition over a whole update, to 2e-6 of a parameter', async () => {
    const given = trainingCase(masked, 96, 4);
    const results: TrainerResult[] = [];
    for (const createTrainer of [createFusedTrainer, createAutodiffTrainer]) {
      const trainer = createTrainer(given.layout, given.state);
      results.push(await runUpdate(trainer, given, 20));
      trainer.dispose();
    }
    const [fused, defined] = results as [TrainerResult, TrainerResult];
    const error = fused.parameters.reduce(
      (most, value, i) => Math.max(most, Math.abs(value - defined.parameters[i]!)),
      0,
    );
    expect(error).toBeLessThan(2e-6);
    expect(fused.statistics).toHaveLength(20);
    expect(fused.adamSteps).toBe(20);
  });

  it('holds where tanh saturates and where it is nearly linear', async () => {
    for (const scale of [1e-4, 1e4]) {
      const given = trainingCase(discrete, 32, 6, small);
      const batch = { ...given.batch, observations: given.batch.observations.map((x) => scale * x) };
      const trainer = createFusedTrainer(given.layout, given.state);
      const result = await runUpdate(trainer, { ...given, batch }, 1);
      trainer.dispose();
      const reference = referenceMinibatch(given.layout, given.state, batch, allRows(32), cleanrlStep);
      expect(differences(result, reference)).toEqual([]);
      // The second layer's inputs are of the size of `scale`, and so is its gradient: 1e-7 of 1 would show.
      const { offset, size } = given.layout.blocks.find(({ name }) => name === 'critic.1.kernel')!;
      const expected = reference.adamMean.subarray(offset, offset + size);
      const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      expected.forEach((value, i) => {
        const error = Math.abs(result.adamMean[offset + i]! - value);
        if (!(error <= 1e-5 * largest)) throw new Error(`gradient ${i} is ${error / largest} off`);
      });
    }
  });

  it('keeps a small KL apart from 0', async () => {
    // Ratios of 1 ± 1e-3: a KL of 5e-7, which exp(x) − 1 − x would lose in float32.
    const given = trainingCase(discrete, 64, 6, small);
    const parameters = new Float32Array(given.layout.parameterCount);
    const logProbabilities = new Float32Array(64).map((_, i) => Math.log(0.5) + (i % 2 === 0 ? 1e-3 : -1e-3));
    const trainer = createFusedTrainer(given.layout, { ...given.state, parameters });
    const { statistics } = await runUpdate(
      trainer,
      { ...given, batch: { ...given.batch, logProbabilities } },
      1,
    );
    trainer.dispose();
    expect(statistics[0]!.approximateKl).toBeGreaterThan(4.99e-7);
    expect(statistics[0]!.approximateKl).toBeLessThan(5.01e-7);
  });

  it('makes nothing of advantages that are all alike', async () => {
    // In float32 their mean is not one of them: what rounding leaves would be scaled up to the size of 1.
    const given = trainingCase(discrete, 48, 6, small);
    const estimates = { ...given.batch.estimates, advantages: new Float32Array(48).fill(0.1) };
    const trainer = createFusedTrainer(given.layout, given.state);
    const settings = { ...cleanrlStep, entropyCoefficient: 0 };
    const { adamMean } = await runUpdate(
      trainer,
      { ...given, batch: { ...given.batch, estimates } },
      1,
      settings,
    );
    trainer.dispose();
    const head = given.layout.blocks.find(({ name }) => name === 'actor.head.kernel')!;
    expect(adamMean.slice(head.offset, head.offset + head.size)).toEqual(new Float32Array(head.size));
  });

  it('gives a choice that is always forbidden a gradient of exactly 0', async () => {
    const given = trainingCase(masked, 40, 3, small);
    const masks = given.batch.masks.map((_, i) => (i % 4 === 2 ? 0 : 1));
    const actions = given.batch.actions.map((action) => (action === 2 ? 1 : action));
    const trainer = createFusedTrainer(given.layout, given.state);
    const { adamMean } = await runUpdate(trainer, { ...given, batch: { ...given.batch, masks, actions } }, 1);
    trainer.dispose();
    const head = given.layout.blocks.find(({ name }) => name === 'actor.head.kernel')!;
    const gradientOf = (choice: number) =>
      Array.from({ length: 6 }, (_, unit) => adamMean[head.offset + 4 * unit + choice]!);
    expect(gradientOf(2)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(gradientOf(1)).not.toContain(0);
  });
});

/** The fused trainer with every gradient in so many slices. */
function inSlices(slices: number): CreateTrainer {
  return (layout, state) => createSlicedTrainer(layout, state, () => () => slices);
}

describe('its gradient in slices', () => {
  describe('of a quarter each', () => {
    describeTrainer(inSlices(4));
  });

  it('is the whole one, within rounding, however many slices there are, and some of them without steps', async () => {
    for (const space of [discrete, continuous]) {
      const given = trainingCase(space, 90, 3, { hiddenSizes: [9, 12, 5], activation: 'tanh' });
      const means: Float32Array[] = [];
      for (const slices of [1, 2, 5, 22, 23, 40]) {
        const trainer = inSlices(slices)(given.layout, given.state);
        means.push((await runUpdate(trainer, given, 1)).adamMean);
        trainer.dispose();
      }
      const [whole, ...sliced] = means as [Float32Array, ...Float32Array[]];
      const largest = whole.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      for (const mean of sliced) {
        const error = mean.reduce((most, value, i) => Math.max(most, Math.abs(value - whole[i]!)), 0);
        expect(error).toBeLessThan(1e-6 * largest);
      }
    }
  });

  it('takes one program more, and goes from one number of slices to another', async () => {
    const given = trainingCase(masked, 64, 1, small);
    const bySize = createSlicedTrainer(
      given.layout,
      given.state,
      () => (rowTiles) => Math.ceil(rowTiles / 4),
    );
    const whole = createFusedTrainer(given.layout, given.state);
    const sizes = [64, 16, 33, 48, 3];
    const results: TrainerResult[] = [];
    for (const trainer of [bySize, whole]) {
      const minibatches = sizes.map((size) => allRows(64).slice(0, size));
      trainer.begin({ batch: given.batch, minibatches, settings: cleanrlStep });
      const counts: number[] = [];
      const execute = vi.spyOn(context().gpgpu, 'executeProgram');
      for (const _ of sizes) {
        execute.mockClear();
        trainer.step();
        counts.push(execute.mock.calls.length);
      }
      vi.restoreAllMocks();
      expect(counts).toEqual(trainer === whole ? [12, 12, 12, 12, 12] : [13, 12, 13, 13, 12]);
      results.push(await trainer.finish());
      trainer.dispose();
    }
    const [sliced, expected] = results as [TrainerResult, TrainerResult];
    expected.parameters.forEach((value, i) => {
      expect(Math.abs(sliced.parameters[i]! - value)).toBeLessThan(2e-6);
    });
  });

  it('fills a device with long minibatches of small nets, and leaves short ones and large nets whole', () => {
    const slices = (hiddenSizes: number[], minibatch: number) =>
      filledBySlices(tileLayout(trainingCase(discrete, 1, 4, { hiddenSizes, activation: 'tanh' }).layout))(
        minibatch / 4,
      );
    expect([64, 256, 1024].map((minibatch) => slices([64, 64], minibatch))).toEqual([1, 4, 16]);
    expect(slices([64, 64], 1 << 20)).toBeLessThan(30);
    expect(slices([256, 256], 4096)).toBe(1);
    expect(slices([4], 1 << 20)).toBeLessThanOrEqual(1024);
  });
});

describe('its programs', () => {
  it('are 3 L + 6 a minibatch as tfjs counts them, 16 at most', async () => {
    const { gpgpu } = context();
    for (const [space, hiddenSizes, programs] of [
      [discrete, [5], 9],
      [masked, [5, 4], 12],
      [continuous, [5, 4, 3], 15],
    ] as const) {
      const given = trainingCase(space, 12, 1, { hiddenSizes, activation: 'relu' });
      const trainer = createFusedTrainer(given.layout, given.state);
      beginUpdate(trainer, given, 2);
      trainer.step();
      const execute = vi.spyOn(gpgpu, 'executeProgram');
      trainer.step();
      expect(execute).toHaveBeenCalledTimes(programs);
      await trainer.finish();
      trainer.dispose();
      vi.restoreAllMocks();
    }
  });

  it('are compiled once for all settings, minibatch sizes and trainers of one net', async () => {
    const { gl } = context();
    const network = { hiddenSizes: [11, 3], activation: 'tanh' } as const;
    const given = trainingCase(masked, 30, 2, network);
    const compile = vi.spyOn(gl, 'compileShader');
    const first = createFusedTrainer(given.layout, given.state);
    await runUpdate(first, given, 2);
    first.dispose();
    expect(compile.mock.calls.length).toBeGreaterThan(0);

    compile.mockClear();
    const link = vi.spyOn(gl, 'linkProgram');
    const settings = { ...sb3Step, learningRate: 1e-2, clipRange: 0.1, maxGradientNorm: 3, largestKl: 0.5 };
    const second = createFusedTrainer(given.layout, given.state);
    await runUpdate(second, given, 2, settings);
    const larger = trainingCase(masked, 500, 2, network);
    await runUpdate(second, larger, 3, settings);
    second.dispose();
    expect(compile).not.toHaveBeenCalled();
    expect(link).not.toHaveBeenCalled();
  });
});

describe('its device', () => {
  it('is written as an update begins, asked for minibatches, and read once as it ends', async () => {
    const { gl } = context();
    const given = trainingCase(discrete, 32, 1, small);
    const trainer = createFusedTrainer(given.layout, given.state);
    await runUpdate(trainer, given, 1);
    const upload = vi.spyOn(gl, 'texSubImage2D');
    const download = vi.spyOn(gl, 'getBufferSubData');
    beginUpdate(trainer, given, 8);
    const written = upload.mock.calls.length;
    const others = (
      ['readPixels', 'fenceSync', 'bufferData', 'texStorage2D', 'texStorage3D', 'createTexture'] as const
    ).map((name) => vi.spyOn(gl, name));
    for (let i = 0; i < 8; i++) trainer.step();
    for (const other of others) expect(other).not.toHaveBeenCalled();
    await trainer.finish();
    expect(upload).toHaveBeenCalledTimes(written);
    expect(download).toHaveBeenCalledTimes(1);
    trainer.dispose();
  });

  it('holds as many bytes and tensors after 200 updates as after the first, and none once disposed of', async () => {
    const before = { bytes: gpuBytes(), tensors: tf.memory().numTensors };
    const given = trainingCase(continuous, 24, 5, small);
    const trainer = createFusedTrainer(given.layout, given.state);
    await runUpdate(trainer, given, 3);
    const held = gpuBytes();
    expect(held).toBeGreaterThan(before.bytes);
    for (let update = 0; update < 200; update++) await runUpdate(trainer, given, 3);
    expect(gpuBytes()).toBe(held);
    expect(tf.memory().numTensors).toBe(before.tensors);
    trainer.dispose();
    expect(gpuBytes()).toBe(before.bytes);
  });

  it('is left as tfjs needs it, and takes no harm from what tfjs does', async () => {
    const given = trainingCase(discrete, 48, 9, small);
    const alone = createFusedTrainer(given.layout, given.state);
    const expected = await runUpdate(alone, given, 6);
    alone.dispose();

    const mingled = createFusedTrainer(given.layout, given.state);
    const other = createFusedTrainer(given.layout, given.state);
    beginUpdate(mingled, given, 6);
    beginUpdate(other, given, 6, sb3Step);
    const product = () => tf.tidy(() => tf.matMul(tf.ones([9, 7]), tf.fill([7, 5], 2)).dataSync());
    for (let i = 0; i < 6; i++) {
      mingled.step();
      expect(product()).toEqual(new Float32Array(45).fill(14));
      other.step();
    }
    expect(context().gl.isEnabled(context().gl.SCISSOR_TEST)).toBe(true);
    const finishing = mingled.finish();
    expect(product()).toEqual(new Float32Array(45).fill(14));
    const result = await finishing;
    expect(product()).toEqual(new Float32Array(45).fill(14));
    await other.finish();
    mingled.dispose();
    other.dispose();
    expect(result).toEqual(expected);
  });

  it('settles once it has done what it was asked for', async () => {
    const given = trainingCase(discrete, 64, 1);
    const trainer = createFusedTrainer(given.layout, given.state);
    beginUpdate(trainer, given, 20);
    await trainer.settle();
    for (let i = 0; i < 20; i++) trainer.step();
    const { gl } = context();
    const fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0)!;
    await trainer.settle();
    expect(gl.getSyncParameter(fence, gl.SYNC_STATUS)).toBe(gl.SIGNALED);
    gl.deleteSync(fence);
    await trainer.finish();
    trainer.dispose();
  });

  it('may end an update before all minibatches were taken', async () => {
    const given = trainingCase(discrete, 16, 1, small);
    const trainer = createFusedTrainer(given.layout, given.state);
    for (const count of [0, 1, 3]) {
      beginUpdate(trainer, given, 5);
      for (let i = 0; i < count; i++) trainer.step();
      const { statistics } = await trainer.finish();
      expect(statistics).toHaveLength(count);
    }
    trainer.dispose();
  });

  it('refuses an update that is larger than its textures with a sentence', () => {
    const { gl } = context();
    vi.spyOn(gl, 'getParameter').mockReturnValue(1);
    const given = trainingCase(discrete, 3000, 1, small);
    const trainer = createFusedTrainer(given.layout, given.state);
    expect(() => beginUpdate(trainer, given, 1)).toThrow(/3000 decisions .* too large .* make the rollout/);
    trainer.dispose();
  });

  it('leaves no texture behind where it runs out of memory, at whichever texture that is', async () => {
    const { gl } = context();
    const given = trainingCase(continuous, 24, 5, small);
    const bytes = gpuBytes();
    const attempt = () => {
      const trainer = createFusedTrainer(given.layout, given.state);
      try {
        beginUpdate(trainer, given, 2);
      } finally {
        trainer.dispose();
      }
    };
    let room = Number.POSITIVE_INFINITY;
    let made = 0;
    for (const name of ['texStorage2D', 'texStorage3D'] as const) {
      const allocate = Reflect.get(gl, name) as (...storage: unknown[]) => void;
      vi.spyOn(gl, name).mockImplementation((...storage: unknown[]) => {
        made += 1;
        // As the browser has it: a texture without storage, and an error that nobody asks for.
        if (made <= room) Reflect.apply(allocate, gl, storage);
      });
    }
    attempt();
    const textures = made;
    expect(textures).toBeGreaterThan(10);
    for (room = 0; room < textures; room++) {
      made = 0;
      const [create, destroy] = [vi.spyOn(gl, 'createTexture'), vi.spyOn(gl, 'deleteTexture')];
      expect(attempt, `room for ${room}`).toThrow(/no memory left/);
      expect(destroy).toHaveBeenCalledTimes(create.mock.calls.length);
      expect(gpuBytes()).toBe(bytes);
      create.mockRestore();
      destroy.mockRestore();
    }
    room = Number.POSITIVE_INFINITY;
    expect(attempt).not.toThrow();
  });

  it('rejects every wait once its graphics context is lost, and frees its bytes', async () => {
    const bytes = gpuBytes();
    const given = trainingCase(discrete, 32, 1, small);
    const settings = { ...cleanrlStep, largestKl: 1 };
    const trainer = createFusedTrainer(given.layout, given.state);
    await runUpdate(trainer, given, 2, settings);
    beginUpdate(trainer, given, 2, settings);
    trainer.step();
    const { gl } = context();
    const waitForAll = () => Promise.allSettled([trainer.settle(), trainer.hasStopped(), trainer.finish()]);
    const during = waitForAll();
    gl.getExtension('WEBGL_lose_context')!.loseContext();
    for (const wait of [...(await during), ...(await waitForAll())]) {
      expect(wait).toMatchObject({ status: 'rejected', reason: { code: 'context-lost' } });
    }
    expect(() => beginUpdate(trainer, given, 2)).toThrow(/graphics context was lost/);
    trainer.dispose();
    expect(gpuBytes()).toBe(bytes);

    // A net that was never compiled finds out as it begins.
    const other = trainingCase(discrete, 32, 1, { hiddenSizes: [7], activation: 'relu' });
    const late = createFusedTrainer(other.layout, other.state);
    expect(() => beginUpdate(late, other, 1)).toThrow(/graphics context was lost/);
    late.dispose();

    await openBackend('webgl');
    const next = createFusedTrainer(given.layout, given.state);
    const { statistics } = await runUpdate(next, given, 1);
    next.dispose();
    expect(statistics[0]!.gradientNorm).toBeGreaterThan(0);
  });
});

it('refuses other backends with a sentence', async () => {
  const { layout, state } = trainingCase(discrete, 1, 1, small);
  await openBackend('cpu');
  expect(() => createFusedTrainer(layout, state)).toThrow(/runs on WebGL only/);
  await openBackend('webgl');
});
