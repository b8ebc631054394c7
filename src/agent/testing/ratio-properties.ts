import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type ActingBackend, type ActionSpace, policyOutputSize } from '../../contract';
import { SeededRandom } from '../../random/seeded-random';
import { createDistribution } from '../distributions';
import { type CreateTrainer, takeStep } from '../minibatch-trainer';
import { logStdBounds } from '../policy';
import { checkedRatioDeviation } from '../ratio-check';
import { createSnapshot } from '../snapshot';
import { cleanrlStep } from './trainer-properties';
import { allRows, testSpaces, trainingCase } from './training-cases';

const rows = 24;
const spaces = ['discrete', 'masked multi-discrete', 'continuous'].map((name) => testSpaces[name]!);

interface Given {
  readonly space: ActionSpace;
  readonly acting: ActingBackend;
  readonly activation: 'tanh' | 'relu' | 'swish';
  readonly seed: number;
  /** By which the policy head's weights are larger than at first. */
  readonly head: number;
  /** The size of observations. */
  readonly seen: number;
  readonly logStd: number;
}

/** Policies from those that know nothing to those whose means are 100,000 deviations from 0. */
const anyPolicy: fc.Arbitrary<Given> = fc
  .record({
    space: fc.constantFrom(...spaces),
    acting: fc.constantFrom<ActingBackend[]>('cpu', 'wasm'),
    activation: fc.constantFrom<('tanh' | 'relu' | 'swish')[]>('tanh', 'relu', 'swish'),
    seed: fc.nat({ max: 1e6 }),
    headPower: fc.double({ min: 0, max: 5, noNaN: true }),
    seenPower: fc.double({ min: 0, max: 2, noNaN: true }),
    logStd: fc.double({ min: logStdBounds.low, max: logStdBounds.high, noNaN: true }),
  })
  .map(({ headPower, seenPower, ...given }) => ({ ...given, head: 10 ** headPower, seen: 10 ** seenPower }));

/** What a policy drew on made-up observations, as a batch to learn from; and the policy. */
function acted({ space, acting, activation, seed, head, seen, logStd }: Given) {
  const { layout, state, batch } = trainingCase(space, rows, seed, { hiddenSizes: [16, 12], activation });
  const parameters = state.parameters.slice();
  for (const { name, offset, size } of layout.blocks) {
    if (name === 'actor.head.kernel') {
      for (let i = offset; i < offset + size; i++) parameters[i] = parameters[i]! * head;
    }
    if (name === 'actor.logStd') parameters.fill(logStd, offset, offset + size);
  }
  const observations = batch.observations.map((value) => seen * value);
  const snapshot = createSnapshot(layout, { version: 0, parameters }, acting);
  const distribution = createDistribution(space);
  const random = SeededRandom.fromSeed(seed);
  const outputs = new Float32Array(rows * policyOutputSize(space));
  snapshot.forward(observations, rows, outputs, new Float32Array(rows));
  const actions = new Float32Array(batch.actions.length);
  const logProbabilities = new Float32Array(rows).map((_, row) =>
    distribution.sample(outputs, row, snapshot.logStd, batch.masks, random, actions),
  );
  const onVersion = new Uint8Array(rows).fill(1);
  return {
    layout,
    state: { ...state, parameters },
    batch: { ...batch, observations, actions, logProbabilities, onVersion },
  };
}

/** What must hold of the check that the policy that is trained is the one that acted, with any trainer. */
export function describeRatioCheck(createTrainer: CreateTrainer): void {
  const deviationOf = async ({ layout, state, batch }: ReturnType<typeof acted>) => {
    const trainer = createTrainer(layout, state);
    trainer.begin({ batch, minibatches: [allRows(rows)], settings: cleanrlStep });
    takeStep(trainer);
    const { statistics } = await trainer.finish();
    trainer.dispose();
    return statistics[0]!.ratioDeviation;
  };
  const check = async (given: ReturnType<typeof acted>) =>
    checkedRatioDeviation(
      await deviationOf(given),
      given.layout,
      given.state.parameters,
      given.batch,
      allRows(rows),
    );

  it('takes no policy that acted for another one, however far its means are from its deviation', async () => {
    await fc.assert(
      fc.asyncProperty(anyPolicy, async (given) => {
        expect(await check(acted(given))).not.toBeNull();
      }),
      { numRuns: 150 },
    );
    let roughest = 0;
    for (let seed = 0; seed < 20; seed++) {
      const acting = seed % 2 === 0 ? 'cpu' : 'wasm';
      const extreme = { acting, activation: 'tanh', seed, head: 1e5, seen: 100, logStd: -5 } as const;
      roughest = Math.max(roughest, (await check(acted({ ...extreme, space: testSpaces['continuous']! })))!);
    }
    // It says something: an absolute bound of 1e-3 would have refused some.
    expect(roughest).toBeGreaterThan(1e-3);
  });

  it('tells another policy from the one that acted, by a hundredth of a nat', async () => {
    await fc.assert(
      fc.asyncProperty(anyPolicy, fc.nat({ max: rows - 1 }), async (policy, row) => {
        const given = acted({ ...policy, head: Math.min(policy.head, 30), seen: 1 });
        given.batch.logProbabilities[row] = given.batch.logProbabilities[row]! + 0.01;
        await expect(check(given)).rejects.toMatchObject({ code: 'inconsistent-update' });
      }),
      { numRuns: 50 },
    );
  });
}
