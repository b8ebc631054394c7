import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import {
  type ActingBackend,
  type ActionSpace,
  type EnvironmentSpec,
  PlaytrainError,
  policyOutputSize,
} from '../contract';
import { SeededRandom } from '../random/seeded-random';
import { createPlainTrainer, createSimdTrainer } from './analytic-trainer';
import { createDistribution } from './distributions';
import { tanh } from './kernels/plain/tanh';
import { createSimdKernels } from './kernels/simd/kernels';
import { takeStep } from './minibatch-trainer';
import { initialiseParameters, type PolicyLayout, policyLayout } from './policy';
import { createSnapshot } from './snapshot';
import { SnapshotWorkspace } from './snapshot-workspace';
import { sb3Step } from './testing/trainer-properties';
import { allRows, testSpaces, trainingCase } from './testing/training-cases';

const choices: ActionSpace = { kind: 'discrete', count: 3, labels: [] };

function layoutOf(
  observationSize: number,
  hiddenSizes: readonly number[],
  activation: 'tanh' | 'relu' | 'swish',
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
      if (layout.activation === 'swish') return sum * (0.5 + 0.5 * tanh(0.5 * sum));
      return layout.activation === 'tanh' ? tanh(sum) : Math.max(0, sum);
    });
  }
  return activations;
}

const actingBackends: readonly ActingBackend[] = ['cpu', 'wasm'];

for (const acting of actingBackends) {
  describe(`a snapshot on ${acting}`, () => {
    it('equals the plain forward pass for any sizes', () => {
      fc.assert(
        fc.property(
          fc.integer(),
          fc.integer({ min: 1, max: 70 }),
          fc.integer({ min: 1, max: 9 }),
          fc.array(fc.integer({ min: 1, max: 17 }), { minLength: 1, maxLength: 3 }),
          fc.constantFrom('tanh' as const, 'relu' as const, 'swish' as const),
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
            const snapshot = createSnapshot(layout, { version: 1, parameters }, acting);
            snapshot.forward(observations, rows, outputs, values);
            for (let row = 0; row < rows; row++) {
              const observation = observations.subarray(row * observationSize, (row + 1) * observationSize);
              const logits = slowForward(layout, parameters, 'actor', observation);
              logits.forEach((logit, i) => {
                expectNear(outputs[row * count + i]!, logit, acting);
              });
              expectNear(values[row]!, slowForward(layout, parameters, 'critic', observation)[0]!, acting);
            }
          },
        ),
      );
    });

    it('gives a row the same numbers, whatever rows go with it', () => {
      const layout = layoutOf(4, [8, 8], 'tanh');
      const snapshot = createSnapshot(layout, { version: 1, parameters: parametersOf(layout, 1) }, acting);
      const random = SeededRandom.fromSeed(8);
      const rows = 67;
      const observations = Float32Array.from({ length: rows * 4 }, () => random.normal());
      const outputs = new Float32Array(rows * 3);
      const values = new Float32Array(rows);
      snapshot.forward(observations, rows, outputs, values);
      const alone = new Float32Array(3);
      const value = new Float32Array(1);
      for (let row = 0; row < rows; row++) {
        snapshot.forward(observations.slice(4 * row, 4 * row + 4), 1, alone, value);
        expect(alone).toEqual(outputs.slice(3 * row, 3 * row + 3));
        expect(value[0]).toBe(values[row]);
        expect(Math.fround(snapshot.value(observations, row))).toBe(values[row]);
      }
    });

    it('keeps its weights when those it was made from change', () => {
      const layout = layoutOf(2, [4], 'tanh');
      const parameters = parametersOf(layout, 1);
      const snapshot = createSnapshot(layout, { version: 1, parameters }, acting);
      const before = snapshot.value(Float32Array.of(1, 2), 0);
      parameters.fill(0);
      expect(snapshot.value(Float32Array.of(1, 2), 0)).toBe(before);
    });

    it('acts by its own weights, whichever snapshot of the same policy acted before it', () => {
      const layout = layoutOf(2, [4], 'tanh');
      const of = (seed: number) =>
        createSnapshot(layout, { version: seed, parameters: parametersOf(layout, seed) }, acting);
      const first = of(1);
      const second = of(2);
      const observation = Float32Array.of(1, 2);
      const [one, other] = [first.value(observation, 0), second.value(observation, 0)];
      expect(one).not.toBe(other);
      expect(first.value(observation, 0)).toBe(one);
      expect(second.value(observation, 0)).toBe(other);
    });

    it('holds the log standard deviations of a Gaussian policy, and none for choices', () => {
      const torque: ActionSpace = { kind: 'continuous', size: 2, names: [], low: [], high: [] };
      const gaussian = layoutOf(2, [4], 'tanh', torque);
      const parameters = initialiseParameters(gaussian, SeededRandom.fromSeed(1), -0.5);
      expect([...createSnapshot(gaussian, { version: 1, parameters }, acting).logStd]).toEqual([-0.5, -0.5]);
      const discrete = layoutOf(2, [4], 'tanh');
      const data = { version: 1, parameters: parametersOf(discrete, 1) };
      expect(createSnapshot(discrete, data, acting).logStd).toHaveLength(0);
    });

    it('refuses weights of another policy with a sentence', () => {
      const layout = layoutOf(2, [4], 'tanh');
      const make = () => createSnapshot(layout, { version: 1, parameters: new Float32Array(7) }, acting);
      expect(make).toThrow(PlaytrainError);
      expect(make).toThrow(/7 weights does not fit a policy of 44/);
    });

    it.each(Object.keys(testSpaces))(
      'acts with the log-probabilities that a trainer learns from: %s',
      async (space) => {
        const { layout, state, batch } = trainingCase(testSpaces[space]!, 64, 4);
        const parameters = state.parameters.map((weight) => 2 * weight);
        const snapshot = createSnapshot(layout, { version: 1, parameters }, acting);
        const outputs = new Float32Array(64 * policyOutputSize(layout.actionSpace));
        const values = new Float32Array(64);
        snapshot.forward(batch.observations, 64, outputs, values);
        const distribution = createDistribution(layout.actionSpace);
        const { logStd } = snapshot;
        const logProbabilities = Float32Array.from({ length: 64 }, (_, row) =>
          distribution.logProbability(outputs, row, logStd, batch.masks, batch.actions),
        );
        for (const createTrainer of [createPlainTrainer, createSimdTrainer]) {
          const trainer = createTrainer(layout, { ...state, parameters });
          trainer.begin({
            batch: { ...batch, logProbabilities, onVersion: new Uint8Array(64).fill(1) },
            minibatches: [allRows(64)],
            settings: sb3Step,
          });
          takeStep(trainer);
          const { statistics } = await trainer.finish();
          expect(statistics[0]!.ratioDeviation).toBeLessThan(1e-5);
        }
      },
    );
  });
}

/** Plain snapshots compute in float64, and only their results are rounded; those in WebAssembly compute in float32. */
const tolerances: Readonly<Record<ActingBackend, number>> = { cpu: 0, wasm: 4e-6 };

function expectNear(actual: number, expected: number, acting: ActingBackend): void {
  const error = Math.abs(actual - Math.fround(expected));
  expect(error).toBeLessThanOrEqual(tolerances[acting] * Math.max(1, Math.abs(expected)));
}

describe('WebAssembly snapshots', () => {
  it('of the same graph share one memory, though each has a layout of its own, and do not mix their weights', () => {
    let memories = 0;
    vi.stubGlobal('WebAssembly', {
      ...WebAssembly,
      Module: WebAssembly.Module,
      Instance: class extends WebAssembly.Instance {
        constructor(module: WebAssembly.Module) {
          super(module);
          memories += 1;
        }
      },
    });
    try {
      const snapshots = Array.from({ length: 40 }, (_, seed) => {
        const layout = layoutOf(7, [11, 13], 'tanh');
        return createSnapshot(layout, { version: seed, parameters: parametersOf(layout, seed) }, 'wasm');
      });
      expect(memories).toBe(1);
      const observations = Float32Array.from({ length: 7 }, (_, i) => i / 7);
      const alone = snapshots.map((snapshot) => snapshot.value(observations, 0));
      expect(new Set(alone).size).toBe(40);
      expect(snapshots.map((snapshot) => snapshot.value(observations, 0))).toEqual(alone);
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it('that take turns are loaded once', () => {
    const workspace = SnapshotWorkspace.create(createSimdKernels, layoutOf(3, [4], 'tanh').graph);
    const { plan, outputs } = workspace;
    const weights = [0, 1, 2].map((seed) => new Float32Array(plan.parameters.size).fill(seed));
    const answers = () =>
      weights.map((each) => {
        workspace.withWeights(each).forward(1);
        return outputs[0];
      });
    const first = answers();
    expect(new Set(first).size).toBe(3);
    for (const each of weights) each.fill(Number.NaN);
    expect(answers()).toEqual(first);
  });
});
