import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ActionSpace, type EnvironmentSpec, PlaytrainError } from '../contract';
import { SeededRandom } from '../random/seeded-random';
import { initialiseParameters, type PolicyLayout, policyLayout } from './policy';
import { PolicySnapshot } from './snapshot';

const choices: ActionSpace = { kind: 'discrete', count: 3, labels: [] };

function layoutOf(
  observationSize: number,
  hiddenSizes: readonly number[],
  activation: 'tanh' | 'relu',
  actionSpace: ActionSpace = choices,
): PolicyLayout {
  const spec: EnvironmentSpec = {
    game: 'test',
    observationSpace: { size: observationSize, names: [], low: [], high: [] },
    actionSpace,
    rewardTerms: [],
    tickMs: 20,
    timeLimitTicks: 100,
  };
  return policyLayout(spec, { hiddenSizes, activation });
}

/** Weights with biases in them too, so that a bias left out is found. */
function parametersOf(layout: PolicyLayout, seed: number): Float32Array<ArrayBuffer> {
  const random = SeededRandom.fromSeed(seed);
  return initialiseParameters(layout, random, 0).map((weight) => weight + 0.1 * random.normal());
}

/** The forward pass from its definition: one row, one sum at a time. */
function slowForward(
  layout: PolicyLayout,
  parameters: Float32Array,
  network: 'actor' | 'critic',
  observation: ArrayLike<number>,
): number[] {
  let activations = Array.from(observation);
  for (const layer of [...layout.hiddenSizes.keys(), 'head']) {
    const block = (part: string) => layout.blocks.find(({ name }) => name === `${network}.${layer}.${part}`)!; // every layer has both
    const kernel = block('kernel');
    const bias = block('bias');
    const outputs = bias.size;
    activations = Array.from({ length: outputs }, (_, output) => {
      let sum = parameters[bias.offset + output]!;
      activations.forEach((activation, input) => {
        sum += activation * parameters[kernel.offset + input * outputs + output]!;
      });
      if (layer === 'head') return sum;
      return layout.activation === 'tanh' ? Math.tanh(sum) : Math.max(0, sum);
    });
  }
  return activations;
}

describe('PolicySnapshot', () => {
  it('equals the plain forward pass for any sizes, to float32', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        fc.array(fc.integer({ min: 1, max: 17 }), { minLength: 1, maxLength: 3 }),
        fc.constantFrom('tanh' as const, 'relu' as const),
        fc.integer({ min: 1, max: 6 }),
        (seed, rows, observationSize, hiddenSizes, activation, count) => {
          const layout = layoutOf(observationSize, hiddenSizes, activation, {
            kind: 'discrete',
            count,
            labels: [],
          });
          const parameters = parametersOf(layout, seed);
          const random = SeededRandom.fromSeed(seed);
          const observations = Float32Array.from({ length: rows * observationSize }, () => random.normal());
          const outputs = new Float32Array(rows * count);
          const values = new Float32Array(rows);
          PolicySnapshot.of(layout, { version: 1, parameters }).forward(observations, rows, outputs, values);
          for (let row = 0; row < rows; row++) {
            const observation = observations.subarray(row * observationSize, (row + 1) * observationSize);
            const logits = slowForward(layout, parameters, 'actor', observation);
            logits.forEach((logit, i) => {
              expect(outputs[row * count + i]).toBe(Math.fround(logit));
            });
            expect(values[row]).toBe(Math.fround(slowForward(layout, parameters, 'critic', observation)[0]!));
          }
        },
      ),
    );
  });

  it('gives a row the same numbers, whatever rows go with it', () => {
    const layout = layoutOf(4, [8, 8], 'tanh');
    const snapshot = PolicySnapshot.of(layout, { version: 1, parameters: parametersOf(layout, 1) });
    const random = SeededRandom.fromSeed(8);
    const observations = Float32Array.from({ length: 5 * 4 }, () => random.normal());
    const outputs = new Float32Array(15);
    const values = new Float32Array(5);
    snapshot.forward(observations, 5, outputs, values);
    const alone = new Float32Array(3);
    const value = new Float32Array(1);
    snapshot.forward(observations.slice(8, 12), 1, alone, value);
    expect(alone).toEqual(outputs.slice(6, 9));
    expect(value[0]).toBe(values[2]);
    expect(Math.fround(snapshot.value(observations, 2))).toBe(values[2]);
  });

  it('keeps its weights when those it was made from change', () => {
    const layout = layoutOf(2, [4], 'tanh');
    const parameters = parametersOf(layout, 1);
    const snapshot = PolicySnapshot.of(layout, { version: 1, parameters });
    const before = snapshot.value(Float32Array.of(1, 2), 0);
    parameters.fill(0);
    expect(snapshot.value(Float32Array.of(1, 2), 0)).toBe(before);
  });

  it('holds the log standard deviations of a Gaussian policy, and none for choices', () => {
    const torque: ActionSpace = { kind: 'continuous', size: 2, names: [], low: [], high: [] };
    const gaussian = layoutOf(2, [4], 'tanh', torque);
    const parameters = initialiseParameters(gaussian, SeededRandom.fromSeed(1), -0.5);
    expect([...PolicySnapshot.of(gaussian, { version: 1, parameters }).logStd]).toEqual([-0.5, -0.5]);
    const discrete = layoutOf(2, [4], 'tanh');
    const data = { version: 1, parameters: parametersOf(discrete, 1) };
    expect(PolicySnapshot.of(discrete, data).logStd).toHaveLength(0);
  });

  it('refuses weights of another policy with a sentence', () => {
    const layout = layoutOf(2, [4], 'tanh');
    const make = () => PolicySnapshot.of(layout, { version: 1, parameters: new Float32Array(7) });
    expect(make).toThrow(PlaytrainError);
    expect(make).toThrow(/7 weights does not fit a policy of 44/);
  });
});
