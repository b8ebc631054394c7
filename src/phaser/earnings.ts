import { aFunction, aNumber, checkValue, type OptionRule } from './options';

/** What an agent is paid for: how much of it came about in a step, and what one of it is worth. */
export interface Earning<Scene> {
  /** What one of it is worth. */
  readonly weight: number;
  /** What it pays for, in a sentence. */
  readonly description: string;
  /** Begins anew, at an episode's start. @returns what tells, after each step, how much came about in it. */
  readonly meter: (scene: Scene, stepsADecision: number, who: number) => (scene: Scene) => number;
}

/** What belongs where an earning does. */
export const isEarning: OptionRule = {
  wanted: 'an earning, such as gain, when, each or told make',
  allows: (value) => {
    const { weight, meter } = (value ?? {}) as Partial<Earning<never>>;
    return Number.isFinite(weight) && typeof meter === 'function';
  },
};

/**
 * The rise of a counter, such as a score: what it falls costs as much.
 *
 * @throws PlaytrainError `bad-environment` where the weight is no number.
 */
export function gain<Scene>(counter: (scene: Scene, who: number) => number, weight = 1): Earning<Scene> {
  checkValue('gain', 'counter', counter, aFunction);
  checkValue('gain', 'weight', weight, aNumber);
  return {
    weight,
    description: 'Pays what a counter rises by.',
    meter: (start, _stepsADecision, who) => {
      let before = counter(start, who);
      return (scene) => {
        const now = counter(scene, who);
        const rise = now - before;
        before = now;
        return rise;
      };
    },
  };
}

/**
 * Once, whenever something becomes true that was not.
 *
 * @throws PlaytrainError `bad-environment` where the weight is no number.
 */
export function when<Scene>(happens: (scene: Scene, who: number) => boolean, weight = 1): Earning<Scene> {
  checkValue('when', 'happens', happens, aFunction);
  checkValue('when', 'weight', weight, aNumber);
  return {
    weight,
    description: 'Pays when something comes about.',
    meter: (start, _stepsADecision, who) => {
      let before = happens(start, who);
      return (scene) => {
        const now = happens(scene, who);
        const isNew = now && !before;
        before = now;
        return isNew ? 1 : 0;
      };
    },
  };
}

/**
 * Every decision, for as long as the episode lasts.
 *
 * @param amount depends on the scene where it is a function.
 * @throws PlaytrainError `bad-environment` where it is neither a number nor a function.
 */
export function each<Scene>(amount: number | ((scene: Scene, who: number) => number)): Earning<Scene> {
  const isFixed = typeof amount === 'number';
  checkValue(
    'each',
    'amount',
    amount,
    isFixed ? aNumber : { ...aFunction, wanted: 'a number or a function' },
  );
  return {
    weight: isFixed ? amount : 1,
    description: 'Pays for every decision of an episode.',
    meter: (_start, stepsADecision, who) => {
      const share = 1 / stepsADecision;
      return isFixed ? () => share : (scene) => share * amount(scene, who);
    },
  };
}

/**
 * Whatever the game itself says with `agentOf(scene).reward`.
 *
 * @throws PlaytrainError `bad-environment` where the weight is no number.
 */
export function told<Scene extends object>(weight = 1): ToldEarning<Scene> {
  checkValue('told', 'weight', weight, aNumber);
  return {
    weight,
    description: 'Pays what the game says.',
    isTold: true,
    meter: () => () => 0,
  };
}

/** One whose amounts come from the game. */
export interface ToldEarning<Scene> extends Earning<Scene> {
  /** Tells it from those that read the scene. */
  readonly isTold: true;
}
