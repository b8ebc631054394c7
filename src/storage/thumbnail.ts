import type { MetricPoint } from '../contract';

/** More values than a small picture of a curve has pixels only cost space. */
export const thumbnailPoints = 64;

/** The curve of the mean return, evenly spaced from the first update that has one to the last, for a list of runs. */
export function thumbnailOf(points: readonly MetricPoint[]): number[] {
  const returns = points.flatMap(({ values: { meanReturn = null } }) =>
    meanReturn === null ? [] : [meanReturn],
  );
  if (returns.length <= thumbnailPoints) return returns;
  const step = (returns.length - 1) / (thumbnailPoints - 1);
  return Array.from({ length: thumbnailPoints }, (_, index) => returns[Math.round(index * step)]!);
}
