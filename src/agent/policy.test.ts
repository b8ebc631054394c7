import { describe, expect, it } from 'vitest';
import type { ActionSpace, EnvironmentSpec } from '../contract';
import { SeededRandom } from '../random/seeded-random';
import { initialiseParameters, orthogonalMatrix, policyLayout } from './policy';

const specOf = (actionSpace: ActionSpace): EnvironmentSpec => ({
  game: 'test',
  observationSpace: { size: 3, names: ['x', 'y', 'z'], low: [-1, -1, -1], high: [1, 1, 1] },
  actionSpace,
  rewardTerms: [],
  tickMs: 20,
  timeLimitTicks: 100,
});
const choices: ActionSpace = { kind: 'discrete', count: 2, labels: ['left', 'right'] };
const torques: ActionSpace = { kind: 'continuous', size: 2, names: ['a', 'b'], low: [-1, -1], high: [1, 1] };
const settings = { hiddenSizes: [5, 4], activation: 'tanh' } as const;

describe('policyLayout', () => {
  it('lays actor before critic, layer by layer, each block where the one before it ends', () => {
    const layout = policyLayout(specOf(choices), settings);
    expect(layout.blocks.map(({ name, shape }) => `${name} ${shape.join('×')}`)).toEqual([
      'actor.0.kernel 3×5',
      'actor.0.bias 5',
      'actor.1.kernel 5×4',
      'actor.1.bias 4',
      'actor.head.kernel 4×2',
      'actor.head.bias 2',
      'critic.0.kernel 3×5',
      'critic.0.bias 5',
      'critic.1.kernel 5×4',
      'critic.1.bias 4',
      'critic.head.kernel 4×1',
      'critic.head.bias 1',
    ]);
    let end = 0;
    for (const { offset, size } of layout.blocks) {
      expect(offset).toBe(end);
      end += size;
    }
    // (15 + 5) + (20 + 4) + (8 + 2) for the actor, (15 + 5) + (20 + 4) + (4 + 1) for the critic.
    expect(layout.parameterCount).toBe(54 + 49);
    expect(end).toBe(103);
  });

  it('ends with one log standard deviation an action where actions are continuous', () => {
    const { blocks } = policyLayout(specOf(torques), settings);
    expect(blocks.at(-1)).toMatchObject({ name: 'actor.logStd', shape: [2], offset: 103, size: 2 });
  });

  it('widens the policy head by every choice of a multi-discrete space', () => {
    const space: ActionSpace = { kind: 'multiDiscrete', counts: [3, 2], labels: [] };
    const head = policyLayout(specOf(space), settings).blocks.find(
      ({ name }) => name === 'actor.head.kernel',
    );
    expect(head?.shape).toEqual([4, 5]);
  });
});

describe('orthogonalMatrix', () => {
  it.each([
    [4, 4],
    [64, 64],
    [64, 3],
    [3, 64],
    [1, 5],
  ])('of %i × %i has orthonormal columns, or rows where those are fewer', (rows, columns) => {
    const matrix = orthogonalMatrix(rows, columns, SeededRandom.fromSeed(5));
    const byColumns = columns <= rows;
    const [count, length] = byColumns ? [columns, rows] : [rows, columns];
    const at = (vector: number, i: number) =>
      byColumns ? matrix[i * columns + vector]! : matrix[vector * columns + i]!;
    for (let u = 0; u < count; u++) {
      for (let v = 0; v <= u; v++) {
        let product = 0;
        for (let i = 0; i < length; i++) product += at(u, i) * at(v, i);
        expect(Math.abs(product - (u === v ? 1 : 0))).toBeLessThan(1e-13);
      }
    }
  });

  it('favours no direction: each sign of an entry comes up equally often', () => {
    const random = SeededRandom.fromSeed(6);
    let positive = 0;
    for (let trial = 0; trial < 1000; trial++) if (orthogonalMatrix(3, 3, random)[0]! > 0) positive++;
    // Five standard deviations of a fair coin thrown 1,000 times are 79.
    expect(Math.abs(positive - 500)).toBeLessThan(79);
  });
});

describe('initialiseParameters', () => {
  it('scales kernels by √2, the policy head by 0.01, the value head by 1, and leaves biases 0', () => {
    const layout = policyLayout(specOf(torques), settings);
    const parameters = initialiseParameters(layout, SeededRandom.fromSeed(2), -0.5);
    const lengthOf = (name: string) => {
      const { offset, size } = layout.blocks.find((block) => block.name === name)!; // names from above
      return Math.hypot(...parameters.subarray(offset, offset + size));
    };
    // A kernel of k orthonormal vectors times a gain has the Euclidean length gain · √k.
    expect(lengthOf('actor.0.kernel')).toBeCloseTo(Math.SQRT2 * Math.sqrt(3), 5);
    expect(lengthOf('critic.1.kernel')).toBeCloseTo(Math.SQRT2 * Math.sqrt(4), 5);
    expect(lengthOf('actor.head.kernel')).toBeCloseTo(0.01 * Math.sqrt(2), 7);
    expect(lengthOf('critic.head.kernel')).toBeCloseTo(1, 5);
    const biases = layout.blocks.filter(({ name }) => name.endsWith('.bias'));
    expect(biases.map(({ name }) => lengthOf(name))).toEqual([0, 0, 0, 0, 0, 0]);
    expect([...parameters.subarray(103)]).toEqual([-0.5, -0.5]);
  });

  it('depends on the seed alone', () => {
    const layout = policyLayout(specOf(choices), settings);
    const from = (seed: number) => initialiseParameters(layout, SeededRandom.fromSeed(seed), 0);
    expect(from(3)).toEqual(from(3));
    expect(from(3)).not.toEqual(from(4));
  });
});
