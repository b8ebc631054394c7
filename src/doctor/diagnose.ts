import type { Finding } from '../contract';
import { Course, type RunToJudge } from './course';
import { entropyGone, entropyGrows, valueBlind } from './exploration';
import { fell } from './fallen';
import { lateActions, machineSlow } from './machine';
import { endless, noReward, rewardScale } from './rewards';
import type { Rule } from './rule';
import {
  annealed,
  clipWide,
  discountShort,
  entropyBonus,
  lambdaShort,
  minibatchSmall,
} from './settings-rules';
import { choiceNever, observationLarge, observationStill } from './sights';
import { clipSaturated, gradientClipped, klSpikes, stepsTooSmall } from './steps';

/** Every rule: causes before what follows from them, so that the first finding is the one to begin with. */
export const rules: readonly Rule[] = [
  noReward,
  observationLarge,
  observationStill,
  rewardScale,
  endless,
  annealed,
  discountShort,
  lambdaShort,
  clipWide,
  entropyBonus,
  minibatchSmall,
  klSpikes,
  clipSaturated,
  gradientClipped,
  stepsTooSmall,
  entropyGone,
  entropyGrows,
  choiceNever,
  valueBlind,
  fell,
  lateActions,
  machineSlow,
];

/**
 * What keeps a run from learning, as far as its curve and settings show: what is harmful first, and causes before what
 * follows from them.
 *
 * @returns nothing where all is well, or where too little has been learned to tell.
 */
export function diagnose(run: RunToJudge): readonly Finding[] {
  const course = new Course(run);
  const found = rules.flatMap(({ id, judge }): Finding[] => {
    const verdict = judge(course);
    return verdict === null ? [] : [{ rule: id, ...verdict }];
  });
  const rank = ({ severity }: Finding) => (severity === 'harmful' ? 0 : 1);
  return found.toSorted((a, b) => rank(a) - rank(b));
}
