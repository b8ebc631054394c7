import type { HyperparameterKey } from './hyperparameters';

/**
 * When a change takes hold.
 * - `nextUpdate`: at the next update, mid-run.
 * - `rebuild`: the workers and arenas are set up again; what was learned is kept.
 * - `restart`: the run begins again from nothing.
 */
export type TakesHold = 'nextUpdate' | 'rebuild' | 'restart';

/** What a setting has to do with; a panel shows one group after the other. */
export const hyperparameterGroups = [
  'learning',
  'advantage',
  'clipping',
  'rollout',
  'reward',
  'opponents',
  'agent',
  'machine',
] as const;
/** Under which heading a setting stands. */
export type HyperparameterGroup = (typeof hyperparameterGroups)[number];

interface FieldBase {
  readonly key: HyperparameterKey;
  readonly group: HyperparameterGroup;
  /** Empty where the number has no unit. */
  readonly unit: string;
  /** True for settings that mean nothing where an agent is alone in its arena. */
  readonly whereAgentsMeet?: boolean;
  /** True for settings that a live game's agent has declared once for all. */
  readonly ofSimulations?: boolean;
  readonly takesHold: TakesHold;
}
/** A setting that is a number between bounds. */
export interface NumberField extends FieldBase {
  readonly kind: 'number';
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly integer: boolean;
  /** `log` fields are best moved by factors. */
  readonly scale: 'linear' | 'log';
}
/** A setting that is on or off. */
export interface SwitchField extends FieldBase {
  readonly kind: 'switch';
}
/** A setting that is one of a few names. */
export interface ChoiceField extends FieldBase {
  readonly kind: 'choice';
  readonly options: readonly string[];
}
/** A list of hidden-layer widths, such as `64, 64`. */
export interface SizesField extends FieldBase {
  readonly kind: 'sizes';
  readonly maxLayers: number;
  readonly min: number;
  readonly max: number;
}
/** One number for each reward term of the game. */
export interface WeightsField extends FieldBase {
  readonly kind: 'weights';
  readonly min: number;
  readonly max: number;
}
/** What a setting may be, by its kind. */
export type HyperparameterField = NumberField | SwitchField | ChoiceField | SizesField | WeightsField;

const number = (
  key: HyperparameterKey,
  group: HyperparameterGroup,
  range: readonly [min: number, max: number, step: number],
  more: Partial<Omit<NumberField, 'kind'>> = {},
): NumberField => ({
  kind: 'number',
  key,
  group,
  unit: '',
  min: range[0],
  max: range[1],
  step: range[2],
  integer: false,
  scale: 'linear',
  takesHold: 'nextUpdate',
  ...more,
});

const toggle = (
  key: HyperparameterKey,
  group: HyperparameterGroup,
  takesHold: TakesHold = 'nextUpdate',
): SwitchField => ({ kind: 'switch', key, group, unit: '', takesHold });

/** Every hyperparameter, in the order in which a panel shows them. */
export const hyperparameterFields: readonly HyperparameterField[] = [
  number('learningRate', 'learning', [1e-6, 1e-1, 1e-5], { scale: 'log' }),
  toggle('learningRateAnnealing', 'learning'),
  number('annealingDecisions', 'learning', [1_000, 100_000_000, 1_000], {
    unit: 'decisions',
    integer: true,
    scale: 'log',
  }),
  number('epochs', 'learning', [1, 50, 1], { unit: 'passes', integer: true }),
  number('minibatchSize', 'learning', [8, 16_384, 8], { unit: 'decisions', integer: true, scale: 'log' }),
  number('adamEpsilon', 'learning', [1e-8, 1e-3, 1e-8], { scale: 'log' }),

  number('discount', 'advantage', [0, 1, 0.001]),
  number('gaeLambda', 'advantage', [0, 1, 0.01]),
  toggle('bootstrapTruncated', 'advantage'),

  number('clipRange', 'clipping', [0.01, 1, 0.01]),
  toggle('valueClip', 'clipping'),
  number('valueClipRange', 'clipping', [0.01, 100, 0.01]),
  {
    kind: 'choice',
    key: 'valueLoss',
    group: 'clipping',
    unit: '',
    takesHold: 'nextUpdate',
    options: ['meanSquared', 'halfMeanSquared'],
  },
  number('valueCoefficient', 'clipping', [0, 2, 0.05]),
  number('entropyCoefficient', 'clipping', [0, 0.2, 0.001]),
  number('maxGradientNorm', 'clipping', [0.05, 100, 0.05], { scale: 'log' }),
  number('targetKl', 'clipping', [0, 0.5, 0.005], { unit: 'nats' }),

  number('rolloutLength', 'rollout', [8, 8_192, 8], {
    unit: 'decisions an arena',
    integer: true,
    scale: 'log',
  }),
  number('arenas', 'rollout', [1, 64, 1], { integer: true, takesHold: 'rebuild', ofSimulations: true }),
  number('decisionIntervalTicks', 'rollout', [1, 12, 1], {
    ofSimulations: true,
    unit: 'ticks',
    integer: true,
    takesHold: 'rebuild',
  }),

  {
    kind: 'weights',
    key: 'rewardWeights',
    group: 'reward',
    unit: '',
    takesHold: 'nextUpdate',
    min: -10,
    max: 10,
  },
  toggle('normaliseRewards', 'reward', 'restart'),

  number('selfShare', 'opponents', [0, 1, 0.05], { whereAgentsMeet: true }),
  number('pastShare', 'opponents', [0, 1, 0.05], { whereAgentsMeet: true }),
  number('scriptedShare', 'opponents', [0, 1, 0.05], { whereAgentsMeet: true }),
  number('pastWindow', 'opponents', [1, 50, 1], { unit: 'policies', integer: true, whereAgentsMeet: true }),
  number('pastInterval', 'opponents', [1, 1_000, 1], {
    unit: 'updates',
    integer: true,
    scale: 'log',
    whereAgentsMeet: true,
  }),

  number('seed', 'agent', [0, 2_147_483_647, 1], { integer: true, takesHold: 'restart' }),
  {
    kind: 'sizes',
    key: 'hiddenSizes',
    group: 'agent',
    unit: 'units',
    takesHold: 'restart',
    maxLayers: 3,
    min: 1,
    max: 512,
  },
  {
    kind: 'choice',
    key: 'activation',
    group: 'agent',
    unit: '',
    takesHold: 'restart',
    options: ['tanh', 'relu', 'swish'],
  },
  number('initialLogStd', 'agent', [-3, 1, 0.1], { takesHold: 'restart' }),
  toggle('normaliseObservations', 'agent', 'restart'),

  {
    kind: 'choice',
    key: 'backend',
    group: 'machine',
    unit: '',
    takesHold: 'rebuild',
    options: ['auto', 'webgl', 'wasm', 'cpu'],
  },
  {
    kind: 'choice',
    key: 'collectors',
    ofSimulations: true,
    group: 'machine',
    unit: 'workers',
    takesHold: 'rebuild',
    options: ['auto', 'none', '1', '2', '4', '8'],
  },
  {
    kind: 'choice',
    key: 'priority',
    group: 'machine',
    unit: '',
    takesHold: 'nextUpdate',
    options: ['gameFirst', 'balanced', 'learnFirst'],
  },
];
