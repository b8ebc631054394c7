import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../random/seeded-random';
import { createPlainTrainer, partRows } from './analytic-trainer';
import { policyLayout } from './policy';
import { cleanrlStep } from './testing/trainer-properties';
import { testSpaces, testSpec, trainingCase } from './testing/training-cases';
import { DrawnMinibatches, ppoUpdate } from './update';

const plans = fc.record({
  batchSize: fc.nat({ max: 60 }),
  minibatchSize: fc.integer({ min: 1, max: 20 }),
  epochs: fc.integer({ min: 1, max: 5 }),
  seed: fc.nat(),
});

describe('the minibatches of an update', () => {
  it('hold each step once an epoch at most, and leave less than a minibatch out', () => {
    fc.assert(
      fc.property(plans, ({ batchSize, seed, ...plan }) => {
        const drawn = new DrawnMinibatches(batchSize, plan, SeededRandom.fromSeed(seed));
        const perEpoch = Math.floor(batchSize / plan.minibatchSize);
        expect(drawn.length).toBe(plan.epochs * perEpoch);
        for (let epoch = 0; epoch < plan.epochs; epoch++) {
          const rows = Array.from({ length: perEpoch }, (_, i) => [...drawn.at(epoch * perEpoch + i)!]);
          expect(rows.every(({ length }) => length === plan.minibatchSize)).toBe(true);
          expect(new Set(rows.flat()).size).toBe(perEpoch * plan.minibatchSize);
          expect(rows.flat().every((row) => row >= 0 && row < batchSize)).toBe(true);
        }
        expect(drawn.at(drawn.length)).toBeUndefined();
      }),
    );
  });

  it('are drawn an epoch at a time, and move the generator on alike however many are asked for', () => {
    fc.assert(
      fc.property(plans, fc.nat({ max: 300 }), ({ batchSize, seed, ...plan }, asked) => {
        const randoms = [SeededRandom.fromSeed(seed), SeededRandom.fromSeed(seed)] as const;
        const all = new DrawnMinibatches(batchSize, plan, randoms[0]);
        const some = new DrawnMinibatches(batchSize, plan, randoms[1]);
        for (let i = 0; i < all.length; i++) {
          const rows = all.at(i);
          expect(i < asked ? some.at(i) : rows).toEqual(rows);
        }
        all.drawAll();
        some.drawAll();
        expect(randoms[1].state()).toEqual(randoms[0].state());
      }),
    );
  });

  it('take no more memory the more of them there are', () => {
    // 3.3 million of them.
    const plan = { epochs: 50, minibatchSize: 8 };
    const drawn = new DrawnMinibatches(8192 * 64, plan, SeededRandom.fromSeed(1));
    expect(drawn.length).toBe(3_276_800);
    const [first, second] = [drawn.at(0)!, drawn.at(1)!];
    expect(second.buffer).toBe(first.buffer);
    drawn.at(65_536);
    expect(() => drawn.at(0)).toThrow('gone');
  });
});

describe('an update', () => {
  it('lets others in between the parts of a minibatch that takes long, and comes to the same', async () => {
    const network = { hiddenSizes: [256, 256], activation: 'tanh' } as const;
    const given = trainingCase(testSpaces['discrete']!, 600, 3, network);
    const atOnce = partRows(given.layout);
    expect(atOnce).toBeLessThan(300);
    const plan = { ...cleanrlStep, epochs: 1, minibatchSize: 300, targetKl: 0 };
    const run = async (breathe: () => Promise<void>) => {
      const trainer = createPlainTrainer(given.layout, given.state);
      const { parameters } = await ppoUpdate(trainer, given.batch, plan, SeededRandom.fromSeed(2), breathe);
      return parameters;
    };
    let breaths = 0;
    const parts = await run(async () => {
      breaths += 1;
      await Promise.resolve();
    });
    expect(breaths).toBe(2 * Math.ceil(300 / atOnce));
    expect(parts).toEqual(await run(async () => {}));
  });

  it('never works on a part longer than a block of rows of the largest net that can be set', () => {
    const largest = policyLayout(testSpec(testSpaces['discrete']!), {
      hiddenSizes: [512, 512, 512],
      activation: 'tanh',
    });
    expect(partRows(largest)).toBe(64);
    // What is common is still one part.
    const common = policyLayout(testSpec(testSpaces['discrete']!), {
      hiddenSizes: [64, 64],
      activation: 'tanh',
    });
    expect(partRows(common)).toBeGreaterThanOrEqual(256);
  });
});
