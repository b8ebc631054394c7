import { initialiseParameters, policyLayout } from '../../agent/policy';
import type { PolicyData } from '../../agent/policy-file';
import type { ActionSpace, EnvironmentSpec } from '../../contract';
import { SeededRandom } from '../../random/seeded-random';

/** Action spaces of every kind, by name. */
export const spaces: Readonly<Record<string, ActionSpace>> = {
  choices: { kind: 'discrete', count: 5, labels: ['a', 'b', 'c', 'd', 'e'], masked: true },
  'several choices': {
    kind: 'multiDiscrete',
    counts: [3, 2],
    labels: [
      ['a', 'b', 'c'],
      ['d', 'e'],
    ],
    masked: true,
  },
  axes: { kind: 'continuous', size: 2, names: ['x', 'y'], low: [-2, 0], high: [2, 5] },
  product: {
    kind: 'product',
    parts: [
      { kind: 'discrete', name: 'jump', count: 2, labels: ['stay', 'jump'] },
      { kind: 'continuous', name: 'stick', size: 2, names: ['x', 'y'], low: [-1, -3], high: [1, 1] },
      { kind: 'discrete', name: 'throw', count: 4, labels: ['a', 'b', 'c', 'd'], masked: true },
    ],
  },
};

/** A game of `observationSize` numbers that nobody plays. */
export function madeUpSpec(actionSpace: ActionSpace, observationSize = 6): EnvironmentSpec {
  const each = <Value>(value: Value) => Array.from({ length: observationSize }, () => value);
  return {
    game: 'made-up',
    observationSpace: { size: observationSize, names: each('x'), low: each(-Infinity), high: each(Infinity) },
    actionSpace,
    rewardTerms: [{ name: 'gain', description: 'A gain.', defaultWeight: 1 }],
    tickMs: 20,
    timeLimitTicks: 500,
  };
}

/** A policy that decides everywhere otherwise: wide weights, biases that are not 0. */
export function madeUpPolicy(
  actionSpace: ActionSpace,
  {
    hiddenSizes = [16, 12],
    activation = 'tanh',
    normalised = false,
    seed = 7,
  }: Partial<Pick<PolicyData, 'hiddenSizes' | 'activation' | 'seed'>> & {
    readonly normalised?: boolean;
  } = {},
): PolicyData {
  const spec = madeUpSpec(actionSpace);
  const { size } = spec.observationSpace;
  const random = SeededRandom.fromSeed(seed);
  const layout = policyLayout(spec, { hiddenSizes, activation });
  const parameters = initialiseParameters(layout, random, 0);
  for (let i = 0; i < parameters.length; i++) parameters[i] = parameters[i]! + 0.2 * random.normal();
  const draw = (of: () => number) => Array.from({ length: size }, of);
  return {
    spec,
    hiddenSizes,
    activation,
    name: 'Made up',
    version: 3,
    decisions: 6_144,
    seed,
    parameters,
    observations: normalised
      ? { count: 6_144, mean: draw(() => random.normal()), variance: draw(() => 0.1 + 2 * random.uniform()) }
      : null,
  };
}

/** Rows that a game might show, some of them far out. */
export function madeUpObservations(rows: number, size: number, seed = 3): Float32Array<ArrayBuffer> {
  const random = SeededRandom.fromSeed(seed);
  return Float32Array.from(
    { length: rows * size },
    () => random.normal() * (random.uniform() < 0.05 ? 30 : 1.5),
  );
}

/** Flags of masks, of which at least one in each group of choices is 1. */
export function madeUpMasks(rows: number, groups: readonly number[], seed = 4): Uint8Array {
  const random = SeededRandom.fromSeed(seed);
  const flags: number[] = [];
  for (let row = 0; row < rows; row++) {
    for (const count of groups) {
      const certain = random.below(count);
      for (let i = 0; i < count; i++) flags.push(i === certain || random.uniform() < 0.6 ? 1 : 0);
    }
  }
  return Uint8Array.from(flags);
}
