import type { MetricPoint } from '../contract';
import { byReturn, byWinRate, type Collapse, CollapseWatch } from './collapse';
import type { Course } from './course';
import { gentlerSteps } from './remedies';
import { fewUpdates, type Rule } from './rule';

/** The return fell far below its best, and has stayed there: some policies fall for a few updates, and rise again. */
export const fell: Rule = {
  id: 'fell',
  judge(course) {
    const collapse = course.isWell ? null : lastCollapse(course);
    if (collapse === null) return null;
    return {
      severity: 'harmful',
      evidence: {
        metric: course.isAlone ? 'meanReturn' : 'winRate',
        value: collapse.value,
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
function lastCollapse({ points, isAlone }: Course): Collapse | null {
  const watch = new CollapseWatch(isAlone ? byReturn : byWinRate);
  let told: Collapse | null = null;
  let nowMs = 0;
  let before: MetricPoint | null = null;
  for (const point of points) {
    nowMs += msBetween(before, point);
    told = watch.take(point, nowMs) ?? told;
    if (point.values['wentBackTo'] !== undefined) watch.wentBack();
    if (!watch.isLow) told = null;
    before = point;
  }
  if (told === null || told.code !== 'fallen') return null;
  const { sinceVersion } = told;
  return points.filter(({ version }) => version >= sinceVersion).length > fewUpdates ? told : null;
}

/** How long the decisions from one point to the next took, as far as points tell. */
function msBetween(before: MetricPoint | null, { decisions, values }: MetricPoint): number {
  const rate = values['decisionsPerSecond'] ?? 0;
  return rate > 0 ? (1_000 * (decisions - (before?.decisions ?? 0))) / rate : 0;
}
