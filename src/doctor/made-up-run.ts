import {
  type EnvironmentSpec,
  type Hyperparameters,
  type MetricPoint,
  sb3Hyperparameters,
} from '../contract';
import type { RunToJudge } from './course';

/** A game of one button and two numbers, for tests. */
export const madeUpSpec: EnvironmentSpec = {
  game: 'made-up',
  observationSpace: { size: 2, names: ['height', 'speed'], low: [-1, -1], high: [1, 1] },
  actionSpace: { kind: 'discrete', count: 2, labels: ['wait', 'jump'] },
  rewardTerms: [{ name: 'far', description: 'distance', defaultWeight: 1 }],
  tickMs: 1000 / 60,
  timeLimitTicks: 1_000,
};

/** As `madeUpSpec`, with one axis in place of the button. */
export const madeUpAxisSpec: EnvironmentSpec = {
  ...madeUpSpec,
  actionSpace: { kind: 'continuous', size: 1, names: ['push'], low: [-1], high: [1] },
};

export const madeUpSettings: Hyperparameters = {
  ...sb3Hyperparameters,
  arenas: 8,
  rolloutLength: 128,
  rewardWeights: { far: 1 },
};

type Values = Readonly<Record<string, number | null>>;

/** What differs in a run from one that learns as it should. */
export interface MadeUpRun {
  readonly updates?: number;
  readonly settings?: Partial<Hyperparameters>;
  readonly spec?: EnvironmentSpec;
  readonly usual?: Partial<Hyperparameters> | null;
  /** @param share of the run that is over, 0 to 1. */
  readonly values?: (share: number, update: number) => Values;
  readonly spread?: number;
}

/** Returns that stay where they began. */
export const learnsNothing = { meanReturn: 20 } as const;

/** A run of so many updates, healthy but for what is named. */
export function madeUpRun({
  updates = 60,
  settings = {},
  spec = madeUpSpec,
  usual = null,
  values = () => ({}),
  spread = 10,
}: MadeUpRun = {}): RunToJudge {
  const ofRun = { ...madeUpSettings, ...settings };
  const { arenas, rolloutLength, learningRate } = ofRun;
  const points = Array.from({ length: updates }, (_, index): MetricPoint => {
    const share = index / updates;
    const version = index + 1;
    return {
      version,
      decisions: version * arenas * rolloutLength,
      values: {
        meanReturn: 20 + 200 * share,
        meanLength: 100,
        policyLoss: -0.01,
        valueLoss: 5,
        entropy: 0.69 - 0.4 * share,
        approximateKl: 0.008,
        clipFraction: 0.1,
        explainedVariance: 0.2 + 0.6 * share,
        gradientNorm: 0.6,
        learningRate,
        decisionsPerSecond: 2_000,
        updateMs: 100,
        frameMs: 16.7,
        episodes: 8,
        largestObservation: 1.5,
        largestObservationAt: 0,
        stillObservationAt: null,
        largestReward: 1,
        returnSize: 20,
        advantageKurtosis: 4,
        rarestChoice: 0.2,
        rarestChoiceAt: 1,
        ...values(share, version),
      },
      returnSpread: spread,
      changed: [],
    };
  });
  return { points, settings: ofRun, spec, usual: usual === null ? null : { ...madeUpSettings, ...usual } };
}
