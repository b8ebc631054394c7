import { followingValue } from '../agent/gae';
import { biasVariance, returnsThatCame } from '../inspector/bias-variance';
import { noMistakes } from '../inspector/what-if';
import { cellOf, type Moment, usedMoment, worked } from './moment';

const reward = ({ captured, ...at }: Moment) => captured.rewards[cellOf({ captured, ...at })]!;
const value = ({ captured, ...at }: Moment) => captured.values[cellOf({ captured, ...at })]!;
/** V(s′) as it counts: 0 after a real end, of the last view after a cut. */
const nextValue = (moment: Moment) => {
  const { supposed } = worked(moment);
  return followingValue(supposed.input, cellOf(moment), supposed.bootstrapTruncated);
};
/** The value in the next row, whosever it is. */
const rowBelow = ({ captured, ...at }: Moment) =>
  captured.values[cellOf({ captured, ...at }) + captured.shape.agents]!;
const finalValue = ({ captured, ...at }: Moment) => captured.finalValues[cellOf({ captured, ...at })]!;
const residual = (moment: Moment) => worked(moment).residuals[cellOf(moment)]!;
const rewardAfter = (moment: Moment, later: number) => reward({ ...moment, step: moment.step + later });
const spreadAt = (moment: Moment, gaeLambda: number) => {
  const { captured, whatIf } = moment;
  const { advantages } = worked(moment, { gaeLambda });
  return biasVariance(captured, advantages, returnsThatCame(captured, whatIf.discount)).spread ?? Number.NaN;
};
const ratio = ({ captured, step }: Moment) => captured.ratios[step]!;
const oldProbability = ({ captured, step }: Moment) => Math.exp(captured.logProbabilities[step]!);
const newProbability = ({ captured, step }: Moment) => Math.exp(captured.newLogProbabilities[step]!);
const normalised = ({ captured, step }: Moment) => captured.normalised[step]!;
const advantage = (moment: Moment) => worked(moment).advantages[cellOf(moment)]!;
const clipRange = ({ captured }: Moment) => captured.settings.clipRange;

/** With a mistake, and nothing else wrong. */
const mistaken = (moment: Moment, mistake: keyof typeof noMistakes) =>
  worked(moment, { mistakes: { ...noMistakes, [mistake]: true } });

/** How many of the agent's advantages the time limit taken for death changes. */
const changedRows = (moment: Moment) => {
  const { captured } = moment;
  const right = worked(moment, { mistakes: noMistakes }).advantages;
  const wrong = mistaken(moment, 'timeLimitAsDeath').advantages;
  return Array.from(captured.ratios.keys()).filter((step) => {
    const cell = cellOf({ ...moment, step });
    return right[cell] !== wrong[cell];
  }).length;
};

/**
 * What can be asked about a step: each worked out of the rollout that is looked at, by the functions that the agent
 * learns with. Those after a `not` are what somebody gets who makes a usual mistake.
 */
export const quantities = {
  reward,
  value,
  nextValue,
  residual,
  advantage,
  ratio,
  oldProbability,
  newProbability,
  clipRange,
  zero: () => 0,
  one: () => 1,
  discount: ({ whatIf }) => whatIf.discount,
  lambda: ({ whatIf }) => whatIf.gaeLambda,
  usedAdvantage: (moment) => advantage(usedMoment(moment)),
  /** Â, by which PPO pulls. */
  normalised,

  /** What the same reward for ever is worth. */
  endless: (moment) => reward(moment) / (1 - moment.whatIf.discount),
  notEndlessDiscount: ({ whatIf }) => whatIf.discount,
  notEndlessProduct: (moment) => reward(moment) * moment.whatIf.discount,
  /** R with λ = 1, which is what really came. */
  cameTrue: (moment) => worked(moment, { gaeLambda: 1, mistakes: noMistakes }).returns[cellOf(moment)]!,
  firstLater: (moment) => rewardAfter(moment, 1),
  secondLater: (moment) => rewardAfter(moment, 2),
  notDiscounted: (moment) => reward(moment) + rewardAfter(moment, 1) + rewardAfter(moment, 2),
  notLater: reward,

  /** δ without the discount, without the reward, the wrong way round, without what was expected before. */
  notResidualDiscounted: (moment) => reward(moment) + nextValue(moment) - value(moment),
  notResidualRewarded: (moment) => moment.whatIf.discount * nextValue(moment) - value(moment),
  notResidualTurned: (moment) => -residual(moment),
  notResidualExpected: (moment) => reward(moment) + moment.whatIf.discount * nextValue(moment),
  /** δ at an episode's end by the next row, which is another episode’s. */
  notResidualBelow: (moment) => reward(moment) + moment.whatIf.discount * rowBelow(moment) - value(moment),
  /** δ where nothing follows. */
  notResidualDead: (moment) => reward(moment) - value(moment),

  /** What a surprise two steps later weighs. */
  weightTwoLater: ({ whatIf }) => (whatIf.discount * whatIf.gaeLambda) ** 2,
  notWeightOnce: ({ whatIf }) => whatIf.discount * whatIf.gaeLambda,
  notWeightLambda: ({ whatIf }) => whatIf.gaeLambda ** 2,
  notWeightDiscount: ({ whatIf }) => whatIf.discount ** 2,
  notWeightDoubled: ({ whatIf }) => 2 * whatIf.discount * whatIf.gaeLambda,
  spreadAtZero: (moment) => spreadAt(moment, 0),
  spreadAtOne: (moment) => spreadAt(moment, 1),

  notRatioTurned: (moment) => 1 / ratio(moment),
  notRatioDifference: (moment) => newProbability(moment) - oldProbability(moment),
  upperBound: (moment) => 1 + clipRange(moment),
  lowerBound: (moment) => 1 - clipRange(moment),
  /** How far the ratio has gone in the direction that Â pulls; past ε the clip holds. */
  goneAlong: (moment) => Math.sign(normalised(moment)) * (ratio(moment) - 1),

  /** V of the last view before a cut. */
  finalValue,
  /** What the critic should learn at a cut: r + γ V of the last view. */
  cutTarget: (moment) => worked(moment, { mistakes: noMistakes }).returns[cellOf(moment)]!,
  deadTarget: (moment) => mistaken(moment, 'timeLimitAsDeath').returns[cellOf(moment)]!,
  resetTarget: (moment) => mistaken(moment, 'resetForFinal').returns[cellOf(moment)]!,
  notCutDiscounted: (moment) => reward(moment) + finalValue(moment),
  changedRows,
} as const satisfies Record<string, (moment: Moment) => number>;

export type Quantity = keyof typeof quantities;
export const quantityNames = Object.keys(quantities) as [Quantity, ...Quantity[]];
