import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GreedyPolicy } from '../src/agent/greedy-policy';
import { encodePlayFile, halfBits } from '../src/agent/play-file';
import { policyLayout } from '../src/agent/policy';
import { decodePolicy, type PolicyData } from '../src/agent/policy-file';
import {
  type ActionSpace,
  actionLayout,
  actionSize,
  type EnvironmentSpec,
  maskSize,
  sb3Hyperparameters,
} from '../src/contract';
import { balance } from '../src/game/balance/simulation';
import { environmentSpec } from '../src/game/engine/vector-environment';
import { PlayFileError, PlayInputError, play } from '../src/play/play';
import { SeededRandom } from '../src/random/seeded-random';

const spaces: Record<string, ActionSpace> = {
  discrete: { kind: 'discrete', count: 3, labels: ['a', 'b', 'c'] },
  continuous: { kind: 'continuous', size: 2, names: ['x', 'y'], low: [-1, 0], high: [1, 0.2] },
  'several at once, some forbidden': {
    kind: 'product',
    parts: [
      { name: 'jump', kind: 'discrete', count: 2, labels: ['stay', 'jump'] },
      { name: 'stick', kind: 'continuous', size: 1, names: ['x'], low: [-1], high: [1] },
      { name: 'tool', kind: 'discrete', count: 3, labels: ['none', 'rope', 'lamp'], masked: true },
    ],
  },
};

/** A policy of weights drawn by lot. */
function madeUp(
  actionSpace: ActionSpace,
  activation: 'tanh' | 'relu' | 'swish',
  normalised: boolean,
): PolicyData {
  const spec: EnvironmentSpec = { ...environmentSpec(balance), actionSpace };
  const { hiddenSizes } = sb3Hyperparameters;
  const random = SeededRandom.fromSeed(4);
  const { parameterCount } = policyLayout(spec, { hiddenSizes, activation });
  const four = (low: number) => Array.from({ length: 4 }, () => low + random.uniform());
  return {
    spec,
    hiddenSizes,
    activation,
    name: 'made up',
    version: 1,
    decisions: 1,
    seed: 1,
    parameters: Float32Array.from({ length: parameterCount }, () => 0.5 * (random.uniform() - 0.5)),
    observations: normalised ? { count: 9, mean: four(-0.5), variance: four(0.5) } : null,
  };
}

/** As an environment puts it in force. */
function inBounds(space: ActionSpace, value: number, index: number): number {
  const component = actionLayout(space).components[index]!;
  return component.kind === 'axis' ? Math.max(component.low, Math.min(component.high, value)) : value;
}

describe('a policy that ships', () => {
  it.each(
    Object.keys(spaces).flatMap((space) =>
      (['tanh', 'relu', 'swish'] as const).map(
        (activation, index) => [space, activation, index === 0] as const,
      ),
    ),
  )(
    'takes the trained policy’s actions but where two are within 16 bits of each other: %s, %s',
    (name, activation, normalised) => {
      const actionSpace = spaces[name]!;
      const policy = madeUp(actionSpace, activation, normalised);
      const greedy = new GreedyPolicy(policy.spec, policy, policy, 1);
      const act = play(encodePlayFile(policy).buffer);
      const random = SeededRandom.fromSeed(8);
      const [actions, masks] = [
        new Float32Array(actionSize(actionSpace)),
        new Uint8Array(maskSize(actionSpace)),
      ];
      let different = 0;
      for (let question = 0; question < 1_000; question++) {
        const observations = Float32Array.from({ length: 4 }, () => 4 * (random.uniform() - 0.5));
        masks.fill(1);
        if (masks.length > 0) masks[question % masks.length] = 0;
        greedy.act({ observations, masks, actions }, Int32Array.of(0), 1);
        const shipped = act(observations, masks);
        expect(shipped).toHaveLength(actions.length);
        if (shipped.some((value, i) => Math.abs(value - inBounds(actionSpace, actions[i]!, i)) > 0.01))
          different += 1;
      }
      // Ties of some thousandths among a thousand questions.
      expect(different).toBeLessThanOrEqual(10);
    },
  );

  it('is some 9 kB for two layers of 64, and what reads it is small and needs nothing', () => {
    const bytes = encodePlayFile(madeUp(spaces['discrete']!, 'tanh', false)).length;
    // (4 + 1) · 64 + 65 · 64 + 65 · 3 weights of two bytes, and the header.
    expect(bytes).toBeGreaterThan(9_350);
    expect(bytes).toBeLessThan(9_800);
    const source = readFileSync(join(import.meta.dirname, '../src/play/play.ts'), 'utf8');
    expect(source).not.toMatch(/^import/m);
    // Neither minified nor without its comments.
    expect(gzipSync(source).length).toBeLessThanOrEqual(2_048);
  });

  it('can be made of Volley’s champion', () => {
    const file = readFileSync(join(import.meta.dirname, '../assets/agents/volley/champion.safetensors'));
    const act = play(encodePlayFile(decodePolicy(file)).buffer);
    const { spec } = decodePolicy(file);
    expect(act(new Float32Array(spec.observationSpace.size))).toHaveLength(actionSize(spec.actionSpace));
  });

  it('refuses more or fewer numbers than it sees', () => {
    const decide = play(encodePlayFile(madeUp(spaces['discrete']!, 'tanh', true)));
    expect(decide([0, 0, 0, 0])).toHaveLength(1);
    for (const seen of [[], [0, 0, 0], [0, 0, 0, 0, 0]]) {
      expect(() => decide(seen)).toThrow(PlayInputError);
      expect(() => decide(seen)).toThrow(`It sees 4 numbers`);
    }
  });

  it('is refused in a sentence where it is none, or was cut short', () => {
    const whole = encodePlayFile(madeUp(spaces['discrete']!, 'tanh', true)).buffer;
    for (const file of [new ArrayBuffer(0), new ArrayBuffer(64), whole.slice(0, 40), whole.slice(0, -2)]) {
      expect(() => play(file)).toThrow(PlayFileError);
    }
    expect(() => play(new TextEncoder().encode('a shopping list').buffer)).toThrow(/no policy to play by/);
  });
});

describe('a number of 16 bits', () => {
  const read = (bits: number) => {
    const exponent = (bits >> 10) & 31;
    const fraction = (bits & 1023) / 1024;
    const size = exponent === 0 ? 2 ** -14 * fraction : 2 ** (exponent - 15) * (1 + fraction);
    return bits >> 15 ? -size : size;
  };

  it('comes back as it was, each of them', () => {
    for (let bits = 0; bits < 0x7c00; bits++) expect(halfBits(read(bits))).toBe(bits);
  });

  it('is the nearest there is', () => {
    fc.assert(
      fc.property(fc.float({ min: -70_000, max: 70_000, noNaN: true }), (value) => {
        const bits = halfBits(value);
        const off = (other: number) => Math.abs(read(other) - value);
        const size = bits & 0x7fff;
        const sign = bits & 0x8000;
        const neighbours = [size - 1, size + 1].filter((other) => other >= 0 && other < 0x7c00);
        return neighbours.every((other) => off(bits) <= off(sign | other));
      }),
    );
  });
});
