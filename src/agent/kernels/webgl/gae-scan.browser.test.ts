import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { SeededRandom } from '../../../random/seeded-random';
import { openBackend } from '../../../workers/backend';
import { type EstimateTask, type KnownEstimates, knownEstimates, validCells } from '../../estimates';
import { createFusedTrainer } from '../../fused-trainer';
import type { AdvantageInput, AdvantageSettings } from '../../gae';
import { policyLayout } from '../../policy';
import { cleanrlStep } from '../../testing/trainer-properties';
import { testSpaces, testSpec } from '../../testing/training-cases';

/** How often each flag is set, as a chance in [0, 1]. */
interface FlagPattern {
  readonly name: string;
  readonly terminated: number;
  readonly truncated: number;
  readonly valid: number;
  readonly onlyLastRow?: boolean;
}

const patterns: readonly FlagPattern[] = [
  { name: 'no flags', terminated: 0, truncated: 0, valid: 1 },
  { name: 'ends everywhere', terminated: 1, truncated: 0, valid: 1 },
  { name: 'cuts everywhere', terminated: 0, truncated: 1, valid: 1 },
  { name: 'both flags everywhere', terminated: 1, truncated: 1, valid: 1 },
  { name: 'ends in the last row', terminated: 1, truncated: 0, valid: 1, onlyLastRow: true },
  { name: 'ends, cuts and strangers in the middle', terminated: 0.03, truncated: 0.03, valid: 0.95 },
  { name: 'half of everything', terminated: 0.5, truncated: 0.5, valid: 0.5 },
];

function randomRollout(
  steps: number,
  agents: number,
  pattern: FlagPattern,
  valueScale: number,
): AdvantageInput {
  const random = SeededRandom.fromSeed(steps * 100 + agents);
  const count = steps * agents;
  const floats = (length: number, scale: number) =>
    Float32Array.from({ length }, () => scale * random.normal());
  const flags = (chance: number) =>
    Uint8Array.from({ length: count }, (_, cell) =>
      random.uniform() < (pattern.onlyLastRow === true && cell < count - agents ? 0 : chance) ? 1 : 0,
    );
  return {
    shape: { steps, agents, observationSize: 1, actionSize: 1, maskSize: 0 },
    rewards: floats(count, 1),
    values: floats(count + agents, valueScale),
    finalValues: floats(count, valueScale),
    terminated: flags(pattern.terminated),
    truncated: flags(pattern.truncated),
    valid: pattern.onlyLastRow === true ? new Uint8Array(count).fill(1) : flags(pattern.valid),
  };
}

/** A net as small as can be: what is looked at is made before it runs. */
const layout = policyLayout(testSpec(testSpaces['discrete']!, 1), { hiddenSizes: [1], activation: 'tanh' });

function taskOf(rollouts: readonly AdvantageInput[], settings: AdvantageSettings): EstimateTask {
  return { rollouts, cells: validCells(rollouts), settings };
}

/** The estimates as a trainer makes them on the device, where the next step of the update finds them. */
async function onDevice(task: EstimateTask): Promise<KnownEstimates> {
  const { rollouts, places } = task.cells;
  const size = places.length;
  const zeros = () => new Float32Array(layout.parameterCount);
  const trainer = createFusedTrainer(layout, {
    parameters: zeros(),
    adamMean: zeros(),
    adamVariance: zeros(),
    adamSteps: 0,
  });
  trainer.begin({
    batch: {
      size,
      observations: new Float32Array(size),
      actions: new Float32Array(size),
      masks: new Uint8Array(0),
      logProbabilities: new Float32Array(size),
      values: Float32Array.from(places, (place, row) => task.rollouts[rollouts[row]!]!.values[place]!),
      onVersion: new Uint8Array(size),
      estimates: task,
    },
    minibatches: [Int32Array.of(0)],
    settings: cleanrlStep,
  });
  const { estimates } = await trainer.finish();
  trainer.dispose();
  return estimates;
}

/** Largest difference of advantages, relative to the largest; returns must be advantage plus value. */
async function relativeError(
  rollouts: readonly AdvantageInput[],
  discount: number,
  gaeLambda: number,
  bootstrapTruncated: boolean,
): Promise<number> {
  const task = taskOf(rollouts, { discount, gaeLambda, bootstrapTruncated });
  const plain = knownEstimates(task);
  const program = await onDevice(task);
  const largest = plain.advantages.reduce((most, advantage) => Math.max(most, Math.abs(advantage)), 0);
  let error = 0;
  for (let row = 0; row < plain.advantages.length; row++) {
    error = Math.max(error, Math.abs(plain.advantages[row]! - program.advantages[row]!));
    const value = rollouts[task.cells.rollouts[row]!]!.values[task.cells.places[row]!]!;
    if (program.returns[row] !== Math.fround(program.advantages[row]! + value)) {
      throw new Error(`return ${row} is not advantage plus value`);
    }
  }
  return largest === 0 ? error : error / largest;
}

beforeAll(async () => {
  await openBackend('webgl');
});

describe('the WebGL program equals the plain loop to 1e-5 of the largest advantage', () => {
  for (const pattern of patterns) {
    it(`with ${pattern.name}`, async () => {
      let worst = 0;
      for (const [steps, agents] of [
        [1, 1],
        [2, 64],
        [16, 3],
        [17, 5],
        [128, 16],
        [256, 1],
        [257, 7],
        [4096, 1],
      ] as const) {
        const rollout = randomRollout(steps, agents, pattern, 10);
        for (const discount of [0, 0.9, 0.99, 1]) {
          for (const gaeLambda of [0, 0.9, 0.99, 1]) {
            for (const bootstrapTruncated of pattern.truncated > 0 ? [true, false] : [true]) {
              worst = Math.max(
                worst,
                await relativeError([rollout], discount, gaeLambda, bootstrapTruncated),
              );
            }
          }
        }
      }
      expect(worst).toBeLessThan(1e-5);
    });
  }

  it('for the largest rollout, 4096 × 64, undiscounted', async () => {
    const rollout = randomRollout(4096, 64, patterns[5]!, 10);
    expect(await relativeError([rollout], 1, 1, true)).toBeLessThan(1e-5);
  });

  it('where values are large and advantages small', async () => {
    // A constant critic worth 1/(1 − γ) = 1000 in a world of reward 1 has no surprises but the noise put on it.
    const rollout = randomRollout(2048, 1, patterns[0]!, 0.5);
    for (let i = 0; i < rollout.values.length; i++) rollout.values[i] = rollout.values[i]! + 1000;
    rollout.rewards.fill(1);
    expect(await relativeError([rollout], 0.999, 0.95, true)).toBeLessThan(1e-5);
  });
});

describe('the program', () => {
  const settings = { discount: 0.99, gaeLambda: 0.95, bootstrapTruncated: true };
  afterEach(() => vi.restoreAllMocks());

  it('equals the plain loop for 8192 steps, the longest rollout that can be set', async () => {
    expect(await relativeError([randomRollout(8192, 2, patterns[5]!, 10)], 0.999, 0.99, true)).toBeLessThan(
      1e-5,
    );
  });

  it('takes the rollouts of several collectors at once, whatever agents each has', async () => {
    for (const agents of [
      [1, 1],
      [3, 1, 5],
      [16, 16, 16, 16],
    ]) {
      const rollouts = agents.map((count, i) => randomRollout(100, count + i, patterns[5]!, 10));
      expect(await relativeError(rollouts, 0.99, 0.95, true)).toBeLessThan(1e-5);
    }
  });

  it('is drawn ⌈log₁₆ T⌉ times, then once for the steps and once for the minibatches, and waits for nothing', async () => {
    const { gpgpu } = tf.backend() as MathBackendWebGL;
    const gl = gpgpu.gl as WebGL2RenderingContext;
    const draw = vi.spyOn(gpgpu, 'executeProgram');
    const fence = vi.spyOn(gl, 'fenceSync');
    const download = vi.spyOn(gl, 'getBufferSubData');
    for (const [steps, passes] of [
      [1, 1],
      [16, 1],
      [17, 2],
      [256, 2],
      [257, 3],
      [4096, 3],
    ] as const) {
      for (const spy of [draw, fence, download]) spy.mockClear();
      await onDevice(taskOf([randomRollout(steps, 4, patterns[5]!, 1)], settings));
      expect(draw).toHaveBeenCalledTimes(passes + 2);
      // Those of the update's end.
      expect(fence).toHaveBeenCalledTimes(1);
      expect(download).toHaveBeenCalledTimes(1);
    }
  });

  it('is not compiled anew for other γ, λ or rollout lengths', async () => {
    const { gl } = (tf.backend() as MathBackendWebGL).gpgpu;
    const run = (steps: number, discount: number, gaeLambda: number) =>
      onDevice(taskOf([randomRollout(steps, 4, patterns[5]!, 1)], { ...settings, discount, gaeLambda }));
    await run(128, 0.99, 0.95);
    const compile = vi.spyOn(gl, 'compileShader');
    await run(128, 0.5, 0.7);
    await run(256, 0.99, 0.95);
    expect(compile).not.toHaveBeenCalled();
  });

  it('needs the flags: without them its result is another', async () => {
    const rollout = randomRollout(64, 2, { ...patterns[5]!, valid: 1 }, 1);
    const unflagged = { ...rollout, terminated: new Uint8Array(128), truncated: new Uint8Array(128) };
    const plain = knownEstimates(taskOf([rollout], settings)).advantages;
    const { advantages } = await onDevice(taskOf([unflagged], settings));
    const largest = plain.reduce((most, value, i) => Math.max(most, Math.abs(value - advantages[i]!)), 0);
    expect(largest).toBeGreaterThan(0.1);
  });
});
