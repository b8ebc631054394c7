import * as v from 'valibot';
import { noMistakes } from '../inspector/what-if';
import { placeNames } from './places';
import { quantityNames } from './quantities';

// A lesson is data: this is all that it can say. Its sentences stand in `texts/lessons`, by its id and its steps' ids.

/** What a step can point at: by these names elements of the page are marked. */
export const targets = [
  'game',
  'inspect',
  'lambda',
  'gamma',
  'meter',
  'mistakes',
  'timeLimitAsDeath',
  'resetForFinal',
  'asUsed',
  'surprises',
  'stems-r',
  'stems-V',
  'stems-δ',
  'stems-A',
  'moment',
  'formula-δ',
  'formula-A',
  'formula-R',
  'forms',
  'terms-sum',
  'steps',
  'column-ratio',
  'column-clip',
  'column-end',
  'setting-clipRange',
] as const;
export type Target = (typeof targets)[number];

/** What is out of sight in the inspector while it is asked for. */
export const columns = ['V′', 'δ', 'A', 'R', 'ratio', 'clip'] as const;
export type Column = (typeof columns)[number];

/** Typeset beside the words, with the step's numbers; what is asked for stands open. */
export const formulas = [
  'endless',
  'came',
  'residual',
  'residualAtEnd',
  'advantage',
  'weight',
  'ratio',
  'clip',
  'cut',
] as const;
export type FormulaName = (typeof formulas)[number];

const id = v.pipe(v.string(), v.regex(/^[a-z][a-zA-Z]*$/));
const quantity = v.picklist(quantityNames);
const place = v.picklist(placeNames);
const setting = v.picklist(['clipRange', 'gaeLambda', 'discount', 'bootstrapTruncated']);

/** Something of the page that has to be so. */
const check = v.variant('check', [
  /** An update is in the inspector. */
  v.strictObject({ check: v.literal('captured') }),
  /** A step of that kind is chosen there. */
  v.strictObject({ check: v.literal('lookedAt'), place }),
  /** λ or γ stands there between two bounds. */
  v.strictObject({
    check: v.literal('supposed'),
    what: v.picklist(['gaeLambda', 'discount']),
    from: v.number(),
    to: v.number(),
  }),
  v.strictObject({
    check: v.literal('mistake'),
    mistake: v.picklist(Object.keys(noMistakes) as [keyof typeof noMistakes]),
    on: v.boolean(),
  }),
  /** Everything stands as the update had it. */
  v.strictObject({ check: v.literal('asUsed') }),
  /** A number among the run's settings is so large at least; with `used`, in the update in the inspector too. */
  v.strictObject({ check: v.literal('setting'), key: setting, atLeast: v.number(), used: v.boolean() }),
]);
export type Check = v.InferOutput<typeof check>;

/** Any number, near enough to the right one. */
const numberAnswer = v.strictObject({
  kind: v.literal('number'),
  right: quantity,
  /** Of the right number, and never less than 0.006: three digits are shown. */
  relative: v.pipe(v.number(), v.minValue(0), v.maxValue(0.1)),
  /** What usual mistakes come to; each has words of its own. */
  usual: v.array(v.strictObject({ is: quantity, id })),
});

/** One of some choices: which, two quantities tell. */
const choiceAnswer = v.strictObject({
  kind: v.literal('choice'),
  compare: v.tuple([quantity, quantity]),
  /** Where the first is less, the same within a thousandth, or more. */
  less: id,
  same: id,
  more: id,
  /** Others that are never right. */
  others: v.array(id),
});
export type Answer = v.InferOutput<typeof numberAnswer> | v.InferOutput<typeof choiceAnswer>;

const anyStep = {
  id,
  /** What it points at. */
  target: v.optional(v.picklist(targets)),
  /** The step of the rollout that it is about. */
  place: v.optional(place),
  formula: v.optional(v.picklist(formulas)),
  /** Numbers of that step that stand beside the words. */
  given: v.optional(v.array(quantity), []),
};

const step = v.variant('kind', [
  /** Points at something. */
  v.strictObject({ kind: v.literal('look'), ...anyStep }),
  /** Waits until something is so. */
  v.strictObject({ kind: v.literal('do'), ...anyStep, check }),
  /** Asks for a number or a choice. */
  v.strictObject({
    kind: v.literal('predict'),
    ...anyStep,
    hides: v.optional(v.array(v.picklist(columns)), []),
    answer: v.variant('kind', [numberAnswer, choiceAnswer]),
  }),
]);
export type LessonStep = v.InferOutput<typeof step>;

const lesson = v.strictObject({
  id,
  /** The games that it can be taken in; the first by default. */
  games: v.pipe(v.array(v.string()), v.minLength(1)),
  /** Laid over the game's own settings, so that there is something to see; those that a classroom link names win. */
  settings: v.record(v.string(), v.union([v.number(), v.string(), v.boolean()])),
  speed: v.picklist(['1', '4', '16', 'max']),
  steps: v.pipe(v.array(step), v.minLength(1)),
});
export type Lesson = v.InferOutput<typeof lesson>;
/** As somebody writes it down, before what is left out is filled in. */
export type WrittenLesson = v.InferInput<typeof lesson>;

/** @throws ValiError where it is no lesson, Error where its parts do not fit each other. */
export function readLesson(data: unknown): Lesson {
  const read = v.parse(lesson, data);
  const ids = read.steps.map((each) => each.id);
  if (new Set(ids).size < ids.length) throw new Error(`Two steps of “${read.id}” have the same id.`);
  for (const each of read.steps) {
    const isAsked = each.kind === 'predict' || each.given.length > 0 || each.formula !== undefined;
    if (isAsked && each.place === undefined)
      throw new Error(`“${each.id}” of “${read.id}” is about no place.`);
  }
  return read;
}

/** The choices of an answer, each once, as they are shown. */
export function choicesOf(answer: Answer): readonly string[] {
  if (answer.kind === 'number') return [];
  const { less, same, more, others } = answer;
  return [...new Set([less, same, more, ...others])];
}
