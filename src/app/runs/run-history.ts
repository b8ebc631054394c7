import type { MetricPoint } from '../../contract';
import { isMarked } from '../../texts/marks';

/** More points than this are thinned in memory; what is kept in storage stays whole. */
const mostPoints = 20_000;

/** Every update of a run so far, in order, and which of them are not saved yet. */
export class RunHistory {
  private kept: MetricPoint[];
  /** Points from this index on are not saved. */
  private savedUpTo: number;
  private hasThinned: boolean;
  private readonly most: number;

  /** @param saved points that are kept already. @param thinned whether they are a selection. */
  constructor(saved: readonly MetricPoint[] = [], thinned = false, most = mostPoints) {
    this.kept = [...saved];
    this.savedUpTo = saved.length;
    this.hasThinned = thinned;
    this.most = most;
  }

  get points(): readonly MetricPoint[] {
    return this.kept;
  }

  /** True where not every update is among the points. */
  get isThinned(): boolean {
    return this.hasThinned;
  }

  /**
   * Adds an update. Updates of the same version or later give way to it: the run has gone on from an earlier state,
   * as after a worker was lost, and a curve never goes backwards.
   */
  append(point: MetricPoint): void {
    const stale = this.kept.findIndex(
      ({ version, decisions }) => version >= point.version || decisions > point.decisions,
    );
    if (stale >= 0) {
      this.kept.length = stale;
      this.savedUpTo = Math.min(this.savedUpTo, stale);
    }
    this.kept.push(point);
    if (this.kept.length > this.most) this.thin();
  }

  /** Points that are not saved yet, oldest first. */
  unsaved(): readonly MetricPoint[] {
    return this.kept.slice(this.savedUpTo);
  }

  /** The first so many of the points that were not saved are saved now. */
  noteSaved(points: readonly MetricPoint[]): void {
    const last = points.at(-1);
    if (last === undefined) return;
    // Others may have come, or taken the place of these, meanwhile.
    const index = this.kept.lastIndexOf(last);
    if (index >= 0) this.savedUpTo = Math.max(this.savedUpTo, index + 1);
  }

  /** None of the points counts as saved: they belong to a run that is kept anew. */
  noteUnsaved(): void {
    this.savedUpTo = 0;
  }

  /** Leaves every second saved point out, but for those that charts mark. */
  private thin(): void {
    const saved = this.kept.slice(0, this.savedUpTo);
    const unsaved = this.kept.slice(this.savedUpTo);
    // A run that is not saved has all its points here.
    const [thinnable, rest] = saved.length > unsaved.length ? [saved, unsaved] : [this.kept, []];
    const fewer = thinnable.filter((point, index) => index % 2 === 0 || isMarked(point));
    this.kept = [...fewer, ...rest];
    this.savedUpTo = rest.length === 0 ? Math.min(this.savedUpTo, fewer.length) : fewer.length;
    this.hasThinned = true;
  }
}
