import type { MetricPoint } from '../../contract';
import { isMarked } from '../../texts/marks';

/** More points than a chart has pixels only cost time. */
const maxPoints = 2_000;

/**
 * The points of a run that the charts show. Once there are more than `limit`, every second one is left out, apart
 * from those at which settings changed: older stretches of a long run are shown more coarsely than newer ones.
 */
export class ChartHistory {
  private kept: MetricPoint[] = [];
  private readonly limit: number;

  constructor(limit = maxPoints) {
    this.limit = limit;
  }

  get points(): readonly MetricPoint[] {
    return this.kept;
  }

  append(point: MetricPoint): void {
    this.kept.push(point);
    if (this.kept.length > this.limit) this.kept = thinned(this.kept);
  }

  replace(points: readonly MetricPoint[]): void {
    this.kept = [...points];
    while (this.kept.length > this.limit) {
      const fewer = thinned(this.kept);
      if (fewer.length === this.kept.length) break;
      this.kept = fewer;
    }
  }
}

/** Every second point, the first, the last, and each at which settings changed. */
export function thinned(points: readonly MetricPoint[]): MetricPoint[] {
  const last = points.length - 1;
  return points.filter((point, index) => index % 2 === 0 || index === last || isMarked(point));
}
