import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { type ActionSpace, actionLayout, policyOutputSize } from '../../contract';
import { SeededRandom } from '../../random/seeded-random';
import { createDistributionSlopes } from '../distribution-slopes';
import { createDistribution } from '../distributions';
import { paddedWidth } from '../kernels/kernels';
import { policyLayout } from '../policy';
import { createSnapshot } from '../snapshot';
import { readTensor } from '../tensor-backend';
import { tensorProbabilities, writeActionColumns } from '../tensor-distributions';
import { joinBlocks, parameterBlocks, policyForward } from '../tensor-policy';
import { testSpaces, testSpec, trainingCase } from './training-cases';

/** The tensor half's log-probabilities `[B]` and mean entropy of given outputs. */
async function probabilities(
  space: ActionSpace,
  outputs: Float32Array,
  logStd: Float32Array,
  actions: Float32Array,
  masks: Uint8Array,
) {
  const { components, outputs: width, masks: maskWidth, logStds } = actionLayout(space);
  const rows = outputs.length / width;
  const columns = new Float32Array(outputs.length);
  for (let row = 0; row < rows; row++) writeActionColumns(components, actions, row, columns, row * width);
  const result = tf.tidy(() => ({
    ...tensorProbabilities(
      space,
      {
        outputs: tf.tensor2d(outputs, [rows, width]),
        values: tf.zeros([rows]),
        logStd: logStds > 0 ? tf.tensor1d(logStd) : null,
      },
      {
        actions: tf.tensor2d(columns, [rows, width]),
        masks: maskWidth > 0 ? tf.tensor2d(Float32Array.from(masks), [rows, maskWidth]) : null,
      },
    ),
  }));
  const logProbability = await readTensor(result.logProbability);
  const entropy = (await readTensor(result.entropy))[0]!;
  tf.dispose([result.logProbability, result.entropy]);
  return { logProbability, entropy };
}

/** What must hold of the tensor half's policy and distributions on any backend that is open. */
export function describeDistributions(): void {
  for (const [name, space] of Object.entries(testSpaces)) {
    it(`agrees with acting to 1e-5 on log-probabilities, entropy and values: ${name}`, async () => {
      const rows = 50;
      const { layout, state, batch } = trainingCase(space, rows, 21);
      // Larger weights than the first ones, so that the policy is far from uniform.
      const parameters = state.parameters.map((value) => 2 * value);
      const snapshot = createSnapshot(layout, { version: 0, parameters });
      const outputs = new Float32Array(rows * policyOutputSize(space));
      const values = new Float32Array(rows);
      snapshot.forward(batch.observations, rows, outputs, values);
      const forward = tf.tidy(() => {
        const blocks = parameterBlocks(layout, tf.tensor1d(parameters));
        const observations = tf.tensor2d(batch.observations, [rows, layout.observationSize]);
        const { outputs, values } = policyForward(layout, blocks, observations);
        return { outputs, values };
      });
      const tensorOutputs = await readTensor(forward.outputs);
      const tensorValues = await readTensor(forward.values);
      tf.dispose([forward.outputs, forward.values]);
      const largest = (a: Float32Array, b: Float32Array) =>
        a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
      expect(largest(outputs, tensorOutputs)).toBeLessThan(1e-5);
      expect(largest(values, tensorValues)).toBeLessThan(1e-5);

      const distribution = createDistribution(space);
      const { logProbability, entropy } = await probabilities(
        space,
        tensorOutputs,
        snapshot.logStd,
        batch.actions,
        batch.masks,
      );
      const slopes = createDistributionSlopes(space);
      const width = policyOutputSize(space);
      const padded = new Float32Array(rows * paddedWidth(width));
      for (let row = 0; row < rows; row++) {
        padded.set(outputs.subarray(row * width, (row + 1) * width), row * paddedWidth(width));
      }
      let plainEntropy = 0;
      for (let row = 0; row < rows; row++) {
        const plain = distribution.logProbability(outputs, row, snapshot.logStd, batch.masks, batch.actions);
        expect(Math.abs(plain - logProbability[row]!)).toBeLessThan(1e-5);
        slopes.read(padded, row, snapshot.logStd, batch, row);
        plainEntropy += slopes.entropy / rows;
      }
      expect(Math.abs(plainEntropy - entropy)).toBeLessThan(1e-5);
    });
  }

  it('gives log-probabilities and entropy as worked by hand', async () => {
    // softmax(0, ln 3) = (1/4, 3/4): ln π(1) = ln 0.75; H = ¼ ln 4 + ¾ ln 4/3.
    const discrete = testSpaces['discrete']!;
    const none = new Float32Array(0);
    const choice = await probabilities(
      discrete,
      Float32Array.from([0, Math.log(3)]),
      none,
      Float32Array.from([1]),
      new Uint8Array(0),
    );
    expect(choice.logProbability[0]).toBeCloseTo(Math.log(0.75), 6);
    expect(choice.entropy).toBeCloseTo(0.25 * Math.log(4) + 0.75 * Math.log(4 / 3), 6);

    // Two components, σ = 1 and 2, each a standard deviation from its mean: −½ − ln σ − ½ ln 2π each.
    const gaussian = await probabilities(
      testSpaces['continuous']!,
      Float32Array.from([1, -1]),
      Float32Array.from([0, Math.LN2]),
      Float32Array.from([2, 1]),
      new Uint8Array(0),
    );
    expect(gaussian.logProbability[0]).toBeCloseTo(-1 - Math.LN2 - Math.log(2 * Math.PI), 5);
    expect(gaussian.entropy).toBeCloseTo(Math.LN2 + Math.log(2 * Math.PI * Math.E), 5);
  });

  it('gives forbidden choices no probability, no entropy and no gradient, however large their logits', async () => {
    const space = testSpaces['masked discrete']!;
    // Allowed: choices 0 and 2, with equal logits; forbidden: 1 and 3, of which one would overflow exp.
    const logits = tf.tensor2d([0.5, 200, 0.5, -3], [1, 4]);
    const masks = tf.tensor2d([1, 0, 1, 0], [1, 4]);
    const actions = tf.tensor2d([1, 0, 0, 0], [1, 4]);
    const evaluate = (outputs: tf.Tensor) =>
      tensorProbabilities(
        space,
        { outputs: outputs as tf.Tensor2D, values: tf.zeros([1]), logStd: null },
        { actions, masks },
      );
    const [logProbability, entropy, slopes, entropySlopes] = tf.tidy(() => {
      const result = evaluate(logits);
      return [
        result.logProbability,
        result.entropy,
        tf.grad((outputs) => tf.sum(evaluate(outputs).logProbability))(logits),
        tf.grad((outputs) => evaluate(outputs).entropy)(logits),
      ] as const;
    });
    expect((await readTensor(logProbability))[0]).toBeCloseTo(-Math.LN2, 6);
    expect((await readTensor(entropy))[0]).toBeCloseTo(Math.LN2, 6);
    // d ln π(0) = onehot − π = (½, 0, −½, 0).
    const slope = await readTensor(slopes);
    expect(slope[0]).toBeCloseTo(0.5, 6);
    expect(slope[2]).toBeCloseTo(-0.5, 6);
    expect(Math.abs(slope[1]!) + Math.abs(slope[3]!)).toBe(0);
    expect(Array.from(await readTensor(entropySlopes)).every((value) => Math.abs(value) < 1e-6)).toBe(true);
    tf.dispose([logits, masks, actions, logProbability, entropy, slopes, entropySlopes]);
  });

  it('cuts and joins parameters without loss', async () => {
    const layout = policyLayout(testSpec(testSpaces['continuous']!), {
      hiddenSizes: [5, 3],
      activation: 'relu',
    });
    const random = SeededRandom.fromSeed(1);
    const flat = Float32Array.from({ length: layout.parameterCount }, () => random.normal());
    const joined = tf.tidy(() => joinBlocks(parameterBlocks(layout, tf.tensor1d(flat))));
    expect(await readTensor(joined)).toEqual(flat);
    joined.dispose();
  });
}
