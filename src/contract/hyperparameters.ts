export const backendNames = ['auto', 'webgl', 'wasm', 'cpu'] as const;
export type BackendChoice = (typeof backendNames)[number];
export type BackendName = Exclude<BackendChoice, 'auto'>;

/** How many workers gather experience beside the visible game. */
export const collectorChoices = ['auto', 'none', '1', '2', '4', '8'] as const;
export type CollectorChoice = (typeof collectorChoices)[number];

/** How much of the machine learning may take while frames are late. */
export const priorities = ['gameFirst', 'balanced', 'learnFirst'] as const;
export type Priority = (typeof priorities)[number];

/** Everything that decides how an agent learns. Frozen, flat; see `hyperparameterFields` for each one's meaning. */
export interface Hyperparameters {
  readonly learningRate: number;
  readonly learningRateAnnealing: boolean;
  /** Decisions over which the learning rate falls to 0, when annealing. */
  readonly annealingDecisions: number;
  readonly discount: number;
  readonly gaeLambda: number;
  readonly clipRange: number;
  readonly valueClip: boolean;
  readonly valueClipRange: number;
  /** `meanSquared`: mean (V − R)², as Stable-Baselines3. `halfMeanSquared`: half of it, as CleanRL. */
  readonly valueLoss: 'meanSquared' | 'halfMeanSquared';
  readonly valueCoefficient: number;
  readonly entropyCoefficient: number;
  readonly maxGradientNorm: number;
  /** An update stops early once the approximate KL exceeds 1.5 times this; 0 turns it off. */
  readonly targetKl: number;
  readonly epochs: number;
  readonly minibatchSize: number;
  /** Adam's ε, outside the square root. */
  readonly adamEpsilon: number;
  readonly rolloutLength: number;
  readonly arenas: number;
  readonly decisionIntervalTicks: number;
  /** Weight of each reward term of the game, by name. */
  readonly rewardWeights: Readonly<Record<string, number>>;
  readonly seed: number;
  readonly hiddenSizes: readonly number[];
  readonly activation: 'tanh' | 'relu';
  /** Natural logarithm of a Gaussian policy's first standard deviation. */
  readonly initialLogStd: number;
  readonly normaliseObservations: boolean;
  readonly normaliseRewards: boolean;
  /** False values a time limit as death, as CleanRL's scripts do. */
  readonly bootstrapTruncated: boolean;
  /** Where agents meet: how often the learner meets itself, an earlier policy, a scripted player; relative to each other. */
  readonly selfShare: number;
  readonly pastShare: number;
  readonly scriptedShare: number;
  /** So many earlier policies stay in the pool, and one joins it every so many updates. */
  readonly pastWindow: number;
  readonly pastInterval: number;
  readonly backend: BackendChoice;
  readonly collectors: CollectorChoice;
  readonly priority: Priority;
}

/**
 * When a change takes hold.
 * - `nextUpdate`: at the next update, mid-run.
 * - `rebuild`: the workers and arenas are set up again; what was learned is kept.
 * - `restart`: the run begins again from nothing.
 */
export type TakesHold = 'nextUpdate' | 'rebuild' | 'restart';

export type HyperparameterGroup =
  | 'Learning'
  | 'Advantage'
  | 'Clipping'
  | 'Rollout'
  | 'Reward'
  | 'Opponents'
  | 'Agent'
  | 'Machine';

interface FieldBase {
  readonly key: keyof Hyperparameters;
  readonly label: string;
  readonly group: HyperparameterGroup;
  /** Empty where the number has no unit. */
  readonly unit: string;
  /** True for settings that mean nothing where an agent is alone in its arena. */
  readonly whereAgentsMeet?: boolean;
  readonly takesHold: TakesHold;
  /** One sentence: what raising and lowering it does. */
  readonly tooltip: string;
}
export interface NumberField extends FieldBase {
  readonly kind: 'number';
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly integer: boolean;
  /** `log` fields are best moved by factors. */
  readonly scale: 'linear' | 'log';
}
export interface SwitchField extends FieldBase {
  readonly kind: 'switch';
}
export interface ChoiceField extends FieldBase {
  readonly kind: 'choice';
  readonly options: readonly { readonly value: string; readonly label: string }[];
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
export type HyperparameterField = NumberField | SwitchField | ChoiceField | SizesField | WeightsField;

const number = (
  key: keyof Hyperparameters,
  group: HyperparameterGroup,
  label: string,
  range: readonly [min: number, max: number, step: number],
  tooltip: string,
  more: Partial<Omit<NumberField, 'kind'>> = {},
): NumberField => ({
  kind: 'number',
  key,
  group,
  label,
  unit: '',
  min: range[0],
  max: range[1],
  step: range[2],
  integer: false,
  scale: 'linear',
  takesHold: 'nextUpdate',
  tooltip,
  ...more,
});

const toggle = (
  key: keyof Hyperparameters,
  group: HyperparameterGroup,
  label: string,
  tooltip: string,
  takesHold: TakesHold = 'nextUpdate',
): SwitchField => ({ kind: 'switch', key, group, label, unit: '', tooltip, takesHold });

/** Every hyperparameter, in the order in which a panel shows them. */
export const hyperparameterFields: readonly HyperparameterField[] = [
  number(
    'learningRate',
    'Learning',
    'Learning rate',
    [1e-6, 1e-1, 1e-5],
    'Higher learns faster until updates overshoot and the return collapses; lower is steadier and slower.',
    { scale: 'log' },
  ),
  toggle(
    'learningRateAnnealing',
    'Learning',
    'Anneal learning rate',
    'On lets the learning rate fall in a line to zero, which settles the policy but ends learning; off keeps it constant.',
  ),
  number(
    'annealingDecisions',
    'Learning',
    'Annealing horizon',
    [1_000, 100_000_000, 1_000],
    'A longer horizon keeps the learning rate high for longer; a shorter one settles sooner.',
    { unit: 'decisions', integer: true, scale: 'log' },
  ),
  number(
    'epochs',
    'Learning',
    'Epochs',
    [1, 50, 1],
    'More epochs squeeze more out of each rollout but push the policy further from the data; fewer are safer and cheaper.',
    { unit: 'passes', integer: true },
  ),
  number(
    'minibatchSize',
    'Learning',
    'Minibatch size',
    [8, 16_384, 8],
    'Larger minibatches give smoother gradients and fewer steps an update; smaller ones give more, noisier steps.',
    { unit: 'decisions', integer: true, scale: 'log' },
  ),
  number(
    'adamEpsilon',
    'Learning',
    'Adam ε',
    [1e-8, 1e-3, 1e-8],
    'Raising it damps steps where gradients are tiny; lowering it lets them grow.',
    { scale: 'log' },
  ),

  number(
    'discount',
    'Advantage',
    'Discount γ',
    [0, 1, 0.001],
    'Higher values look further ahead, with more variance; lower ones prefer what comes soon.',
  ),
  number(
    'gaeLambda',
    'Advantage',
    'GAE λ',
    [0, 1, 0.01],
    'Higher trusts the rewards that were seen (less bias, more variance); lower trusts the critic.',
  ),
  toggle(
    'bootstrapTruncated',
    'Advantage',
    'Bootstrap at time limits',
    'On values the state in which the time limit struck; off treats a time limit as death, as some implementations do.',
  ),

  number(
    'clipRange',
    'Clipping',
    'Clip range',
    [0.01, 1, 0.01],
    'Wider lets the policy move further in one update; narrower holds it closer to the one that gathered the data.',
  ),
  toggle(
    'valueClip',
    'Clipping',
    'Clip the value loss',
    'On keeps the critic near its old values, which depends on the scale of rewards; off lets it fit freely.',
  ),
  number(
    'valueClipRange',
    'Clipping',
    'Value clip range',
    [0.01, 100, 0.01],
    'Wider lets values move further in one update; narrower holds them closer. Used only while the value loss is clipped.',
  ),
  {
    kind: 'choice',
    key: 'valueLoss',
    group: 'Clipping',
    label: 'Value loss',
    unit: '',
    takesHold: 'nextUpdate',
    tooltip: 'The half form weighs the critic half as much for the same coefficient.',
    options: [
      { value: 'meanSquared', label: 'mean squared' },
      { value: 'halfMeanSquared', label: 'half mean squared' },
    ],
  },
  number(
    'valueCoefficient',
    'Clipping',
    'Value coefficient',
    [0, 2, 0.05],
    'Higher gives the critic a larger share of each step; lower gives it to the policy.',
  ),
  number(
    'entropyCoefficient',
    'Clipping',
    'Entropy coefficient',
    [0, 0.2, 0.001],
    'Higher keeps the policy trying things; lower lets it commit sooner, perhaps too soon.',
  ),
  number(
    'maxGradientNorm',
    'Clipping',
    'Gradient-norm clip',
    [0.05, 100, 0.05],
    'Lower tames wild updates; higher lets large gradients through.',
    { scale: 'log' },
  ),
  number(
    'targetKl',
    'Clipping',
    'Target KL',
    [0, 0.5, 0.005],
    'Zero is off; lower values end an update sooner when the policy has moved, higher ones later.',
    { unit: 'nats' },
  ),

  number(
    'rolloutLength',
    'Rollout',
    'Rollout length',
    [8, 8_192, 8],
    'Longer rollouts see more before each update and update less often; shorter ones react sooner, on less.',
    { unit: 'decisions an arena', integer: true, scale: 'log' },
  ),
  number(
    'arenas',
    'Rollout',
    'Arenas',
    [1, 64, 1],
    'More arenas gather more varied experience at once; fewer leave more of the machine to learning.',
    { integer: true, takesHold: 'rebuild' },
  ),
  number(
    'decisionIntervalTicks',
    'Rollout',
    'Decision interval',
    [1, 12, 1],
    'Longer intervals make each decision count for more time; shorter ones give finer control and longer episodes in decisions.',
    { unit: 'ticks', integer: true, takesHold: 'rebuild' },
  ),

  {
    kind: 'weights',
    key: 'rewardWeights',
    group: 'Reward',
    label: 'Reward weights',
    unit: '',
    takesHold: 'nextUpdate',
    min: -10,
    max: 10,
    tooltip:
      'A larger weight makes the agent care more for that part of the reward; zero makes it blind to it.',
  },
  toggle(
    'normaliseRewards',
    'Reward',
    'Scale rewards',
    'On divides rewards by the running spread of the return, which helps where they are large; off learns from them as they are.',
    'restart',
  ),

  number(
    'selfShare',
    'Opponents',
    'Share: itself',
    [0, 1, 0.05],
    'More rallies against itself give an opponent that is always as good, and twice the experience; too many, and it only learns to beat its own style.',
    { whereAgentsMeet: true },
  ),
  number(
    'pastShare',
    'Opponents',
    'Share: earlier policies',
    [0, 1, 0.05],
    'More rallies against earlier policies keep it from forgetting how to beat them; fewer leave more for its present equal.',
    { whereAgentsMeet: true },
  ),
  number(
    'scriptedShare',
    'Opponents',
    'Share: scripted players',
    [0, 1, 0.05],
    'More rallies against scripted players teach it their weaknesses sooner; fewer leave more to find out by itself. Their win rates are plotted only where they are met.',
    { whereAgentsMeet: true },
  ),
  number(
    'pastWindow',
    'Opponents',
    'Earlier policies kept',
    [1, 50, 1],
    'A longer window remembers older styles; a shorter one meets only recent, stronger ones.',
    { unit: 'policies', integer: true, whereAgentsMeet: true },
  ),
  number(
    'pastInterval',
    'Opponents',
    'Swap interval',
    [1, 1_000, 1],
    'Longer intervals put policies into the pool that differ more; shorter ones keep the pool close to the present one.',
    { unit: 'updates', integer: true, scale: 'log', whereAgentsMeet: true },
  ),

  number(
    'seed',
    'Agent',
    'Seed',
    [0, 2_147_483_647, 1],
    'Another seed gives another start and other chances; the same seed repeats them.',
    { integer: true, takesHold: 'restart' },
  ),
  {
    kind: 'sizes',
    key: 'hiddenSizes',
    group: 'Agent',
    label: 'Hidden layers',
    unit: 'units',
    takesHold: 'restart',
    maxLayers: 3,
    min: 1,
    max: 512,
    tooltip: 'Wider or more layers can represent more and cost more; smaller nets learn simple games faster.',
  },
  {
    kind: 'choice',
    key: 'activation',
    group: 'Agent',
    label: 'Activation',
    unit: '',
    takesHold: 'restart',
    tooltip: 'Tanh is smooth and bounded and suits small nets; ReLU is cheaper and suits larger ones.',
    options: [
      { value: 'tanh', label: 'tanh' },
      { value: 'relu', label: 'ReLU' },
    ],
  },
  number(
    'initialLogStd',
    'Agent',
    'Initial log-std',
    [-3, 1, 0.1],
    'Higher starts with wilder actions; lower with calmer ones. Continuous games only.',
    { takesHold: 'restart' },
  ),
  toggle(
    'normaliseObservations',
    'Agent',
    'Normalise observations',
    'On centres and scales what the agent sees by running statistics; off shows it the game’s own scale.',
    'restart',
  ),

  {
    kind: 'choice',
    key: 'backend',
    group: 'Machine',
    label: 'Backend',
    unit: '',
    takesHold: 'rebuild',
    tooltip:
      'Where updates are computed: the graphics processor, WebAssembly, or plain JavaScript; automatic picks one and says which.',
    options: [
      { value: 'auto', label: 'automatic' },
      { value: 'webgl', label: 'WebGL' },
      { value: 'wasm', label: 'WebAssembly' },
      { value: 'cpu', label: 'JavaScript' },
    ],
  },
  {
    kind: 'choice',
    key: 'collectors',
    group: 'Machine',
    label: 'Collectors',
    unit: 'workers',
    takesHold: 'rebuild',
    tooltip:
      'More collectors gather experience faster, out of sight, on processor cores of their own; with none the agent learns from the arenas that you see. Automatic leaves a core to the game and one to learning.',
    options: [
      { value: 'auto', label: 'automatic' },
      { value: 'none', label: 'none' },
      { value: '1', label: '1' },
      { value: '2', label: '2' },
      { value: '4', label: '4' },
      { value: '8', label: '8' },
    ],
  },
  {
    kind: 'choice',
    key: 'priority',
    group: 'Machine',
    label: 'Priority',
    unit: '',
    takesHold: 'nextUpdate',
    tooltip:
      'Game first lets learning rest whenever frames come late; learn first never does; balanced lies between. In a hidden tab, and when the game goes as fast as it can, learning always has full speed.',
    options: [
      { value: 'gameFirst', label: 'game first' },
      { value: 'balanced', label: 'balanced' },
      { value: 'learnFirst', label: 'learn first' },
    ],
  },
];

/**
 * Looks for what is wrong with one setting by itself.
 *
 * @returns one sentence a problem; empty when the value can be used.
 */
export function fieldProblems(field: HyperparameterField, value: unknown): string[] {
  const { label } = field;
  switch (field.kind) {
    case 'number':
      if (typeof value !== 'number' || !Number.isFinite(value)) {
        return [`${label} must be a number; give one between ${field.min} and ${field.max}.`];
      }
      if (value < field.min || value > field.max) {
        return [`${label} is ${value}; keep it between ${field.min} and ${field.max}.`];
      }
      if (field.integer && !Number.isInteger(value)) {
        return [`${label} is ${value}; it must be a whole number.`];
      }
      return [];
    case 'switch':
      return typeof value === 'boolean' ? [] : [`${label} must be on or off.`];
    case 'choice':
      if (field.options.some((option) => option.value === value)) return [];
      return [`${label} must be one of ${field.options.map((option) => option.value).join(', ')}.`];
    case 'sizes': {
      const sizes = Array.isArray(value) ? (value as unknown[]) : [];
      const fits = (size: unknown) =>
        Number.isInteger(size) && Number(size) >= field.min && Number(size) <= field.max;
      if (sizes.length >= 1 && sizes.length <= field.maxLayers && sizes.every(fits)) return [];
      return [
        `${label} must list 1 to ${field.maxLayers} whole numbers between ${field.min} and ${field.max}, such as 64, 64.`,
      ];
    }
    case 'weights': {
      const weights = typeof value === 'object' && value !== null ? Object.entries(value) : [];
      const fits = (weight: unknown) =>
        typeof weight === 'number' && weight >= field.min && weight <= field.max;
      return weights
        .filter(([, weight]) => !fits(weight))
        .map(([term]) => `The weight of “${term}” must be a number between ${field.min} and ${field.max}.`);
    }
  }
}

/**
 * Looks for settings that cannot work, alone or together.
 *
 * @returns one sentence a problem, each saying what to change; empty when the settings are usable.
 */
export function hyperparameterProblems(settings: Hyperparameters): string[] {
  const problems = hyperparameterFields.flatMap((field) => fieldProblems(field, settings[field.key]));
  if (problems.length > 0) return problems;

  const batchSize = settings.rolloutLength * settings.arenas;
  if (settings.minibatchSize > batchSize) {
    problems.push(
      `A minibatch of ${settings.minibatchSize} is larger than the rollout of ${settings.rolloutLength} × ${settings.arenas} = ${batchSize} decisions; lower the minibatch size or lengthen the rollout.`,
    );
  } else if (batchSize % settings.minibatchSize !== 0) {
    problems.push(
      `The rollout of ${settings.rolloutLength} × ${settings.arenas} = ${batchSize} decisions does not divide into minibatches of ${settings.minibatchSize}; choose a minibatch size that divides ${batchSize}.`,
    );
  }
  return problems;
}

/** Which fields differ between two settings, in the order of `hyperparameterFields`. */
export function changedFields(before: Hyperparameters, after: Hyperparameters): HyperparameterField[] {
  return hyperparameterFields.filter(({ key }) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
}
