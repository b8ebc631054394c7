import type { HyperparameterGroup, HyperparameterKey, SettingChange, SettingValue } from '../contract';
import { settingNumberText } from './setting-notation';

/** The headings of the groups of settings. */
export const groupLabels: Readonly<Record<HyperparameterGroup, string>> = {
  learning: 'Learning',
  advantage: 'Advantage',
  clipping: 'Clipping',
  rollout: 'Rollout',
  reward: 'Reward',
  opponents: 'Opponents',
  agent: 'Agent',
  machine: 'Machine',
};

/** What a setting is called, and one sentence on what raising and lowering it does. */
export interface SettingText {
  readonly label: string;
  readonly tooltip: string;
  /** Of a choice: what each option is called. */
  readonly options?: Readonly<Record<string, string>>;
}

export const settingTexts: Readonly<Record<HyperparameterKey, SettingText>> = {
  learningRate: {
    label: 'Learning rate',
    tooltip:
      'Higher learns faster until updates overshoot and the return collapses; lower is steadier and slower.',
  },
  learningRateAnnealing: {
    label: 'Anneal learning rate',
    tooltip:
      'On lets the learning rate fall in a line to zero, which settles the policy but ends learning; off keeps it constant.',
  },
  annealingDecisions: {
    label: 'Annealing horizon',
    tooltip: 'A longer horizon keeps the learning rate high for longer; a shorter one settles sooner.',
  },
  epochs: {
    label: 'Epochs',
    tooltip:
      'More epochs squeeze more out of each rollout but push the policy further from the data; fewer are safer and cheaper.',
  },
  minibatchSize: {
    label: 'Minibatch size',
    tooltip:
      'Larger minibatches give smoother gradients and fewer steps an update; smaller ones give more, noisier steps.',
  },
  adamEpsilon: {
    label: 'Adam ε',
    tooltip: 'Raising it damps steps where gradients are tiny; lowering it lets them grow.',
  },
  discount: {
    label: 'Discount γ',
    tooltip: 'Higher values look further ahead, with more variance; lower ones prefer what comes soon.',
  },
  gaeLambda: {
    label: 'GAE λ',
    tooltip: 'Higher trusts the rewards that were seen (less bias, more variance); lower trusts the critic.',
  },
  bootstrapTruncated: {
    label: 'Bootstrap at time limits',
    tooltip:
      'On values the state in which the time limit struck; off treats a time limit as death, as some implementations do.',
  },
  clipRange: {
    label: 'Clip range',
    tooltip:
      'Wider lets the policy move further in one update; narrower holds it closer to the one that gathered the data.',
  },
  valueClip: {
    label: 'Clip the value loss',
    tooltip:
      'On keeps the critic near its old values, which depends on the scale of rewards; off lets it fit freely.',
  },
  valueClipRange: {
    label: 'Value clip range',
    tooltip:
      'Wider lets values move further in one update; narrower holds them closer. Used only while the value loss is clipped.',
  },
  valueLoss: {
    label: 'Value loss',
    tooltip: 'The half form weighs the critic half as much for the same coefficient.',
    options: { meanSquared: 'mean squared', halfMeanSquared: 'half mean squared' },
  },
  valueCoefficient: {
    label: 'Value coefficient',
    tooltip: 'Higher gives the critic a larger share of each step; lower gives it to the policy.',
  },
  entropyCoefficient: {
    label: 'Entropy coefficient',
    tooltip: 'Higher keeps the policy trying things; lower lets it commit sooner, perhaps too soon.',
  },
  maxGradientNorm: {
    label: 'Gradient-norm clip',
    tooltip: 'Lower tames wild updates; higher lets large gradients through.',
  },
  targetKl: {
    label: 'Target KL',
    tooltip: 'Zero is off; lower values end an update sooner when the policy has moved, higher ones later.',
  },
  rolloutLength: {
    label: 'Rollout length',
    tooltip:
      'Longer rollouts see more before each update and update less often; shorter ones react sooner, on less.',
  },
  arenas: {
    label: 'Arenas',
    tooltip:
      'More arenas gather more varied experience at once; fewer leave more of the machine to learning.',
  },
  decisionIntervalTicks: {
    label: 'Decision interval',
    tooltip:
      'Longer intervals make each decision count for more time; shorter ones give finer control and longer episodes in decisions.',
  },
  rewardWeights: {
    label: 'Reward weights',
    tooltip:
      'A larger weight makes the agent care more for that part of the reward; zero makes it blind to it.',
  },
  normaliseRewards: {
    label: 'Scale rewards',
    tooltip:
      'On divides rewards by the running spread of the return, which helps where they are large; off learns from them as they are.',
  },
  selfShare: {
    label: 'Share: itself',
    tooltip:
      'More rallies against itself give an opponent that is always as good, and twice the experience; too many, and it only learns to beat its own style.',
  },
  pastShare: {
    label: 'Share: earlier policies',
    tooltip:
      'More rallies against earlier policies keep it from forgetting how to beat them; fewer leave more for its present equal.',
  },
  scriptedShare: {
    label: 'Share: scripted players',
    tooltip:
      'More rallies against scripted players teach it their weaknesses sooner; fewer leave more to find out by itself. Their win rates are plotted only where they are met.',
  },
  pastWindow: {
    label: 'Earlier policies kept',
    tooltip: 'A longer window remembers older styles; a shorter one meets only recent, stronger ones.',
  },
  pastInterval: {
    label: 'Swap interval',
    tooltip:
      'Longer intervals put policies into the pool that differ more; shorter ones keep the pool close to the present one.',
  },
  seed: {
    label: 'Seed',
    tooltip: 'Another seed gives another start and other chances; the same seed repeats them.',
  },
  hiddenSizes: {
    label: 'Hidden layers',
    tooltip: 'Wider or more layers can represent more and cost more; smaller nets learn simple games faster.',
  },
  activation: {
    label: 'Activation',
    tooltip:
      'Tanh is smooth and bounded and suits small nets; ReLU is cheaper and suits larger ones; swish is a smooth ReLU, by which Unity’s ML-Agents trains.',
    options: { tanh: 'tanh', relu: 'ReLU', swish: 'swish' },
  },
  initialLogStd: {
    label: 'Initial log-std',
    tooltip: 'Higher starts with wilder actions; lower with calmer ones. Continuous games only.',
  },
  normaliseObservations: {
    label: 'Normalise observations',
    tooltip:
      'On centres and scales what the agent sees by running statistics; off shows it the game’s own scale.',
  },
  backend: {
    label: 'Backend',
    tooltip:
      'Where updates are computed: the graphics processor, WebAssembly, or plain JavaScript; automatic picks one and says which.',
    options: { auto: 'automatic', webgl: 'WebGL', wasm: 'WebAssembly', cpu: 'JavaScript' },
  },
  collectors: {
    label: 'Collectors',
    tooltip:
      'More collectors gather experience faster, out of sight, on processor cores of their own; with none the agent learns from the arenas that you see. Automatic leaves a core to the game and one to learning; on two cores one gathers only while the game goes as fast as it can, and what you see goes at 16× meanwhile.',
    options: { auto: 'automatic', none: 'none', '1': '1', '2': '2', '4': '4', '8': '8' },
  },
  priority: {
    label: 'Priority',
    tooltip:
      'Game first lets learning rest whenever frames come late; learn first never does; balanced lies between. In a hidden tab, and when the game goes as fast as it can, learning always has full speed.',
    options: { gameFirst: 'game first', balanced: 'balanced', learnFirst: 'learn first' },
  },
};

/** What a setting is called; of the reward weights, a term's by the term's name. */
export function settingLabel(key: HyperparameterKey, term?: string): string {
  return term === undefined ? settingTexts[key].label : `Weight of “${term}”`;
}

/** What an option of a choice is called. */
export function optionLabel(key: HyperparameterKey, option: string): string {
  return settingTexts[key].options?.[option] ?? option;
}

/** A setting's value as a person would write it: `0.0003`, `on`, `64, 64`, `mean squared`. */
export function settingValueText(key: HyperparameterKey, value: SettingValue | null): string {
  if (value === null) return '–';
  if (typeof value === 'number') return settingNumberText(value);
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  return typeof value === 'string' ? optionLabel(key, value) : value.join(', ');
}

/** What became of a setting: `Learning rate 0.0003 → 0.05`. */
export function changeText({ key, term, from, to }: SettingChange): string {
  return `${settingLabel(key, term)} ${settingValueText(key, from)} → ${settingValueText(key, to)}`;
}
