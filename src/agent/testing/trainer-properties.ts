import { expect, it } from 'vitest';
import type { ActionSpace } from '../../contract';
import { SeededRandom } from '../../random/seeded-random';
import { createDistribution } from '../distributions';
import type { StepSettings } from '../minibatch';
import { type MinibatchTrainer, type TrainerResult, type TrainerState, takeStep } from '../minibatch-trainer';
import { logStdName, type PolicyLayout } from '../policy';
import { createSnapshot } from '../snapshot';
import {
  type Mistake,
  mistakes,
  partMistakes,
  type ReferenceResult,
  referenceMinibatch,
} from './reference-minibatch';
import { allRows, type TrainingCase, testSpaces, trainingCase } from './training-cases';

export const cleanrlStep: StepSettings = {
  learningRate: 2.5e-4,
  clipRange: 0.2,
  valueClip: true,
  valueClipRange: 0.2,
  valueLoss: 'halfMeanSquared',
  valueCoefficient: 0.5,
  entropyCoefficient: 0.01,
  maxGradientNorm: 0.5,
  adamEpsilon: 1e-5,
  largestKl: Number.POSITIVE_INFINITY,
};

export const sb3Step: StepSettings = {
  ...cleanrlStep,
  learningRate: 3e-4,
  valueClip: false,
  valueLoss: 'meanSquared',
  entropyCoefficient: 0,
};

/** Parameters after a step at a learning rate near 2.5e-4 may differ from float64 by this much. */
const parameterTolerance = 5e-7;
/** Losses and norms may differ from float64 by this share of their size (or of 1, where they are smaller). */
const statisticTolerance = 5e-6;

/**
 * Whether a trainer's step is the reference's, within the tolerances above.
 *
 * @returns what differs and by how much; empty where nothing does.
 */
export function differences(actual: TrainerResult, expected: ReferenceResult): string[] {
  const found: string[] = [];
  const largest = (numbers: ArrayLike<number>, references: Float64Array) =>
    references.reduce((most, reference, i) => Math.max(most, Math.abs(reference - numbers[i]!)), 0);
  const parameterError = largest(actual.parameters, expected.parameters);
  if (!(parameterError <= parameterTolerance)) found.push(`parameters by ${parameterError}`);
  const row = actual.statistics[0]!;
  for (const [name, reference] of Object.entries(expected.statistics)) {
    const error = Math.abs(row[name as keyof typeof row] - reference) / Math.max(1, Math.abs(reference));
    if (!(error <= statisticTolerance)) found.push(`${name} by ${error}`);
  }
  return found;
}

type TrainerOf = (layout: PolicyLayout, state: TrainerState) => MinibatchTrainer;

async function oneStep(
  createTrainer: TrainerOf,
  { layout, state, batch }: TrainingCase,
  settings: StepSettings,
) {
  const trainer = createTrainer(layout, state);
  trainer.begin({ batch, minibatches: [allRows(batch.size)], settings });
  takeStep(trainer);
  const result = await trainer.finish();
  trainer.dispose();
  return result;
}

/** Actions that a policy of continuous ones draws on the case's observations, and their log-probabilities. */
function actedBy({ layout, batch }: TrainingCase, parameters: Float32Array<ArrayBuffer>) {
  const snapshot = createSnapshot(layout, { version: 0, parameters });
  const distribution = createDistribution(layout.actionSpace);
  const random = SeededRandom.fromSeed(1);
  const means = new Float32Array(batch.actions.length);
  snapshot.forward(batch.observations, batch.size, means, new Float32Array(batch.size));
  const actions = new Float32Array(batch.actions.length);
  const logProbabilities = new Float32Array(batch.size).map((_, row) =>
    distribution.sample(means, row, snapshot.logStd, batch.masks, random, actions),
  );
  return { actions, logProbabilities };
}

/** Tests that a trainer takes the steps of the float64 reference, for any backend that is open. */
export function describeTrainer(createTrainer: TrainerOf): void {
  const networks = {
    tanh: { hiddenSizes: [64, 64], activation: 'tanh' },
    relu: { hiddenSizes: [16], activation: 'relu' },
    swish: { hiddenSizes: [16, 12], activation: 'swish' },
  } as const;
  for (const [spaceName, space] of Object.entries(testSpaces)) {
    for (const [networkName, network] of Object.entries(networks)) {
      for (const [settingsName, settings] of Object.entries({ CleanRL: cleanrlStep, SB3: sb3Step })) {
        it(`equals the reference: ${spaceName}, ${networkName}, ${settingsName}`, async () => {
          const given = trainingCase(space, 64, 11, network);
          const result = await oneStep(createTrainer, given, settings);
          const reference = referenceMinibatch(given.layout, given.state, given.batch, allRows(64), settings);
          expect(differences(result, reference)).toEqual([]);
        });
      }
    }
  }

  const discrete = testSpaces['discrete'] as ActionSpace;

  it('would notice every deliberate mistake', async () => {
    const given = trainingCase(discrete, 128, 5);
    const result = await oneStep(createTrainer, given, cleanrlStep);
    const compare = (mistake?: Mistake) =>
      differences(
        result,
        referenceMinibatch(given.layout, given.state, given.batch, allRows(128), cleanrlStep, mistake),
      );
    expect(compare()).toEqual([]);
    const unnoticed = mistakes.filter((mistake) => compare(mistake).length === 0);
    // A policy of one choice has neither log σ nor several parts.
    expect(unnoticed).toEqual(['log σ without bounds', ...partMistakes]);
  });

  it('would notice every deliberate mistake with the parts of an action', async () => {
    const given = trainingCase(testSpaces['product'] as ActionSpace, 64, 5);
    // Each axis has a log σ of its own.
    const parameters = given.state.parameters.slice();
    const { offset, size } = given.layout.blocks.find(({ name }) => name === logStdName)!;
    for (let i = 0; i < size; i++) parameters[offset + i] = -0.3 - 0.2 * i;
    const state = { ...given.state, parameters };
    const result = await oneStep(createTrainer, { ...given, state }, cleanrlStep);
    const compare = (mistake?: Mistake) =>
      differences(
        result,
        referenceMinibatch(given.layout, state, given.batch, allRows(64), cleanrlStep, mistake),
      );
    expect(compare()).toEqual([]);
    expect(partMistakes.filter((mistake) => compare(mistake).length === 0)).toEqual([]);
  });

  for (const [what, bound, entropyCoefficient] of [
    ['below', 2, 0.2],
    ['above', -5, -0.2],
  ] as const) {
    it(`keeps log σ ${what} its bound, lets it go from there, and would be noticed if it did not`, async () => {
      const given = trainingCase(testSpaces['continuous'] as ActionSpace, 32, 4);
      const parameters = given.state.parameters.slice();
      const { offset, size } = given.layout.blocks.find(({ name }) => name === logStdName)!;
      parameters.fill(bound, offset, offset + size);
      const state = { ...given.state, parameters };
      // Advantages that are all alike are normalised to 0, so that only the entropy pushes.
      const advantages = new Float32Array(32).fill(1);
      const estimates = { ...given.batch.estimates, advantages };
      const batch = { ...given.batch, ...actedBy(given, parameters), estimates };
      const logStdAfter = async (coefficient: number) => {
        const settings = { ...sb3Step, entropyCoefficient: coefficient };
        const result = await oneStep(createTrainer, { ...given, state, batch }, settings);
        const compare = (mistake?: Mistake) =>
          differences(result, referenceMinibatch(given.layout, state, batch, allRows(32), settings, mistake));
        expect(compare()).toEqual([]);
        const after = Array.from(result.parameters.subarray(offset, offset + size));
        return { after, unbounded: compare('log σ without bounds') };
      };
      const pushed = await logStdAfter(entropyCoefficient);
      expect(pushed.after).toEqual([bound, bound]);
      expect(pushed.unbounded).toHaveLength(1);
      const pulled = await logStdAfter(-entropyCoefficient);
      expect(pulled.after.every((each) => Math.abs(each) < Math.abs(bound))).toBe(true);
      expect(pulled.unbounded).toEqual([]);
    });
  }

  it('goes on from moments and a step count', async () => {
    const given = trainingCase(discrete, 32, 3);
    const state = {
      ...given.state,
      adamMean: given.state.parameters.map((value) => 0.1 * value),
      adamVariance: given.state.parameters.map((value) => 0.01 * value * value),
      adamSteps: 41,
    };
    const result = await oneStep(createTrainer, { ...given, state }, cleanrlStep);
    const reference = referenceMinibatch(given.layout, state, given.batch, allRows(32), cleanrlStep);
    expect(differences(result, reference)).toEqual([]);
    expect(result.adamSteps).toBe(42);
    result.adamMean.forEach((value, i) => {
      if (Math.abs(value - reference.adamMean[i]!) > 1e-7) throw new Error(`mean ${i} is ${value}`);
    });
    result.adamVariance.forEach((value, i) => {
      if (Math.abs(value - reference.adamVariance[i]!) > 1e-8) throw new Error(`variance ${i} is ${value}`);
    });
  });

  it('takes only the rows it is given', async () => {
    const given = trainingCase(discrete, 64, 7);
    const trainer = createTrainer(given.layout, given.state);
    const rows = Int32Array.from([60, 3, 41, 17, 22, 9, 55, 12]);
    trainer.begin({ batch: given.batch, minibatches: [rows], settings: cleanrlStep });
    takeStep(trainer);
    const result = await trainer.finish();
    trainer.dispose();
    expect(
      differences(result, referenceMinibatch(given.layout, given.state, given.batch, rows, cleanrlStep)),
    ).toEqual([]);
  });

  it('learns from a single step without normalising its advantage', async () => {
    const given = trainingCase(discrete, 1, 2);
    const result = await oneStep(createTrainer, given, cleanrlStep);
    expect(
      differences(
        result,
        referenceMinibatch(given.layout, given.state, given.batch, allRows(1), cleanrlStep),
      ),
    ).toEqual([]);
  });

  it('takes no step from the minibatch on that exceeds the largest KL, which it reports', async () => {
    const given = trainingCase(discrete, 64, 11);
    const reference = referenceMinibatch(given.layout, given.state, given.batch, allRows(64), cleanrlStep);
    const firstKl = reference.statistics.approximateKl;
    const trainer = createTrainer(given.layout, given.state);
    const minibatches = [allRows(64), allRows(64), allRows(64)];
    trainer.begin({ batch: given.batch, minibatches, settings: { ...cleanrlStep, largestKl: 10 * firstKl } });
    takeStep(trainer);
    expect(await trainer.hasStopped()).toBe(false);
    const within = await trainer.finish();
    expect(within.stoppedEarly).toBe(false);
    expect(differences(within, reference)).toEqual([]);

    trainer.begin({ batch: given.batch, minibatches, settings: { ...cleanrlStep, largestKl: firstKl / 10 } });
    for (const _ of minibatches) takeStep(trainer);
    expect(await trainer.hasStopped()).toBe(true);
    const beyond = await trainer.finish();
    trainer.dispose();
    expect(beyond.stoppedEarly).toBe(true);
    expect(beyond.statistics).toHaveLength(1);
    expect(beyond.statistics[0]!.gradientNorm).toBeGreaterThan(0);
    expect(beyond.adamSteps).toBe(1);
    expect(beyond.parameters).toEqual(within.parameters);
    expect(beyond.adamMean).toEqual(within.adamMean);
    expect(beyond.adamVariance).toEqual(within.adamVariance);
  });
}
