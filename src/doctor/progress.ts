import type { MetricPoint } from '../contract';
import { mean } from './averages';
import type { Measure } from './collapse';

/** How far a run has come, by what it is judged by. */
export interface Progress {
  /** Means of its first, best and latest measures. */
  readonly start: number;
  readonly best: number;
  readonly now: number;
  /** One standard deviation of the return, as the run began. */
  readonly spread: number;
  /** Updates that measured something. */
  readonly measured: number;
}

const firstMeasures = 5;
const latestMeasures = 3;
/** Who keeps so much of what was gained does well. */
const keptShare = 0.75;
/** What was gained must be more than the return varied at first, so often. */
const fewestSpreads = 1;

/** Null before there are measures enough. */
export function progressOf(points: readonly MetricPoint[], measure: Measure): Progress | null {
  const measured = points.flatMap((point) => {
    const value = measure(point);
    return value === null ? [] : [{ value, spread: point.returnSpread }];
  });
  if (measured.length < firstMeasures) return null;
  const values = measured.map(({ value }) => value);
  const means = values
    .slice(latestMeasures - 1)
    .map((_, index) => mean(values.slice(index, index + latestMeasures)));
  const first = measured.slice(0, firstMeasures);
  return {
    start: mean(values.slice(0, firstMeasures)),
    best: means.reduce((best, value) => Math.max(best, value)),
    now: means.at(-1) ?? 0,
    spread: mean(first.map(({ spread }) => spread ?? 0)),
    measured: values.length,
  };
}

/** Whether a run has learned something, and still knows it. */
export function doesWell(progress: Progress | null): boolean {
  if (progress === null) return false;
  const { start, best, now, spread } = progress;
  const gained = best - start;
  return gained > fewestSpreads * spread && gained > 0 && now - start >= keptShare * gained;
}
