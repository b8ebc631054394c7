import { lateDecisionsKey } from '../contract';
import { type Course, msBetween } from './course';
import { lower } from './remedies';
import { fewUpdates, type Rule } from './rule';

// Whether the machine keeps up.

/** Of all decisions, those whose action came too late for its tick. */
const mostLate = 0.2;

export const lateActions: Rule = {
  id: 'lateActions',
  judge(course) {
    const counted = course.points.filter(({ values }) => typeof values[lateDecisionsKey] === 'number');
    const window = counted.slice(-2 * fewUpdates);
    const [first, last] = [window[0], window.at(-1)];
    if (first === undefined || last === undefined || window.length < 2 * fewUpdates) return null;
    const decisions = last.decisions - first.decisions;
    const late = (last.values[lateDecisionsKey] ?? 0) - (first.values[lateDecisionsKey] ?? 0);
    if (decisions <= 0 || late / decisions <= mostLate) return null;
    const { decisionIntervalTicks, priority } = course.settings;
    const evidence = {
      metric: lateDecisionsKey,
      value: late / decisions,
      limit: mostLate,
      fromVersion: first.version,
      toVersion: last.version,
    };
    const patch =
      priority === 'gameFirst'
        ? { decisionIntervalTicks: Math.min(12, decisionIntervalTicks + 1) }
        : ({ priority: 'gameFirst' } as const);
    return { severity: 'doubtful', evidence, cure: 'goOn', patch };
  },
};

/** Who waits longer for an update does not see what a setting changes. */
const longestUpdateMs = 8_000;

/** Updates that take too long: fewer passes over each rollout. */
function behind(course: Course): ReturnType<Rule['judge']> {
  const evidence = course.usually('updateMs', 2 * fewUpdates, longestUpdateMs);
  if (evidence === null) return null;
  const patch = lower(course, 'epochs', Math.max(1, Math.floor(course.settings.epochs / 2)));
  const cure = Object.keys(patch).length === 0 ? 'elsewhere' : 'goOn';
  return { severity: 'doubtful', evidence, cure, patch };
}

/** A frame that takes longer is seen: below 25 a second. */
const longestFrameMs = 40;
/** And so for as long; at full speed a dozen updates are a moment. */
const slowForMs = 5_000;

/** How many of the latest updates took so long together; null where all did not. */
function updatesWithin({ points }: Course, wantedMs: number): number | null {
  let lastedMs = 0;
  for (const [back, point] of points.toReversed().entries()) {
    lastedMs += msBetween(points.at(-2 - back) ?? null, point) ?? wantedMs;
    if (lastedMs >= wantedMs) return back + 1;
  }
  return null;
}

export const machineSlow: Rule = {
  id: 'machineSlow',
  judge(course) {
    const lately = updatesWithin(course, slowForMs);
    const updates = Math.max(2 * fewUpdates, lately ?? 0);
    const evidence = lately === null ? null : course.usually('frameMs', updates, longestFrameMs);
    if (evidence === null) return behind(course);
    const { priority, arenas, rolloutLength, minibatchSize } = course.settings;
    const fewer = Math.max(1, Math.floor(arenas / 2));
    const fits = (fewer * rolloutLength) % minibatchSize === 0;
    const patch =
      priority !== 'gameFirst'
        ? ({ priority: 'gameFirst' } as const)
        : fits && fewer < arenas
          ? { arenas: fewer }
          : {};
    const cure = Object.keys(patch).length === 0 ? 'elsewhere' : 'goOn';
    return { severity: 'doubtful', evidence, cure, patch };
  },
};
