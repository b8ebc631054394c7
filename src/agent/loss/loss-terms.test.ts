import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../../random/seeded-random';
import { pad, unpad } from '../graph/padded-parameters';
import { compile } from '../graph/plan';
import { allocateAll } from '../graph/run-plan';
import { createFloat64Kernels } from '../kernels/plain/kernels';
import type { EstimatedBatch, StepSettings } from '../minibatch';
import { MinibatchGradient } from '../minibatch-gradient';
import { cleanrlStep, sb3Step } from '../testing/trainer-properties';
import { allRows, testSpaces, trainingCase } from '../testing/training-cases';
import type { LossMinibatch, LossTerm, LossTermKind, PolicyOutputs } from './loss-term';
import { ppoTerms } from './ppo-terms';

/** A term that somebody adds: a price on the KL from the policy that acted, ½ mean (log r)², whose slope is log r / B. */
const priceTerm: LossTermKind<'price'> = {
  statistics: ['price'],
  create(): LossTerm<'price'> {
    let minibatch: LossMinibatch;
    let sum = 0;
    const loss = () => sum / minibatch.indices.length;
    return {
      begin(next) {
        minibatch = next;
        sum = 0;
      },
      addBlock(first, rows, outputs, slopes) {
        const { batch, indices } = minibatch;
        for (let row = 0; row < rows; row++) {
          const old = batch.logProbabilities[indices[first + row]!]!;
          const logRatio = outputs.logProbabilities[row]! - old;
          sum += 0.5 * logRatio * logRatio;
          slopes.logProbabilities[row] = slopes.logProbabilities[row]! + logRatio / indices.length;
        }
      },
      loss,
      statistics: () => ({ price: loss() }),
    };
  },
};

const terms: readonly LossTermKind[] = [...ppoTerms, priceTerm];

const rows = 11;
const settingsOf = fc.record({
  seed: fc.integer(),
  settings: fc.constantFrom<StepSettings>(
    { ...cleanrlStep, valueCoefficient: 0.7, entropyCoefficient: 0.3 },
    { ...sb3Step, entropyCoefficient: -0.2, clipRange: 0.05 },
  ),
});

/** A minibatch, and any numbers that a policy might say of its rows. */
function drawn(seed: number, settings: StepSettings) {
  const { batch } = trainingCase(testSpaces['discrete']!, rows, seed);
  const random = SeededRandom.fromSeed(seed);
  const near = (numbers: ArrayLike<number>, spread: number) =>
    Float64Array.from(numbers, (number) => number + spread * random.normal());
  const outputs: PolicyOutputs = {
    logProbabilities: near(batch.logProbabilities, 0.3),
    entropies: near(new Float64Array(rows), 1),
    values: near(batch.values, 0.5),
  };
  return { minibatch: { batch, indices: allRows(rows), settings }, outputs };
}

/** A minibatch's loss by one term, and its slopes; in two blocks, since terms must add up. */
function runTerm(kind: LossTermKind, minibatch: LossMinibatch, outputs: PolicyOutputs) {
  const term = kind.create();
  const slopes: Record<keyof PolicyOutputs, Float64Array[]> = {
    logProbabilities: [],
    entropies: [],
    values: [],
  };
  term.begin(minibatch);
  for (const [first, end] of [
    [0, 4],
    [4, rows],
  ] as const) {
    const part = (of: (name: keyof PolicyOutputs) => Float64Array): PolicyOutputs => ({
      logProbabilities: of('logProbabilities'),
      entropies: of('entropies'),
      values: of('values'),
    });
    const blockSlopes = part(() => new Float64Array(end - first));
    term.addBlock(
      first,
      end - first,
      part((name) => outputs[name].slice(first, end)),
      blockSlopes,
    );
    for (const name of outputNames) slopes[name].push(blockSlopes[name]);
  }
  return { loss: term.loss(), slopes, statistics: term.statistics() };
}

const outputNames = ['logProbabilities', 'entropies', 'values'] as const;

describe.each(terms.map((kind) => [kind.statistics[0]!, kind] as const))('the term of %s', (_, kind) => {
  it('has the slopes of small differences, and reports what it says', () => {
    fc.assert(
      fc.property(settingsOf, ({ seed, settings }) => {
        const { minibatch, outputs } = drawn(seed, settings);
        const { slopes, statistics } = runTerm(kind, minibatch, outputs);
        expect(Object.keys(statistics)).toEqual([...kind.statistics]);
        for (const name of outputNames) {
          const exact = slopes[name].flatMap((part) => [...part]);
          exact.forEach((slope, row) => {
            const h = 1e-6;
            const lossAt = (shift: number) => {
              const moved = outputs[name].map((number, i) => (i === row ? number + shift : number));
              return runTerm(kind, minibatch, { ...outputs, [name]: moved }).loss;
            };
            expect(slope).toBeCloseTo((lossAt(h) - lossAt(-h)) / (2 * h), 7);
          });
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe.each(Object.keys(testSpaces))('the gradient of all terms together: %s', (spaceName) => {
  it('is that of small differences of the whole loss, in float64', () => {
    const given = trainingCase(testSpaces[spaceName]!, 70, 9, { hiddenSizes: [6, 5], activation: 'tanh' });
    const { layout, state, batch } = given;
    const plan = compile(layout.graph);
    const { kernels, arrays } = createFloat64Kernels((allocate) => allocateAll(allocate, plan));
    const gradient = new MinibatchGradient(plan, kernels, [arrays], layout.actionSpace, terms);
    const direction = randomDirection(state.parameters.length);
    function lossAt(shift: number): number {
      // In float64: parameters are moved by less than float32 can tell.
      pad(plan.parameters, state.parameters, arrays.parameters);
      const move = new Float64Array(plan.parameters.size);
      pad(plan.parameters, direction, move);
      arrays.parameters.forEach((parameter, i) => {
        arrays.parameters[i] = parameter + shift * move[i]!;
      });
      takeAll(gradient, batch, plan.rows);
      return gradient.lossOfMinibatch();
    }
    const h = 1e-5;
    const rise = (lossAt(h) - lossAt(-h)) / (2 * h);
    lossAt(0);
    const slopes = unpad(plan.parameters, arrays.gradient);
    const slope = slopes.reduce((sum, each, i) => sum + each * direction[i]!, 0);
    expect(Math.abs(slope)).toBeGreaterThan(1e-3);
    expect(slope / rise).toBeCloseTo(1, 5);
  });
});

function takeAll(gradient: MinibatchGradient<Float64Array>, batch: EstimatedBatch, blockRows: number): void {
  gradient.begin({ batch, indices: allRows(batch.size), settings: cleanrlStep });
  for (let first = 0; first < batch.size; first += blockRows) gradient.addBlock(first);
  expect(gradient.end()).toHaveProperty('price');
}

function randomDirection(count: number): Float32Array {
  const random = SeededRandom.fromSeed(3);
  return Float32Array.from({ length: count }, () => random.normal());
}
