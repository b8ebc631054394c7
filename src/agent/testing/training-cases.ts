import {
  type ActionSpace,
  actionLayout,
  type EnvironmentSpec,
  emptyLearned,
  spaceSizes,
} from '../../contract';
import { SeededRandom } from '../../random/seeded-random';
import type { EstimatedBatch } from '../minibatch';
import type { TrainerState } from '../minibatch-trainer';
import { initialiseParameters, type PolicyLayout, policyLayout } from '../policy';
import { referenceProbabilities } from './reference-minibatch';

/** Action spaces of every kind, with and without masks. */
export const testSpaces: Readonly<Record<string, ActionSpace>> = {
  discrete: { kind: 'discrete', count: 2, labels: ['left', 'right'] },
  'masked discrete': { kind: 'discrete', count: 4, labels: ['a', 'b', 'c', 'd'], masked: true },
  'multi-discrete': {
    kind: 'multiDiscrete',
    counts: [3, 2],
    labels: [
      ['a', 'b', 'c'],
      ['d', 'e'],
    ],
  },
  'masked multi-discrete': {
    kind: 'multiDiscrete',
    counts: [2, 3],
    labels: [
      ['a', 'b'],
      ['c', 'd', 'e'],
    ],
    masked: true,
  },
  continuous: { kind: 'continuous', size: 2, names: ['x', 'y'], low: [-1, -1], high: [1, 1] },
  // A mean beside logits in one texel, flags elsewhere than their logits, and log σ elsewhere than their means.
  product: {
    kind: 'product',
    parts: [
      { name: 'tilt', kind: 'continuous', size: 1, names: ['tilt'], low: [-1], high: [1] },
      { name: 'jump', kind: 'discrete', count: 2, labels: ['no', 'yes'] },
      { name: 'tool', kind: 'discrete', count: 3, labels: ['none', 'rope', 'lamp'], masked: true },
      { name: 'stick', kind: 'continuous', size: 2, names: ['x', 'y'], low: [-1, -1], high: [1, 1] },
      { name: 'fire', kind: 'discrete', count: 2, labels: ['no', 'yes'], masked: true },
    ],
  },
};

export function testSpec(actionSpace: ActionSpace, observationSize = 4): EnvironmentSpec {
  const each = <Item>(item: (i: number) => Item) =>
    Array.from({ length: observationSize }, (_, i) => item(i));
  return {
    game: 'test',
    observationSpace: {
      size: observationSize,
      names: each((i) => String.fromCharCode('a'.charCodeAt(0) + i)),
      low: each(() => -1),
      high: each(() => 1),
    },
    actionSpace,
    rewardTerms: [{ name: 'reward', description: 'Anything.', defaultWeight: 1 }],
    tickMs: 20,
    timeLimitTicks: 100,
  };
}

export interface TrainingCase {
  readonly layout: PolicyLayout;
  readonly state: TrainerState;
  readonly batch: EstimatedBatch;
}

/**
 * A policy and a batch on which every branch of the loss is taken: ratios inside and outside the clip range for
 * advantages of both signs, values that moved further than the value clip, and about one choice in four forbidden.
 */
export function trainingCase(
  actionSpace: ActionSpace,
  size: number,
  seed: number,
  network: { hiddenSizes: readonly number[]; activation: 'tanh' | 'relu' | 'swish' } = {
    hiddenSizes: [64, 64],
    activation: 'tanh',
  },
  observationSize = 4,
): TrainingCase {
  const random = SeededRandom.fromSeed(seed);
  const layout = policyLayout(testSpec(actionSpace, observationSize), network);
  const parameters = initialiseParameters(layout, random, -0.3);
  const normals = (count: number, scale: number, shift = 0) =>
    Float32Array.from({ length: count }, () => shift + scale * random.normal());
  const observations = normals(size * layout.observationSize, 1);
  const {
    components,
    actions: width,
    outputs: outputWidth,
    masks: maskWidth,
    logStds,
  } = actionLayout(actionSpace);
  const actions = new Float32Array(size * width);
  const masks = new Uint8Array(size * maskWidth);
  for (let row = 0; row < size; row++) {
    components.forEach((component, i) => {
      if (component.kind === 'axis') {
        actions[row * width + i] = random.normal();
        return;
      }
      const { count, mask } = component;
      const chosen = random.below(count);
      actions[row * width + i] = chosen;
      if (mask === null) return;
      for (let k = 0; k < count; k++) {
        masks[row * maskWidth + mask + k] = k === chosen || random.uniform() < 0.75 ? 1 : 0;
      }
    });
  }
  // The head starts near 0, so the policy is nearly the one whose outputs are all 0.
  const logProbabilities = Float32Array.from({ length: size }, (_, row) => {
    const outputs = Array.from({ length: outputWidth }, () => 0);
    const logStd = Array.from({ length: logStds }, () => -0.3);
    const { logProbability } = referenceProbabilities(
      layout,
      outputs,
      logStd,
      Array.from(actions.subarray(row * width, (row + 1) * width)),
      Array.from(masks.subarray(row * maskWidth, (row + 1) * maskWidth)),
    );
    return logProbability + 0.25 * random.normal();
  });
  const zeros = () => new Float32Array(layout.parameterCount);
  return {
    layout,
    state: { parameters, adamMean: zeros(), adamVariance: zeros(), adamSteps: 0 },
    batch: {
      ...emptyLearned(spaceSizes(observationSize, actionSpace), size),
      size,
      observations,
      actions,
      masks,
      logProbabilities,
      values: normals(size, 1),
      estimates: { advantages: normals(size, 2, 0.7), returns: normals(size, 2, 1) },
      onVersion: Uint8Array.from({ length: size }, () => (random.uniform() < 0.5 ? 1 : 0)),
    },
  };
}

/** Every row of a batch, in order. */
export function allRows(size: number): Int32Array {
  return Int32Array.from({ length: size }, (_, row) => row);
}
