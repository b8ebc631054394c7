import {
  type Cure,
  type Finding,
  type Hyperparameters,
  type RuleId,
  settingChanges,
  withPatch,
} from '../contract';
import { changeText } from './settings';

/** How a measured value is written. */
export type Format = (value: number) => string;

const percent = (share: number): string => `${Math.round(100 * share)} %`;
/** Such as “what is seen” in quotes, where it has a name. */
const called = (name: string | undefined, otherwise: string): string =>
  name === undefined || name === '' ? otherwise : `“${name}”`;

/** A finding in a sentence: what was found, and what it does. */
const sentences: Readonly<Record<RuleId, (evidence: Finding['evidence'], format: Format) => string>> = {
  noReward: () => 'No decision has ever been paid for, so there is nothing to learn from.',
  observationLarge: ({ name, value }, format) =>
    `${called(name, 'What the agent sees')} comes to ${format(value)}; the net expects numbers near ±1.`,
  observationStill: ({ name }) =>
    `${called(name, 'A number that the agent sees')} has never changed, so it tells nothing.`,
  rewardScale: ({ value }, format) =>
    `Returns are of the size ${format(value)}; the critic learns those near 1 to 100 best.`,
  endless: ({ value }, format) =>
    `No episode has ended for ${format(value)} decisions of each agent, so nothing is tried anew.`,
  annealed: () => 'The learning rate has come to 0, so nothing is learned any more.',
  discountShort: ({ value }, format) =>
    `With a discount of ${format(value)} the agent looks ${format(1 / Math.max(1e-9, 1 - value))} decisions ahead, and no further.`,
  lambdaShort: ({ value }, format) =>
    `With λ at ${format(value)} advantages are the critic’s guess, which is not right yet.`,
  clipWide: ({ value }, format) => `A clip range of ${format(value)} holds no update back.`,
  entropyBonus: ({ value }, format) =>
    `The entropy bonus of ${format(value)} pays more for trying than for doing well.`,
  minibatchSmall: ({ value }, format) =>
    `A few steps carry the advantages (kurtosis ${format(value)}): too few of them are in a minibatch.`,
  klSpikes: ({ value, limit }, format) =>
    `Updates move the policy too far at once: KL ${format(value)}, where ${format(limit)} is much.`,
  clipSaturated: ({ value }) => `${percent(value)} of the steps are past the clip: updates are too large.`,
  gradientClipped: ({ value }, format) =>
    `Every gradient is cut down, from a norm of ${format(value)}: the critic’s drowns the policy’s.`,
  stepsTooSmall: ({ value }, format) => `Updates hardly move the policy: KL ${format(value)}.`,
  entropyGone: () => 'The policy tries nothing new any more, and has not learned what to do.',
  entropyGrows: ({ value }, format) =>
    `The policy’s actions spread more and more (entropy ${format(value)}), and it gains nothing by it.`,
  choiceNever: ({ name }) =>
    `${called(name, 'One of the choices')} is not tried any more, and nothing was gained by that.`,
  valueBlind: ({ value }) =>
    `The critic foresees nothing: it explains ${percent(Math.max(0, value))} of how returns vary.`,
  fell: ({ value, limit }, format) =>
    `The return fell to ${format(value)}, from ${format(limit)} at its best.`,
  lateActions: ({ value }) => `${percent(value)} of the actions come too late for their moment.`,
  machineSlow: ({ metric, value }, format) =>
    metric === 'updateMs'
      ? `An update takes ${format(value / 1000)} s: this machine has too much to learn from.`
      : `A frame takes ${format(value)} ms: this machine has too much to do.`,
};

export function findingSentence({ rule, evidence }: Finding, format: Format): string {
  return sentences[rule](evidence, format);
}

const cureTexts: Readonly<Record<Cure, string>> = {
  goOn: '',
  afresh: 'Begin again',
  backToBest: 'Back to the best',
  elsewhere: '',
};

/** What the button says that applies a finding's patch to a run with these settings; empty where it has none. */
export function cureLabel(
  { cure, patch }: Pick<Finding, 'cure' | 'patch'>,
  settings: Hyperparameters,
): string {
  const changes = settingChanges(settings, withPatch(settings, patch)).map(changeText).join(', ');
  const how = cureTexts[cure];
  if (how === '' || changes === '') return how === '' ? changes : how;
  return `${how}: ${changes}`;
}

/** What each rule looks for, as the guide lists them. */
export const ruleMeanings: Readonly<Record<RuleId, string>> = {
  noReward: 'no decision has ever been paid for',
  observationLarge: 'a number that is seen is far from ±1',
  observationStill: 'a number that is seen has never changed',
  rewardScale: 'returns are so large, or so small, that the critic cannot learn them',
  endless: 'no episode ends',
  annealed: 'the learning rate has come to 0',
  discountShort: 'the discount lets the agent look a few decisions ahead only',
  lambdaShort: 'λ is so small that advantages are the critic’s guess',
  clipWide: 'the clip range holds no update back',
  entropyBonus: 'the entropy bonus pays more than the game',
  minibatchSmall: 'too few steps of a minibatch carry the advantages',
  klSpikes: 'updates move the policy too far at once',
  clipSaturated: 'most steps are past the clip',
  gradientClipped: 'every gradient is cut down to a small share',
  stepsTooSmall: 'updates hardly move the policy',
  entropyGone: 'the policy tries nothing any more, and has not learned what to do',
  entropyGrows: 'the policy’s actions spread without end',
  choiceNever: 'a choice is not tried any more',
  valueBlind: 'the critic explains nothing of how returns vary',
  fell: 'the return fell far below its best',
  lateActions: 'actions come too late for their moment',
  machineSlow: 'frames or updates take too long on this machine',
};

/** What is to be done where no setting helps. */
const elsewhereTexts: Partial<Readonly<Record<RuleId, string>>> = {
  noReward: 'Pay for a smaller step on the way, such as coming nearer.',
  observationStill: 'Read it from where it changes, or leave it out.',
  endless: 'Say when an episode is over, or give it a smaller limit.',
  valueBlind: 'Does the agent see what its reward depends on?',
  machineSlow: 'Close other pages, or choose a smaller net.',
};

/** What is to be done about a finding, in a few words; empty where nobody knows. */
export function adviceText(finding: Finding, settings: Hyperparameters): string {
  const label = cureLabel(finding, settings);
  return label === '' ? (elsewhereTexts[finding.rule] ?? '') : label;
}

export const doctorTexts = {
  title: 'What keeps it from learning',
  doubtfulTitle: 'What could go better',
  well: 'Nothing found: it learns as it should, as far as its curve shows.',
  applied: 'Applied.',
  takeBack: 'Take it back',
  shownIn: (from: number, to: number) =>
    from === to ? `See update ${from}` : `See updates ${from} to ${to}`,
} as const;
