import type { HyperparameterKey } from '../contract';
import { judge, type Verdict } from './answers';
import { type Facts, holds, momentOf } from './facts';
import type { Lesson, LessonStep } from './lesson';
import type { Moment } from './moment';
import { places } from './places';

/** How far somebody is in a lesson. Immutable. */
export interface Progress {
  /** The step's number; that of steps where the lesson is over. */
  readonly at: number;
  /** Wrong answers to the step so far. */
  readonly tries: number;
  /** Of the last answer; null before one. */
  readonly verdict: Verdict | null;
  /** The step may be left: it was done, answered, or its answer was shown. */
  readonly isMet: boolean;
  /** It was so as the step began: nobody did it for this step. */
  readonly wasSo: boolean;
  /** The right answer was shown rather than found. */
  readonly wasShown: boolean;
  /** Whether questions that are behind were right at the first try, by their ids. */
  readonly results: Readonly<Record<string, boolean>>;
}

const atStep = { tries: 0, verdict: null, isMet: false, wasSo: false, wasShown: false };

/** @param at where it was left. @param results of then. */
export function begun(at = 0, results: Progress['results'] = {}): Progress {
  return { at, ...atStep, results };
}

/** So many wrong answers, and the right one is offered. */
export const triesBeforeShown = 2;

/** The steps of a lesson in a game, without those that would change what cannot be changed. */
export function stepsOf(
  { steps }: Lesson,
  game: string,
  canChange: (key: HyperparameterKey) => boolean,
): readonly LessonStep[] {
  return steps.filter((step) => {
    const isOfGame = step.place === undefined || (placesOfGame[step.place] ?? [game]).includes(game);
    const changes = step.kind === 'do' && step.check.check === 'setting' ? step.check.key : null;
    return isOfGame && (changes === null || canChange(changes));
  });
}

/** Where only some games have such steps. In Swing no episode really ends. */
const placesOfGame: { readonly [place in keyof typeof places]?: readonly string[] } = {
  end: ['balance'],
  nearEnd: ['balance'],
};

/** The moment that a step is about, in what is in the inspector; null where there is none such. */
export function momentAt(step: LessonStep, facts: Facts): Moment | null {
  const moment = momentOf(facts);
  if (moment === null || step.place === undefined) return moment;
  const steps: readonly number[] = places[step.place](moment);
  // Of several, the one that is looked at.
  const at = steps.includes(moment.step) ? moment.step : steps[0];
  return at === undefined ? null : { ...moment, step: at };
}

/** Whether there is nothing in the inspector that the step could be about: then another update is needed first. */
export function isWanting(step: LessonStep, facts: Facts): boolean {
  const needs = step.place !== undefined || step.kind === 'predict';
  return needs && momentAt(step, facts) === null;
}

/** After something on the page changed. What was done once stays done. */
export function noticed(progress: Progress, step: LessonStep | undefined, facts: Facts): Progress {
  if (step === undefined || progress.isMet) return progress;
  const isMet =
    step.kind === 'look' ? !isWanting(step, facts) : step.kind === 'do' && holds(step.check, facts);
  return isMet ? { ...progress, isMet } : progress;
}

/** As a step begins: what it waits for may be so already. */
export function arrived(progress: Progress, step: LessonStep | undefined, facts: Facts): Progress {
  const met = noticed(progress, step, facts);
  return step?.kind === 'do' && met.isMet ? { ...met, wasSo: true } : met;
}

/** After an answer: once it is right, or shown, others change nothing. */
export function answered(
  progress: Progress,
  step: LessonStep | undefined,
  facts: Facts,
  text: string,
): Progress {
  if (step?.kind !== 'predict' || progress.isMet) return progress;
  const moment = momentAt(step, facts);
  if (moment === null) return progress;
  const verdict = judge(step.answer, moment, text);
  const isMet = verdict.kind === 'right';
  const isWrong = !isMet && verdict.kind !== 'unreadable';
  return { ...progress, verdict, isMet, tries: progress.tries + (isWrong ? 1 : 0) };
}

/** Gives the answer away. */
export function shown(progress: Progress, step: LessonStep | undefined): Progress {
  if (step?.kind !== 'predict' || progress.isMet || progress.tries < triesBeforeShown) return progress;
  return { ...progress, isMet: true, wasShown: true };
}

/** Goes on, where the step may be left. */
export function next(progress: Progress, step: LessonStep | undefined): Progress {
  if (step === undefined || !progress.isMet) return progress;
  // Whoever comes back to a question knows its answer.
  const isNew = step.kind === 'predict' && !(step.id in progress.results);
  const isAtOnce = progress.tries === 0 && !progress.wasShown;
  const results = isNew ? { ...progress.results, [step.id]: isAtOnce } : progress.results;
  return { ...begun(progress.at + 1, results) };
}

/** One step back. */
export function previous(progress: Progress): Progress {
  return progress.at === 0 ? progress : begun(progress.at - 1, progress.results);
}
