import { expect, it } from 'vitest';
import type { ActionSpace } from '../contract';
import { rolloutSigns, type SeenRollout } from './rollout-signs';

const twoChoices: ActionSpace = { kind: 'multiDiscrete', counts: [2, 3], labels: [] };

/** Four steps that see two numbers each. */
const seen: SeenRollout = {
  batch: {
    size: 4,
    observations: Float32Array.of(1, 7, -9, 7, 0, 7, 2, 7),
    actions: Float32Array.of(0, 2, 1, 0, 0, 0, 1, 2),
    masks: new Uint8Array(0),
  },
  estimates: {
    // Mean 0, second moment 2/4, fourth 2/4: the kurtosis is (2/4) / (2/4)² = 2.
    advantages: Float32Array.of(1, -1, 0, 0),
    // Root of (9 + 16) / 4.
    returns: Float32Array.of(3, -4, 0, 0),
  },
  rollouts: [{ rewards: Float32Array.of(1, -2, 50, 0), valid: Uint8Array.of(1, 1, 0, 1) }],
  actionSpace: twoChoices,
  episodes: 2,
};

it('a rollout tells what it showed, by hand', () => {
  expect(rolloutSigns(seen)).toEqual({
    episodes: 2,
    largestObservation: 9,
    largestObservationAt: 0,
    stillObservationAt: 1,
    // What a person earned is not the learner's.
    largestReward: 2,
    returnSize: 2.5,
    advantageKurtosis: 2,
    // The second choice's middle one, counted after the first choice's two.
    rarestChoice: 0,
    rarestChoiceAt: 3,
  });
});

it('says nothing of choices where there are none, or where some are forbidden', () => {
  const axis: ActionSpace = { kind: 'continuous', size: 2, names: ['x', 'y'], low: [-1, -1], high: [1, 1] };
  expect(rolloutSigns({ ...seen, actionSpace: axis }).rarestChoice).toBeNull();
  const masked = { ...seen, batch: { ...seen.batch, masks: new Uint8Array(20) } };
  expect(rolloutSigns(masked).rarestChoice).toBeNull();
});

it('has no kurtosis where all advantages are alike', () => {
  const alike = { ...seen.estimates, advantages: new Float32Array(4) };
  expect(rolloutSigns({ ...seen, estimates: alike }).advantageKurtosis).toBeNull();
});
