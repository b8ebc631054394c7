import type { Evidence } from '../contract';
import { actionLayout } from '../contract';
import { below, type Course } from './course';
import { largestSight } from './limits';
import { higher } from './remedies';
import { fewUpdates, type Rule, settledUpdates } from './rule';

// What the agent sees and does.

/** A game that says so may go beyond it, by as much as still does no harm. */
const largestDeclared = 10;

/** Up to where one of an observation's numbers may go. */
function limitOf({ spec }: Course, index = 0): number {
  const { low, high } = spec.observationSpace;
  const declared = Math.max(Math.abs(low[index] ?? 0), Math.abs(high[index] ?? 0));
  return Math.max(largestSight, declared <= largestDeclared ? declared : 0);
}

/** Numbers far beyond ±1 saturate the first layer, and drown the others. */
export const observationLarge: Rule = {
  id: 'observationLarge',
  judge(course) {
    const { normaliseObservations } = course.settings;
    const [index] = course.latest('largestObservationAt', 1);
    const evidence = course.usually('largestObservation', fewUpdates, limitOf(course, index));
    if (evidence === null || normaliseObservations) return null;
    return {
      severity: course.isWell ? 'doubtful' : 'harmful',
      evidence: named(evidence, course, 'largestObservationAt'),
      cure: 'afresh',
      patch: { normaliseObservations: true },
    };
  },
};

/** A number that never changes tells nothing, and was mostly meant to. */
export const observationStill: Rule = {
  id: 'observationStill',
  judge(course) {
    const { points, spec } = course;
    if (points.length < settledUpdates) return null;
    const stills = points.map(({ values }) => values['stillObservationAt'] ?? null);
    const first = stills[0];
    if (first === null || first === undefined || stills.some((still) => still !== first)) return null;
    if (isPartOfSensor(spec.observationSpace.names, first)) return null;
    return {
      severity: 'doubtful',
      evidence: {
        metric: 'stillObservationAt',
        value: first,
        limit: 0,
        fromVersion: points[0]?.version ?? 0,
        toVersion: points.at(-1)?.version ?? 0,
        name: spec.observationSpace.names[first] ?? '',
      },
      cure: 'elsewhere',
      patch: {},
    };
  },
};

/** A sensor's numbers share their first word, such as rays; one of them may rest for long, where nothing comes by. */
function isPartOfSensor(names: readonly string[], index: number): boolean {
  const [word] = (names[index] ?? '').split(' ');
  return names.filter((name) => name.startsWith(`${word} `)).length > 1;
}

/** Taken less often than that, a choice is as good as never taken. */
const neverShare = 0.001;

/** A button that is not pressed any more, while nothing was gained by leaving it alone. */
export const choiceNever: Rule = {
  id: 'choiceNever',
  judge(course) {
    if (course.isWell || course.points.length < settledUpdates) return null;
    const evidence = course.always('rarestChoice', 2 * fewUpdates, neverShare, below);
    if (evidence === null) return null;
    const { entropyCoefficient } = course.settings;
    return {
      severity: 'harmful',
      evidence: named(evidence, course, 'rarestChoiceAt'),
      cure: 'afresh',
      patch: higher(course, 'entropyCoefficient', Math.max(0.01, 2 * entropyCoefficient)),
    };
  },
};

/** What of an observation, or which choice, the last update's evidence is about. */
function named(evidence: Evidence, course: Course, at: string): Evidence {
  const [index] = course.latest(at, 1);
  if (index === undefined) return evidence;
  const { observationSpace, actionSpace } = course.spec;
  const names =
    at === 'rarestChoiceAt'
      ? actionLayout(actionSpace).components.flatMap((each) => (each.kind === 'choice' ? each.labels : []))
      : observationSpace.names;
  return { ...evidence, name: names[index] ?? '' };
}
