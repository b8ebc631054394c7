import type { Evidence } from '../contract';
import {
  actionLayout,
  type EnvironmentSpec,
  type Hyperparameters,
  type MetricPoint,
  seatsOf,
} from '../contract';
import { median } from './averages';
import { measureOf } from './collapse';
import { doesWell, type Progress, progressOf } from './progress';

/** A run as far as the doctor is told of it. */
export interface RunToJudge {
  /** Every update, or a selection, oldest first. */
  readonly points: readonly MetricPoint[];
  readonly settings: Hyperparameters;
  readonly spec: EnvironmentSpec;
  /** With which this game is known to be learned; null where none are. */
  readonly usual: Hyperparameters | null;
}

/** A run's course, as rules ask about it. */
export class Course {
  readonly points: readonly MetricPoint[];
  readonly settings: Hyperparameters;
  readonly spec: EnvironmentSpec;
  readonly usual: Hyperparameters | null;
  readonly progress: Progress | null;
  /** What it has learned it knows: figures that look odd do no harm then. */
  readonly isWell: boolean;

  constructor({ points, settings, spec, usual }: RunToJudge) {
    this.points = points;
    this.settings = settings;
    this.spec = spec;
    this.usual = usual;
    this.progress = progressOf(points, measureOf(this.spec));
    this.isWell = doesWell(this.progress);
  }

  /** Agents that meet raise each other's level, so that a return tells little. */
  get isAlone(): boolean {
    return seatsOf(this.spec) === 1;
  }

  /** Decisions of the learner so far. */
  get decisions(): number {
    return this.points.at(-1)?.decisions ?? 0;
  }

  /** Decisions of each agent so far. */
  get decisionsAnAgent(): number {
    return this.decisions / (this.settings.arenas * seatsOf(this.spec));
  }

  /** How many numbers of an action are axes; 0 where all are choices. */
  get axes(): number {
    return actionLayout(this.spec.actionSpace).logStds;
  }

  /** The values of a metric in the latest updates that have one, oldest first. */
  latest(metric: string, updates: number): readonly number[] {
    return this.valued(metric)
      .slice(-updates)
      .map(({ value }) => value);
  }

  /** The first value of a metric that there is. */
  first(metric: string): number | null {
    return this.valued(metric)[0]?.value ?? null;
  }

  /** Evidence where a metric's median over so many latest updates is bad; null where not, or where there are not as many. */
  usually(
    metric: string,
    updates: number,
    limit: number,
    isBad: (value: number, limit: number) => boolean = above,
  ): Evidence | null {
    return this.evidence(metric, updates, limit, (values) => isBad(median(values), limit));
  }

  /** As `usually`, where a metric is bad in each of the updates. */
  always(
    metric: string,
    updates: number,
    limit: number,
    isBad: (value: number, limit: number) => boolean = above,
  ): Evidence | null {
    return this.evidence(metric, updates, limit, (values) => values.every((value) => isBad(value, limit)));
  }

  /** Evidence that is a setting itself, as it stands. */
  ofSetting(metric: keyof Hyperparameters, value: number, limit: number): Evidence {
    const version = this.points.at(-1)?.version ?? 0;
    return { metric, value, limit, fromVersion: this.points[0]?.version ?? 0, toVersion: version };
  }

  private evidence(
    metric: string,
    updates: number,
    limit: number,
    isBad: (values: readonly number[]) => boolean,
  ): Evidence | null {
    const valued = this.valued(metric).slice(-updates);
    const [first, last] = [valued[0], valued.at(-1)];
    if (first === undefined || last === undefined || valued.length < updates) return null;
    const values = valued.map(({ value }) => value);
    if (!isBad(values)) return null;
    return { metric, value: median(values), limit, fromVersion: first.version, toVersion: last.version };
  }

  private valued(metric: string) {
    return this.points.flatMap(({ version, values }) => {
      const value = values[metric] ?? null;
      return value === null || !Number.isFinite(value) ? [] : [{ version, value }];
    });
  }
}

export const above = (value: number, limit: number): boolean => value > limit;
export const below = (value: number, limit: number): boolean => value < limit;

/** How long the decisions from one point to the next took; null where points do not tell. @param before null at a run's begin. */
export function msBetween(before: MetricPoint | null, { decisions, values }: MetricPoint): number | null {
  const rate = values['decisionsPerSecond'] ?? 0;
  return rate > 0 ? (1_000 * (decisions - (before?.decisions ?? 0))) / rate : null;
}
