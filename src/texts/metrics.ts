import { winRateKey } from '../contract';

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
      'Mean over the last finished episodes of every arena, equally many of each (as few as make 20), of the weighted sum of rewards, before any scaling; the band is one standard deviation to each side. No point until every arena has finished one: those that end first are the short ones, and would make the policy look worse than it is.',
    healthy:
      'Rises, with dips. Flat for long means that nothing is being learned; a fall that stays means updates are too large.',
  },
  {
    key: 'meanLength',
    label: 'Episode length',
    unit: 'decisions',
    formula:
      'Mean length of the same episodes: their ticks divided by the decision interval, so that actions which came late make none shorter.',
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
      'The rate Adam used in this update: constant, or, when annealed, lr·(1 − d / horizon), d the decisions from where annealing was switched on to the rollout’s start.',
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

/** How `docs/metrics.md` begins, which is written from this file. */
export const metricsDocumentIntroduction =
  'What the charts show, one point an update. Written by `npx tsx scripts/write-docs.ts` from `src/texts/metrics.ts`, which the page’s tooltips read as well: change it there, then run the script.';
