import type { SettingsPatch } from './setting-changes';

/** What the doctor looks for in a run. `src/texts/doctor.ts` has a sentence for each. */
export const ruleIds = [
  'noReward',
  'observationLarge',
  'observationStill',
  'rewardScale',
  'endless',
  'annealed',
  'discountShort',
  'lambdaShort',
  'clipWide',
  'entropyBonus',
  'minibatchSmall',
  'klSpikes',
  'clipSaturated',
  'gradientClipped',
  'stepsTooSmall',
  'entropyGone',
  'entropyGrows',
  'choiceNever',
  'valueBlind',
  'fell',
  'lateActions',
  'machineSlow',
] as const;
/** Names a rule of the doctor. */
export type RuleId = (typeof ruleIds)[number];

/** What a finding rests on: a figure of the curve, over some updates, that is past where it should stay. */
export interface Evidence {
  /** By which key points hold the figure; a chart of that key marks the updates. A setting's key where it is the setting. */
  readonly metric: string;
  /** As it is, over those updates: their median where they differ. */
  readonly value: number;
  /** Where it should stay below, or above. */
  readonly limit: number;
  readonly fromVersion: number;
  readonly toVersion: number;
  /** Of an observation or a choice: what it is called. */
  readonly name?: string;
}

/** How a finding's patch is meant. */
export type Cure =
  /** The run goes on with it. */
  | 'goOn'
  /** Another run begins with it: this one's policy is beyond repair, or the setting belongs to a run from its start. */
  | 'afresh'
  /** The run goes back to its best policy. */
  | 'backToBest'
  /** No setting helps: the game has to change, or the machine. */
  | 'elsewhere';

/** Something that keeps an agent from learning. */
export interface Finding {
  readonly rule: RuleId;
  /** `harmful`: as far as it goes on like this, little is learned. `doubtful`: it may be meant. */
  readonly severity: 'harmful' | 'doubtful';
  readonly evidence: Evidence;
  readonly cure: Cure;
  /** Settings to change; empty where none helps. */
  readonly patch: SettingsPatch;
}
