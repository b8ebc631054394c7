import { expect, it } from 'vitest';
import { type ActionSpace, actionLayout, type ContinuousSpace, type DiscreteSpace } from '../../contract';
import { SeededRandom } from '../../random/seeded-random';
import type { StepSettings } from '../minibatch';
import {
  type CreateTrainer,
  type StatisticsRow,
  statisticNames,
  type TrainerState,
  takeStep,
} from '../minibatch-trainer';
import type { PolicyLayout } from '../policy';
import { referenceMinibatch } from './reference-minibatch';
import { cleanrlStep } from './trainer-properties';
import { type TrainingCase, trainingCase } from './training-cases';

/**
 * Trainers held to the float64 reference over nets, action spaces, settings and minibatches of many shapes: sizes that
 * fill no block, layers of one unit and of 512, minibatches of one step.
 */

/** A gradient may differ from float64 by this share of the largest one in its block of parameters. */
const gradientTolerance = 1e-4;
/** Losses and the global norm may differ from float64 by this share of their size (or of 1, where they are smaller). */
const statisticTolerance = 1e-4;
/** No parameter may be further than this from float64 after 100 minibatches at a learning rate of 2.5e-4. */
const driftTolerance = 1e-4;

interface Shape {
  readonly hiddenSizes: readonly number[];
  readonly activation: 'tanh' | 'relu' | 'swish';
  readonly observationSize: number;
  readonly space: ActionSpace;
  /** Steps of the batch, and of those in the minibatch. */
  readonly batchSize: number;
  readonly minibatchSize: number;
  readonly settings: StepSettings;
}

/** Shapes in which something is at its smallest, its largest, or just past a multiple of four. */
const chosenShapes: readonly (readonly [string, Partial<Shape>])[] = [
  ['one unit', { hiddenSizes: [1] }],
  ['one unit in the middle', { hiddenSizes: [5, 1, 7] }],
  ['512 units', { hiddenSizes: [512], batchSize: 24, minibatchSize: 9 }],
  ['512, then 3', { hiddenSizes: [512, 3], activation: 'relu' }],
  ['swish', { hiddenSizes: [13, 6], activation: 'swish' }],
  ['3, then 512, then 2', { hiddenSizes: [3, 512, 2] }],
  ['512 and 512', { hiddenSizes: [512, 512], batchSize: 3, minibatchSize: 3 }],
  ['one observation', { observationSize: 1 }],
  ['a multiple of four everywhere', { observationSize: 8, hiddenSizes: [16, 32], minibatchSize: 32 }],
  [
    'one past a multiple of four everywhere',
    { observationSize: 9, hiddenSizes: [17, 33], minibatchSize: 33 },
  ],
  ['a minibatch of one step', { minibatchSize: 1 }],
  ['a minibatch of two steps', { minibatchSize: 2 }],
  ['a minibatch of 1,500 steps', { hiddenSizes: [6, 6], batchSize: 2_000, minibatchSize: 1_500 }],
  ['23 choices', { space: discrete(23, false) }],
  ['23 choices, some forbidden', { space: discrete(23, true) }],
  ['choices of 5, 1, 4 and 3', { space: multiDiscrete([5, 1, 4, 3], false) }],
  ['choices of 5, 1, 4 and 3, some forbidden', { space: multiDiscrete([5, 1, 4, 3], true) }],
  ['7 continuous actions', { space: continuous(7) }],
  ['a part of 23 choices, some forbidden, between 7 and 2 axes', { space: wideProduct() }],
];

const randomShapeCount = 40;

function discrete(count: number, masked: boolean): DiscreteSpace {
  return { kind: 'discrete', count, labels: labels(count), masked };
}

function multiDiscrete(counts: readonly number[], masked: boolean): ActionSpace {
  return { kind: 'multiDiscrete', counts, labels: counts.map(labels), masked };
}

function continuous(size: number): ContinuousSpace {
  const each = (value: number) => Array.from({ length: size }, () => value);
  return { kind: 'continuous', size, names: labels(size), low: each(-1), high: each(1) };
}

function product(parts: readonly (DiscreteSpace | ContinuousSpace)[]): ActionSpace {
  return { kind: 'product', parts: parts.map((part, i) => ({ name: String(i), ...part })) };
}

function wideProduct(): ActionSpace {
  return product([continuous(7), discrete(23, true), continuous(2)]);
}

function labels(count: number): string[] {
  return Array.from({ length: count }, (_, i) => String(i));
}

function randomSpace(random: SeededRandom): ActionSpace {
  const masked = random.uniform() < 0.5;
  switch (random.below(4)) {
    case 0:
      return discrete(2 + random.below(9), masked);
    case 1:
      return multiDiscrete(
        Array.from({ length: 1 + random.below(4) }, () => 1 + random.below(6)),
        masked,
      );
    case 2:
      return continuous(1 + random.below(6));
    default:
      return product(
        Array.from({ length: 1 + random.below(4) }, () =>
          random.uniform() < 0.5
            ? discrete(2 + random.below(5), random.uniform() < 0.5)
            : continuous(1 + random.below(3)),
        ),
      );
  }
}

function randomShape(random: SeededRandom): Shape {
  const chance = (probability: number) => random.uniform() < probability;
  // Small sizes as often as large ones; the reference is too slow for many large layers at once.
  const layers = 1 + random.below(3);
  const largest = layers === 1 ? 200 : 60;
  const width = () => Math.max(1, Math.round(largest ** random.uniform()));
  const batchSize = Math.round(300 ** random.uniform());
  return {
    hiddenSizes: Array.from({ length: layers }, width),
    activation: chance(0.5) ? 'tanh' : 'relu',
    observationSize: 1 + random.below(12),
    space: randomSpace(random),
    batchSize,
    minibatchSize: 1 + random.below(batchSize),
    settings: {
      ...cleanrlStep,
      clipRange: 0.05 + 0.3 * random.uniform(),
      valueClip: chance(0.5),
      valueClipRange: 0.1 + random.uniform(),
      valueLoss: chance(0.5) ? 'meanSquared' : 'halfMeanSquared',
      valueCoefficient: 2 * random.uniform(),
      entropyCoefficient: chance(0.3) ? 0 : 0.1 * random.uniform(),
    },
  };
}

function describeShape({ hiddenSizes, activation, observationSize, space, minibatchSize }: Shape): string {
  const actions = actionLayout(space)
    .components.map((each) =>
      each.kind === 'axis' ? 'axis' : `${each.count}${each.mask === null ? '' : ' masked'}`,
    )
    .join('×');
  return `${observationSize}-${hiddenSizes.join('-')} ${activation}, ${actions}, ${minibatchSize} steps`;
}

/** A case whose biases are not 0 and whose policy is far from uniform, so that no term of the gradient hides. */
function caseOf(shape: Shape, seed: number): TrainingCase {
  const { space, batchSize, hiddenSizes, activation, observationSize } = shape;
  const network = { hiddenSizes, activation };
  const given = trainingCase(space, batchSize, seed, network, observationSize);
  const random = SeededRandom.fromSeed(seed + 1);
  const parameters = given.state.parameters.slice();
  for (const { name, offset, size, shape: block } of given.layout.blocks) {
    const scale =
      name === 'actor.head.kernel' ? 0.5 / Math.sqrt(block[0]!) : name.endsWith('.bias') ? 0.2 : 0;
    for (let i = offset; i < offset + size; i++) parameters[i] = parameters[i]! + scale * random.normal();
  }
  return { ...given, state: { ...given.state, parameters } };
}

function someRows(batchSize: number, count: number, seed: number): Int32Array {
  const order = Int32Array.from({ length: batchSize }, (_, row) => row);
  SeededRandom.fromSeed(seed).shuffle(order);
  return order.slice(0, count);
}

/** @returns what differs and by how much; empty where nothing does. */
async function gradientDifferences(createTrainer: CreateTrainer, shape: Shape, seed: number) {
  const { layout, state, batch } = caseOf(shape, seed);
  const rows = someRows(shape.batchSize, shape.minibatchSize, seed);
  // Unclipped, and from moments of 0, the new mean is a tenth of the gradient.
  const settings = { ...shape.settings, maxGradientNorm: 1e9 };
  const trainer = createTrainer(layout, state);
  trainer.begin({ batch, minibatches: [rows], settings });
  takeStep(trainer);
  const result = await trainer.finish();
  trainer.dispose();
  const reference = referenceMinibatch(layout, state, batch, rows, settings);
  return [
    ...statisticDifferences(result.statistics[0]!, reference.statistics),
    ...blockDifferences(
      layout,
      result.adamMean.map((mean) => 10 * mean),
      reference.gradient,
    ),
  ];
}

function statisticDifferences(actual: StatisticsRow, expected: StatisticsRow): string[] {
  return statisticNames.flatMap((name) => {
    const error = Math.abs(actual[name] - expected[name]) / Math.max(1, Math.abs(expected[name]));
    return error <= statisticTolerance ? [] : [`${name} by ${error}`];
  });
}

function blockDifferences(layout: PolicyLayout, actual: Float32Array, expected: Float64Array): string[] {
  return layout.blocks.flatMap(({ name, offset, size }) => {
    let largest = 1e-6;
    let error = 0;
    for (let i = offset; i < offset + size; i++) {
      largest = Math.max(largest, Math.abs(expected[i]!));
      // NaN must not pass for the smaller of two.
      error = Math.max(error, Math.abs(actual[i]! - expected[i]!) || (Number.isFinite(actual[i]!) ? 0 : 1));
    }
    return error <= gradientTolerance * largest ? [] : [`${name} by ${error / largest} of its largest`];
  });
}

/** Tests that a trainer computes the reference's gradients for nets and minibatches of any shape. */
export function describeRandomShapes(createTrainer: CreateTrainer): void {
  for (const [name, chosen] of chosenShapes) {
    it(`has the reference's gradient: ${name}`, async () => {
      const shape: Shape = {
        hiddenSizes: [13, 10],
        activation: 'tanh',
        observationSize: 5,
        space: discrete(3, false),
        batchSize: 50,
        minibatchSize: 37,
        settings: cleanrlStep,
        ...chosen,
      };
      expect(await gradientDifferences(createTrainer, shape, 17)).toEqual([]);
    });
  }

  it(`has the reference's gradient in ${randomShapeCount} random shapes`, async () => {
    const random = SeededRandom.fromSeed(20);
    const wrong: string[] = [];
    for (let i = 0; i < randomShapeCount; i++) {
      const shape = randomShape(random);
      const found = await gradientDifferences(createTrainer, shape, 100 + i);
      if (found.length > 0) wrong.push(`${describeShape(shape)}: ${found.join(', ')}`);
    }
    expect(wrong).toEqual([]);
  });

  it('takes minibatches of different sizes in one update, a short last one too', async () => {
    const { layout, state, batch } = trainingCase(discrete(3, false), 40, 8, {
      hiddenSizes: [9, 6],
      activation: 'tanh',
    });
    const minibatches = [40, 7, 1, 16, 3].map((count, i) => someRows(40, count, i));
    const trainer = createTrainer(layout, state);
    trainer.begin({ batch, minibatches, settings: cleanrlStep });
    for (const _ of minibatches) takeStep(trainer);
    const result = await trainer.finish();
    trainer.dispose();
    let expected: TrainerState = state;
    minibatches.forEach((rows, i) => {
      const reference = referenceMinibatch(layout, expected, batch, rows, cleanrlStep);
      expect(statisticDifferences(result.statistics[i]!, reference.statistics)).toEqual([]);
      expected = nextState(expected, reference);
    });
    expect(result.adamSteps).toBe(5);
    expect(largestDifference(result.parameters, expected.parameters)).toBeLessThan(5e-7);
  });

  it('is near the reference after 100 minibatches, over several updates', async () => {
    const { layout, state, batch } = trainingCase(discrete(4, true), 128, 9, {
      hiddenSizes: [32, 32],
      activation: 'tanh',
    });
    let expected: TrainerState = state;
    const trainer = createTrainer(layout, state);
    let parameters = state.parameters;
    for (let update = 0; update < 4; update++) {
      const minibatches = Array.from({ length: 25 }, (_, i) => someRows(128, 32, 1000 * update + i));
      trainer.begin({ batch, minibatches, settings: cleanrlStep });
      for (const _ of minibatches) takeStep(trainer);
      ({ parameters } = await trainer.finish());
      for (const rows of minibatches) {
        expected = nextState(expected, referenceMinibatch(layout, expected, batch, rows, cleanrlStep));
      }
    }
    trainer.dispose();
    expect(largestDifference(parameters, expected.parameters)).toBeLessThan(driftTolerance);
    // The bound means something: the steps went a hundred times as far.
    expect(largestDifference(parameters, state.parameters)).toBeGreaterThan(100 * driftTolerance);
  });
}

function nextState(state: TrainerState, reference: ReturnType<typeof referenceMinibatch>): TrainerState {
  // Float64 all the way: the reference reads any array of numbers.
  const { parameters, adamMean, adamVariance } = reference;
  return { parameters, adamMean, adamVariance, adamSteps: state.adamSteps + 1 } as unknown as TrainerState;
}

function largestDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < expected.length; i++) {
    largest = Math.max(largest, Math.abs(actual[i]! - expected[i]!) || (Number.isFinite(actual[i]!) ? 0 : 1));
  }
  return largest;
}
