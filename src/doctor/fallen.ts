import type { MetricPoint } from '../contract';
import { mean } from './averages';
import { type Collapse, CollapseWatch, measureOf } from './collapse';
import { type Course, msBetween } from './course';
import { gentlerSteps } from './remedies';
import { fewUpdates, type Rule } from './rule';

/** The return fell far below its best, and stays there: some policies fall, and rise again by themselves. */
export const fell: Rule = {
  id: 'fell',
  judge(course) {
    const collapse = course.isWell ? null : lastCollapse(course);
    if (collapse === null) return null;
    const lows = measuresSince(course, collapse.sinceVersion);
    if (isRising(lows, collapse.best.value)) return null;
    return {
      severity: 'harmful',
      evidence: {
        metric: course.isAlone ? 'meanReturn' : 'winRate',
        value: lows.at(-1) ?? collapse.value,
        limit: collapse.best.value,
        fromVersion: collapse.sinceVersion,
        toVersion: course.points.at(-1)?.version ?? collapse.sinceVersion,
      },
      cure: 'backToBest',
      patch: gentlerSteps(course),
    };
  },
};

/** The collapse that a run is in at its end. */
function lastCollapse(course: Course): Collapse | null {
  const { points } = course;
  const watch = new CollapseWatch(measureOf(course.spec));
  let told: Collapse | null = null;
  let nowMs = 0;
  let before: MetricPoint | null = null;
  for (const point of points) {
    nowMs += msBetween(before, point) ?? 0;
    told = watch.take(point, nowMs) ?? told;
    if (point.values['wentBackTo'] !== undefined) watch.wentBack();
    if (!watch.isLow) told = null;
    before = point;
  }
  if (told === null || told.code !== 'fallen') return null;
  const { sinceVersion } = told;
  return points.filter(({ version }) => version >= sinceVersion).length > fewUpdates ? told : null;
}

function measuresSince(course: Course, sinceVersion: number): readonly number[] {
  const measure = measureOf(course.spec);
  const lows = course.points.filter(({ version }) => version >= sinceVersion);
  return lows.flatMap((point) => measure(point) ?? []);
}

/** Who wins back so much of what was lost in `fewUpdates` is on the way up. */
const risingShare = 0.2;

/** Whether a run that fell climbs back: the later half of what was measured lately, by the half before. */
function isRising(lows: readonly number[], best: number): boolean {
  const latest = lows.slice(-2 * fewUpdates);
  const middle = Math.ceil(latest.length / 2);
  const lost = best - Math.min(...lows);
  return mean(latest.slice(-middle)) - mean(latest.slice(0, middle)) >= risingShare * lost;
}
