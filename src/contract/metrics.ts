/** What one update reports. Every number that is plotted is defined in `metricDefinitions`. */
export interface UpdateMetrics {
  /** Counts updates from 1; the version of the snapshot that it published. */
  readonly version: number;
  /** Decisions by the learner's policy since the run began. */
  readonly decisions: number;
  /** Episodes that ended in this rollout. */
  readonly episodes: number;
  /** Over the last 20 finished episodes; null before the first. */
  readonly meanReturn: number | null;
  readonly returnSpread: number | null;
  readonly minReturn: number | null;
  readonly maxReturn: number | null;
  readonly meanLength: number | null;
  readonly policyLoss: number;
  readonly valueLoss: number;
  readonly entropy: number;
  readonly approximateKl: number;
  readonly clipFraction: number;
  /** Null where the returns do not vary. */
  readonly explainedVariance: number | null;
  readonly gradientNorm: number;
  readonly learningRate: number;
  readonly decisionsPerSecond: number;
  readonly collectMs: number;
  readonly updateMs: number;
  /** Of `updateMs`, the share in which learning worked and did not rest for the game’s frames, 0 to 1. */
  readonly learningShare: number;
  /** Gradient steps taken; fewer than planned when the target KL stopped the update. */
  readonly minibatches: number;
  readonly stoppedEarly: boolean;
  readonly decisionsDuringUpdate: number;
  readonly unrecordedDecisions: number;
  /** Of each collector's rollout: its decisions divided by its wall time; empty where the game's own actor filled it. */
  readonly collectorDecisionsPerSecond: readonly number[];
  /** By opponent: the share of its last rallies that the learner won, drawn ones counting half; those it has met. */
  readonly winRates: Readonly<Record<string, number>>;
  /** By how many versions the oldest step of the rollout lagged behind the learner. */
  readonly policyLag: number;
  /** max |ratio − 1| over the first minibatch's steps by the present policy; null when it held none. */
  readonly firstRatioDeviation: number | null;
  readonly liveTensors: number;
  /** 0 where the backend does not use a GPU. */
  readonly gpuBytes: number;
}

/** A plotted metric, as docs and tooltips explain it. */
export interface MetricDefinition {
  readonly key: string;
  readonly label: string;
  readonly unit: string;
  readonly formula: string;
  readonly healthy: string;
}

export const metricDefinitions: readonly MetricDefinition[] = [
  {
    key: 'meanReturn',
    label: 'Episode return',
    unit: 'reward',
    formula:
      'Mean over the last 20 finished episodes of the weighted sum of rewards, before any scaling; the band is one standard deviation to each side.',
    healthy:
      'Rises, with dips. Flat for long means that nothing is being learned; a fall that stays means updates are too large.',
  },
  {
    key: 'meanLength',
    label: 'Episode length',
    unit: 'decisions',
    formula: 'Mean number of decisions of the last 20 finished episodes.',
    healthy:
      'Rises where surviving is the aim, falls where speed is. Constant where every episode runs to its time limit.',
  },
  {
    key: 'policyLoss',
    label: 'Policy loss',
    unit: '',
    formula:
      'Mean over the update’s minibatches of mean(max(−A·r, −A·clip(r, 1−ε, 1+ε))), r the probability ratio and A the normalised advantage.',
    healthy:
      'Small and noisy around a value just below zero. Its size says little; a drift to large values means trouble.',
  },
  {
    key: 'valueLoss',
    label: 'Value loss',
    unit: 'reward²',
    formula:
      'Mean over the update’s minibatches of the squared difference between V(s) and the λ-return (half of it with the half form).',
    healthy: 'Rises while returns grow, then falls as the critic catches up.',
  },
  {
    key: 'entropy',
    label: 'Entropy',
    unit: 'nats',
    formula: 'Mean over the update’s minibatches of the policy’s entropy, summed over action components.',
    healthy:
      'Falls slowly. A sudden drop means that the policy stopped exploring; no fall at all that it has not found a preference.',
  },
  {
    key: 'approximateKl',
    label: 'Approximate KL',
    unit: 'nats',
    formula:
      'Mean over the last epoch of mean((r − 1) − ln r), how far the policy moved from the one that gathered the data.',
    healthy: '0.001 to 0.02. Above 0.05 lower the learning rate or the epochs.',
  },
  {
    key: 'clipFraction',
    label: 'Clip fraction',
    unit: 'share',
    formula: 'Mean over the update’s minibatches of the share of samples with |r − 1| > clip range.',
    healthy: '0.02 to 0.25. Zero means steps too small to matter; above 0.4 they are too large.',
  },
  {
    key: 'explainedVariance',
    label: 'Explained variance',
    unit: 'share',
    formula: '1 − Var(R − V_old) / Var(R) over the rollout, R the λ-returns.',
    healthy: 'Climbs from 0 towards 1. Below 0 the critic is worse than a constant.',
  },
  {
    key: 'gradientNorm',
    label: 'Gradient norm',
    unit: '',
    formula: 'Mean over the update’s minibatches of the global L2 norm of all gradients before clipping.',
    healthy:
      'Steady. Often far above the clip means that the critic dominates; scale rewards or lower the value coefficient.',
  },
  {
    key: 'learningRate',
    label: 'Learning rate',
    unit: '',
    formula:
      'The rate Adam used in this update: constant, or lr·(1 − decisions at the rollout’s start / horizon) when annealed.',
    healthy: 'As you set it.',
  },
  {
    key: 'decisionsPerSecond',
    label: 'Decisions per second',
    unit: '1/s',
    formula: 'Decisions recorded between two updates’ ends, divided by the wall time between them.',
    healthy: 'At 1× it equals arenas × ticks per second ÷ decision interval; more when fast-forwarding.',
  },
  {
    key: 'updateMs',
    label: 'Update time',
    unit: 'ms',
    formula: 'Wall time from a full rollout’s arrival at the learner to the new snapshot.',
    healthy:
      'Shorter than the time a rollout takes to fill; else the game eases off and waits for the learner.',
  },
  {
    key: 'frameMs',
    label: 'Frame time',
    unit: 'ms',
    formula: 'Median time between two drawn frames since the last point.',
    healthy: '17 ms on a 60 Hz display, whether learning is on or off.',
  },
];

/** By which key a point holds the win rate against an opponent. */
export const winRateKey = (opponent: string): string => `winRate.${opponent}`;

/** Defined once for all opponents; where agents meet, each has a value by `winRateKey`. */
export const winRateDefinition: MetricDefinition = {
  key: winRateKey('<opponent>'),
  label: 'Win rate',
  unit: 'share',
  formula:
    'Share of the learner’s last episodes against that opponent that it won, drawn ones counting half; `past` stands for the run’s earlier policies.',
  healthy:
    'Rises against everybody. A rise against one and a fall against another means that play collapses into one style; against earlier policies it stays above one half while the agent gets better.',
};

/** One moment of the charts; values by `MetricDefinition.key` and, where agents meet, by `winRateKey`. */
export interface MetricPoint {
  readonly version: number;
  readonly decisions: number;
  readonly values: Readonly<Record<string, number | null>>;
  /** One standard deviation of the return over recent episodes. */
  readonly returnSpread: number | null;
  /** Labels of settings that took hold with this update; charts mark it. */
  readonly changed: readonly string[];
}
