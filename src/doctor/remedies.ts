import type { Cure, Hyperparameters, SettingsPatch } from '../contract';
import type { Course } from './course';

// What rules propose: towards the settings that this game is known to be learned with, where those lie on the right side
// of what there is; else towards what most games are learned with.

/** Of settings that are a number. */
export type NumberKey = {
  [Key in keyof Hyperparameters]: Hyperparameters[Key] extends number ? Key : never;
}[keyof Hyperparameters];

/** A setting made smaller. @param otherwise where nothing is known of the game, or that is no smaller. */
export function lower({ settings, usual }: Course, key: NumberKey, otherwise: number): SettingsPatch {
  const known = usual?.[key];
  const value = known !== undefined && known < settings[key] ? known : otherwise;
  return value < settings[key] ? { [key]: value } : {};
}

/** A setting made larger, as `lower`. */
export function higher({ settings, usual }: Course, key: NumberKey, otherwise: number): SettingsPatch {
  const known = usual?.[key];
  const value = known !== undefined && known > settings[key] ? known : otherwise;
  return value > settings[key] ? { [key]: value } : {};
}

/** What learns in gentler steps: a lower learning rate, and no more than a few passes over each rollout. */
export function gentlerSteps(course: Course): SettingsPatch {
  const { learningRate, epochs } = course.settings;
  const known = course.usual;
  // What is known to be right is not the culprit: the passes are, or the step is too long for this seed.
  const rate = lower(course, 'learningRate', Math.min(learningRate / 4, commonLearningRate * 10));
  return known !== null && known.epochs >= epochs ? rate : { ...rate, ...lower(course, 'epochs', 10) };
}

/** The smallest of those that many games are learned with. */
const commonLearningRate = 1e-4;
/** Nothing is learned from fewer steps at once without reason. */
const commonMinibatch = 64;

/** A larger minibatch that divides what there is to learn from. */
export function largerMinibatch({ settings, usual }: Course): SettingsPatch {
  const { minibatchSize, rolloutLength, arenas } = settings;
  const wanted = Math.max(commonMinibatch, usual?.minibatchSize ?? 0, 2 * minibatchSize);
  const batch = rolloutLength * arenas;
  for (let size = wanted; size <= batch; size++) {
    if (batch % size === 0) return { minibatchSize: size };
  }
  return minibatchSize < batch ? { minibatchSize: batch } : {};
}

/** A discrete policy that draws from less than this share of its first entropy tries nothing any more. */
const goneShare = 0.02;
/** A Gaussian's entropy at a standard deviation of 0.02. */
const goneNatsAnAxis = -2.5;
/** And at one of 7, where most of what it draws is clipped. */
const wildNatsAnAxis = 3.4;

/** Whether a policy's entropy is as good as gone: what it does it does for sure. */
export function isDecided(course: Course): boolean {
  const [entropy] = course.latest('entropy', 1);
  const first = course.first('entropy');
  if (entropy === undefined || first === null) return false;
  if (course.axes > 0) return entropy / course.axes < goneNatsAnAxis;
  return entropy < goneShare * first;
}

/** Whether a Gaussian policy's spread is past all bounds. */
export function isWild(course: Course): boolean {
  const [entropy] = course.latest('entropy', 1);
  return course.axes > 0 && entropy !== undefined && entropy / course.axes > wildNatsAnAxis;
}

/** Whether a run can go on with a patch, or its policy is beyond repair. */
export function onward(course: Course): Cure {
  const isBeyondRepair = isDecided(course) || isWild(course) || hasUnlearned(course);
  return !course.isWell && isBeyondRepair ? 'afresh' : 'goOn';
}

/** Whether a run does worse than by the chance it began with: what it has learned is in the way. */
function hasUnlearned({ progress }: Course): boolean {
  return progress !== null && progress.now < progress.start - progress.spread;
}
