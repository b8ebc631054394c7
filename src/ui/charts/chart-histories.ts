import type { MetricPoint, RunId } from '../../contract';
import type { PageState } from '../shell/page-state';
import { ChartHistory } from './chart-history';

/** What the charts know of every run on the page. */
export class ChartHistories {
  private readonly histories = new Map<RunId, ChartHistory>();
  private readonly seen = new Set<RunId>();

  points(run: RunId): readonly MetricPoint[] {
    return this.histories.get(run)?.points ?? [];
  }

  append(run: RunId, point: MetricPoint): void {
    this.of(run).append(point);
  }

  replace(run: RunId, points: readonly MetricPoint[]): void {
    this.of(run).replace(points);
  }

  /**
   * Forgets runs that have left the page. Points of a run may come before the state that shows it, so only those that
   * were shown can be gone.
   */
  keepOnly({ runs }: Pick<PageState, 'runs'>): void {
    for (const run of this.seen) {
      if (runs[run] !== undefined) continue;
      this.seen.delete(run);
      this.histories.delete(run);
    }
    for (const run of Object.keys(runs)) this.seen.add(run);
  }

  private of(run: RunId): ChartHistory {
    const history = this.histories.get(run) ?? new ChartHistory();
    this.histories.set(run, history);
    return history;
  }
}
