import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { SeededRandom } from '../../random/seeded-random';
import { openBackend } from '../../workers/backend';
import { type AdvantageInput, generalisedAdvantages } from '../gae';
import { advantagesOnWebgl } from './gae';

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

/** Largest difference of advantages or returns, relative to the largest advantage. */
async function relativeError(
  rollout: AdvantageInput,
  discount: number,
  gaeLambda: number,
  bootstrapTruncated: boolean,
): Promise<number> {
  const plain = generalisedAdvantages(rollout, discount, gaeLambda, bootstrapTruncated);
  const program = await advantagesOnWebgl(rollout, discount, gaeLambda, bootstrapTruncated);
  const largest = plain.advantages.reduce((most, advantage) => Math.max(most, Math.abs(advantage)), 0);
  let error = 0;
  for (let cell = 0; cell < plain.advantages.length; cell++) {
    error = Math.max(error, Math.abs(plain.advantages[cell]! - program.advantages[cell]!));
    const lambdaReturn = Math.fround(program.advantages[cell]! + rollout.values[cell]!);
    if (program.returns[cell] !== lambdaReturn) throw new Error(`return ${cell} is not advantage plus value`);
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
              worst = Math.max(worst, await relativeError(rollout, discount, gaeLambda, bootstrapTruncated));
            }
          }
        }
      }
      expect(worst).toBeLessThan(1e-5);
    });
  }

  it('for the largest rollout, 4096 × 64, undiscounted', async () => {
    const rollout = randomRollout(4096, 64, patterns[5]!, 10);
    expect(await relativeError(rollout, 1, 1, true)).toBeLessThan(1e-5);
  });

  it('where values are large and advantages small', async () => {
    // A constant critic worth 1/(1 − γ) = 1000 in a world of reward 1 has no surprises but the noise put on it.
    const rollout = randomRollout(2048, 1, patterns[0]!, 0.5);
    for (let i = 0; i < rollout.values.length; i++) rollout.values[i] = rollout.values[i]! + 1000;
    rollout.rewards.fill(1);
    expect(await relativeError(rollout, 0.999, 0.95, true)).toBeLessThan(1e-5);
  });
});

describe('its programs', () => {
  afterEach(() => vi.restoreAllMocks());

  it('are ⌈log₁₆ T⌉ of them', async () => {
    const compileAndRun = vi.spyOn(tf.backend() as MathBackendWebGL, 'compileAndRun');
    for (const [steps, programs] of [
      [1, 1],
      [16, 1],
      [17, 2],
      [256, 2],
      [257, 3],
      [4096, 3],
    ] as const) {
      compileAndRun.mockClear();
      await advantagesOnWebgl(randomRollout(steps, 4, patterns[5]!, 1), 0.99, 0.95, true);
      expect(compileAndRun).toHaveBeenCalledTimes(programs);
    }
  });

  it('are not compiled anew for other γ, λ or rollout lengths', async () => {
    const run = (steps: number, discount: number, gaeLambda: number) =>
      advantagesOnWebgl(randomRollout(steps, 4, patterns[5]!, 1), discount, gaeLambda, true);
    await run(128, 0.99, 0.95);
    const cache = (tf.backend() as unknown as { binaryCache: object }).binaryCache;
    const compiled = Object.keys(cache).length;
    await run(128, 0.5, 0.7);
    await run(256, 0.99, 0.95);
    expect(Object.keys(cache)).toHaveLength(compiled);
  });
});

it('leaves no tensor behind', async () => {
  const rollout = randomRollout(128, 16, patterns[5]!, 1);
  await advantagesOnWebgl(rollout, 0.99, 0.95, true);
  const before = tf.memory();
  await advantagesOnWebgl(rollout, 0.99, 0.95, true);
  expect(tf.memory()).toEqual(before);
});

it('needs the flags: without them its result is another', async () => {
  const rollout = randomRollout(64, 2, patterns[5]!, 1);
  const unflagged = { ...rollout, terminated: new Uint8Array(128), truncated: new Uint8Array(128) };
  const plain = generalisedAdvantages(rollout, 0.99, 0.95, true).advantages;
  const { advantages } = await advantagesOnWebgl(unflagged, 0.99, 0.95, true);
  const largest = plain.reduce((most, value, i) => Math.max(most, Math.abs(value - advantages[i]!)), 0);
  expect(largest).toBeGreaterThan(0.1);
});
