import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeTrainingState } from '../src/agent/checkpoint';
import { decodePolicy } from '../src/agent/policy-file';

/**
 * Files that visitors hold, written by the version that is named in them. Never write them anew: what they are here for
 * is that every later version still reads them.
 */
const file = (name: string) =>
  new Uint8Array(readFileSync(new URL(`fixtures/${name}.safetensors`, import.meta.url)));

/** FNV-1a over bytes (Fowler, Noll and Vo), 32 bits. */
function hash(numbers: Float32Array<ArrayBuffer>): number {
  let state = 0x811c9dc5;
  for (const byte of new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength)) {
    state = Math.imul(state ^ byte, 0x01000193) >>> 0;
  }
  return state;
}

describe('a run of format version 1 is read as it was', () => {
  it('where agents meet', () => {
    const state = decodeTrainingState(file('run-v1'));
    expect([state.version, state.updates, state.decisions, state.adamSteps]).toEqual([5, 5, 3290, 200]);
    expect(state.hyperparameters).toMatchObject({ hiddenSizes: [4], pastWindow: 3, pastInterval: 1 });
    expect([state.parameters, state.adamMean, state.adamVariance].map(hash)).toEqual([
      3160883872, 707864556, 2055153400,
    ]);
    expect(state.past.map(({ version, parameters }) => [version, hash(parameters)])).toEqual([
      [3, 3116699036],
      [4, 322409627],
      [5, 3160883872],
    ]);
    expect(state.past[0]?.observations?.count).toBe(2000.0001);
    expect(state.normalisation.rewards).toMatchObject({ count: 3290.0001, mean: [-0.012127590067508765] });
    expect(state.recentEpisodes).toHaveLength(20);
    expect(state.curve).toHaveLength(5);
    expect(state.outcomes['bot-pebble']).toEqual([-1, 1, 1, 1, -1, -1, -1, 1, -1, -1]);
  });

  it('of continuous actions', () => {
    const state = decodeTrainingState(file('swing-run-v1'));
    expect(hash(state.parameters)).toBe(604278);
    expect(state.hyperparameters).toMatchObject({ learningRateAnnealing: true, annealingDecisions: 3000 });
    expect(state.decisions).toBe(1536);
    // Annealing had always been counted from the run's start.
    expect(state.annealedFrom).toBe(0);
    // No change of weights was known of.
    expect(state.rewardsSince.version).toBe(0);
    expect(state.rewardsSince.weights).toHaveLength(state.spec.rewardTerms.length);
  });
});

it('a policy of format version 1 is read as it was', () => {
  const policy = decodePolicy(file('policy-v1'));
  expect(policy).toMatchObject({ name: 'Small', version: 5, hiddenSizes: [4], note: 'npm run train' });
  expect(hash(policy.parameters)).toBe(hash(decodeTrainingState(file('run-v1')).parameters));
});
