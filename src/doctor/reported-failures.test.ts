import { describe, expect, it } from 'vitest';
import type { RuleId } from '../contract';
import { diagnose } from './diagnose';
import { learnsNothing, type MadeUpRun, madeUpAxisSpec, madeUpRun } from './made-up-run';

// What people reported of agents that did not learn: the figures are theirs, as far as they gave any; what they did not
// give is as in a run that gains nothing.

interface Report {
  readonly where: string;
  readonly what: string;
  readonly finds: RuleId;
  readonly run: MadeUpRun;
}

const stuck = (values: Readonly<Record<string, number>>) => () => ({ ...learnsNothing, ...values });

const reports: readonly Report[] = [
  {
    where: 'DLR-RM/stable-baselines3#416',
    what: 'a mean of 134 in one observation, as the game gives it, and a variance of 10⁻¹¹ in another',
    finds: 'observationLarge',
    run: { values: stuck({ largestObservation: 240, stillObservationAt: 1 }) },
  },
  {
    where: 'DLR-RM/stable-baselines3#416',
    what: 'the other one, which never changes',
    finds: 'observationStill',
    run: { values: stuck({ largestObservation: 1, stillObservationAt: 1 }) },
  },
  {
    where: 'Unity-Technologies/ml-agents#5583',
    what: '1,000 metres beside 1 radian',
    finds: 'observationLarge',
    run: { values: stuck({ largestObservation: 1_000 }) },
  },
  {
    where: 'Unity-Technologies/ml-agents#101',
    what: 'rewards of 2 up to 70, and down to 0.2',
    finds: 'fell',
    run: {
      spread: 2,
      values: (share) => ({
        meanReturn: share < 0.5 ? 2 + 136 * share : Math.max(0.2, 70 - 280 * (share - 0.5)),
      }),
    },
  },
  {
    where: 'Unity-Technologies/ml-agents#1237',
    what: 'a learning rate of 10⁻³ that learns, and suddenly loses everything',
    finds: 'fell',
    run: {
      settings: { learningRate: 1e-3 },
      values: (share) => ({
        meanReturn: share < 0.6 ? 20 + 300 * share : 22,
        approximateKl: share < 0.6 ? 0.02 : 0.3,
      }),
    },
  },
  {
    where: 'Unity-Technologies/ml-agents#2007',
    what: 'reward and entropy are both at zero after a decent beginning',
    finds: 'entropyGone',
    run: { values: (share) => (share < 0.5 ? {} : { meanReturn: 0, entropy: 0 }) },
  },
  {
    where: 'Unity-Technologies/ml-agents#288',
    what: 'entropy goes up, and what was learned is gone',
    finds: 'entropyGrows',
    run: {
      spec: madeUpAxisSpec,
      values: (share) => ({ meanReturn: share < 0.1 ? 30 : 20, entropy: 1.4 + 3 * share }),
    },
  },
  {
    where: 'openai/baselines#371',
    what: 'entropy that grows over time, with an entropy coefficient of 0.01',
    finds: 'entropyGrows',
    run: {
      spec: madeUpAxisSpec,
      settings: { entropyCoefficient: 0.01 },
      values: (share) => ({ ...learnsNothing, entropy: 1.4 + 5 * share }),
    },
  },
  {
    where: 'openai/baselines#456',
    what: 'the approximate KL grows a lot while the clip fraction falls, and the policy is ruined',
    finds: 'klSpikes',
    run: {
      values: (share) => ({ ...learnsNothing, approximateKl: share ** 2, clipFraction: 0.3 - 0.25 * share }),
    },
  },
  {
    where: 'ray-project/ray#10159',
    what: 'explained variance that swings between 0 and −1',
    finds: 'valueBlind',
    run: { values: (_, update) => ({ ...learnsNothing, explainedVariance: -(update % 3) / 2 }) },
  },
  {
    where: 'Unity-Technologies/ml-agents#2200',
    what: 'several hundred thousand decisions without an episode that was completed, since none has a limit',
    finds: 'endless',
    run: { updates: 300, values: (share) => ({ ...learnsNothing, episodes: share < 0.2 ? 4 : 0 }) },
  },
  {
    where: 'keras-rl/keras-rl#83',
    what: 'a reward of zero in each episode, since none is ever come upon',
    finds: 'noReward',
    run: { values: () => ({ meanReturn: 0, largestReward: 0 }), spread: 0 },
  },
  {
    where: 'astooke/rlpyt#115',
    what: 'returns too large for the value function to come near',
    finds: 'rewardScale',
    run: { values: stuck({ returnSize: 5_000, explainedVariance: 0 }) },
  },
  {
    where: 'tensorforce/tensorforce#738',
    what: 'batches of 4, as few as here can be: 8',
    finds: 'minibatchSmall',
    run: { settings: { minibatchSize: 8 }, values: stuck({}) },
  },
];

describe('of what was reported', () => {
  it.each(reports)('$where: $what', ({ finds, run }) => {
    expect(diagnose(madeUpRun(run)).map(({ rule }) => rule)).toContain(finds);
  });

  it('there are ten at least, from six projects', () => {
    expect(new Set(reports.map(({ where }) => where)).size).toBeGreaterThanOrEqual(10);
    expect(new Set(reports.map(({ where }) => where.split('#')[0])).size).toBeGreaterThanOrEqual(6);
  });
});
