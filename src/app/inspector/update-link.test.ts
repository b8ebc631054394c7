import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CapturedUpdate } from '../../contract';
import { anyRollout } from '../../inspector/testing/made-up-rollout';
import { mostUpdateCharacters, updateFromLink, updateToLink } from './update-link';

const anyFloat = fc.float({ noNaN: false });

/** An update of any agents, of which any is looked at. */
const anyUpdate: fc.Arbitrary<CapturedUpdate> = anyRollout.chain((rollout) => {
  const { steps, agents } = rollout.shape;
  const floats = (length: number) =>
    fc.array(anyFloat, { minLength: length, maxLength: length }).map((numbers) => Float32Array.from(numbers));
  return fc.record({
    ...(Object.fromEntries(
      Object.entries(rollout).map(([name, column]) => [name, fc.constant(column)]),
    ) as unknown as { [Name in keyof typeof rollout]: fc.Arbitrary<(typeof rollout)[Name]> }),
    version: fc.nat(),
    settings: fc.constant({
      discount: 0.99,
      gaeLambda: 0.95,
      bootstrapTruncated: true,
      clipRange: 0.2,
      minibatchSize: 64,
      decisionIntervalTicks: 2,
    }),
    advantages: floats(steps * agents),
    returns: floats(steps * agents),
    agent: fc.nat(agents - 1),
    observations: floats(steps),
    actions: floats(steps),
    logProbabilities: floats(steps),
    newLogProbabilities: floats(steps),
    ratios: floats(steps),
    normalised: floats(steps),
    firstDecision: fc.constant(null),
    states: fc.constantFrom(new Float64Array(0), Float64Array.from({ length: 2 * steps }, Math.fround)),
  });
});

describe('an update in a link', () => {
  it('comes back as it was, to the last bit of what the update used', () => {
    fc.assert(
      fc.property(anyUpdate, (update) => {
        const read = updateFromLink(updateToLink(update)!);
        const { steps, agents } = update.shape;
        const own = <Numbers extends Float32Array | Uint8Array>(numbers: Numbers) =>
          numbers.filter((_, cell) => cell % agents === update.agent);
        const cells = [
          'rewards',
          'values',
          'finalValues',
          'advantages',
          'returns',
          'terminated',
          'truncated',
          'valid',
        ] as const;
        for (const name of cells) expect(read[name]).toEqual(own(update[name]));
        for (const name of ['actions', 'ratios', 'normalised'] as const) {
          expect(read[name]).toEqual(update[name]);
        }
        expect(read.states).toEqual(update.states);
        const isDrawn = update.states.length > 0;
        expect(read.observations).toEqual(isDrawn ? new Float32Array(steps) : update.observations);
        expect(read.shape).toEqual({ ...update.shape, steps, agents: 1 });
        expect([read.version, read.settings]).toEqual([update.version, update.settings]);
      }),
      { numRuns: 50 },
    );
  });

  it('is refused with a sentence once anything is missing of it', () => {
    const [update] = fc.sample(anyUpdate, { numRuns: 1, seed: 7 });
    const text = updateToLink(update!)!;
    const broken = ['', 'AAAA', '%', text.slice(0, -8), text.slice(8), 'A'.repeat(mostUpdateCharacters + 1)];
    for (const each of broken) {
      expect(() => updateFromLink(each)).toThrow(/The update in this link cannot be read/);
    }
  });

  it('is left out where it is too long', () => {
    const steps = 4_096;
    const [small] = fc.sample(anyUpdate, { numRuns: 1, seed: 7 });
    const noise = (length: number) => Float32Array.from({ length }, (_, index) => Math.sqrt(index + 2) % 1);
    const flags = new Uint8Array(steps);
    const update: CapturedUpdate = {
      ...small!,
      shape: { ...small!.shape, steps, agents: 1 },
      agent: 0,
      rewards: noise(steps),
      values: noise(steps + 1),
      finalValues: noise(steps),
      advantages: noise(steps),
      returns: noise(steps),
      terminated: flags,
      truncated: flags,
      valid: flags,
      actions: noise(steps),
      ratios: noise(steps),
      normalised: noise(steps),
      observations: noise(steps),
      states: new Float64Array(0),
    };
    expect(updateToLink(update)).toBeNull();
  });
});
