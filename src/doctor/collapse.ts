import { type EnvironmentSpec, type MetricPoint, type SettingChange, seatsOf } from '../contract';
import { mean } from './averages';

/** What went with a fall of the return, as far as the other metrics show. */
export type CollapseCause = 'exploration-gone' | 'gradients-gone' | 'values-exploded' | 'unknown';

/** A policy that has lost much of what it had learned. */
export interface Collapse {
  /** `fallen`: most of it, at once. `sagging`: a part, for so long that it does not come back by itself. */
  readonly code: 'fallen' | 'sagging';
  readonly cause: CollapseCause;
  /** The best that was measured, and at which update. */
  readonly best: { readonly value: number; readonly version: number };
  /** What is measured now, and since which update it has been that low. */
  readonly value: number;
  readonly sinceVersion: number;
  /** The last change of a setting before the fall; null where none came between it and the best. */
  readonly change: SettingChange | null;
}

/** What a run is judged by at one update: higher is better; null where there is no measure yet. */
export type Measure = (point: MetricPoint) => number | null;

/** The mean return: of an agent that is alone. */
export const byReturn: Measure = ({ values }) => values['meanReturn'] ?? null;

/** The mean win rate against scripted players, who stay the same: where agents meet, returns tell who the others were. */
export const byWinRate: Measure = ({ values }) => {
  const rates = Object.entries(values).flatMap(([key, value]) =>
    key.startsWith('winRate.bot-') && value !== null ? [value] : [],
  );
  return rates.length === 0 ? null : mean(rates);
};

/** What the runs of a game are judged by. */
export function measureOf(spec: Pick<EnvironmentSpec, 'seats'>): Measure {
  return seatsOf(spec) === 1 ? byReturn : byWinRate;
}

/** Of what was gained since the start: having lost so much at once is a fall. */
const fallenShare = 0.5;
/** And having lost so much for `saggingMs` is one that stays. */
const saggingShare = 0.1;
/** Short enough that `sagging` is told within a minute. */
const saggingMs = 40_000;
/** So many updates in a row, so that one unlucky rollout is none. */
const fewestUpdates = 3;
/** Nothing is judged before so many updates measured something. */
const fewestMeasured = 8;
/** What was gained must be so many standard deviations of the return; less is noise. */
const fewestSpreads = 2;

/** Entropy below this share of its first value, or below as many nats, tries nothing new any more. */
const entropyGoneShare = 0.02;
const entropyGoneNats = 1e-3;
const gradientGone = 1e-6;
/** Values that far beyond what they were when the policy was at its best. */
const explodedFactor = 1e3;

/** How long is remembered which measures came in a row. */
interface Low {
  readonly version: number;
  readonly atMs: number;
  updates: number;
}

/**
 * Watches one run's updates for a collapse. Pure but for what it remembers: time comes with each point.
 *
 * The yardstick is what the run has gained: from the mean of its first measures to its best one. A best that a single
 * lucky measure made is not trusted: it is the best mean of three in a row.
 */
export class CollapseWatch {
  private readonly measure: Measure;
  private first: number[] = [];
  private recent: number[] = [];
  private best: { value: number; version: number; valueLoss: number | null } | null = null;
  private firstEntropy: number | null = null;
  private fallen: Low | null = null;
  private sagging: Low | null = null;
  private lastChange: { change: SettingChange; version: number } | null = null;
  private told: Collapse['code'] | null = null;
  private spread = 0;

  constructor(measure: Measure) {
    this.measure = measure;
  }

  /**
   * Takes the next update.
   *
   * @param nowMs when it came, in milliseconds of any clock.
   * @returns a collapse, once each time that one has come about; null while there is none that was not told.
   */
  take(point: MetricPoint, nowMs: number): Collapse | null {
    const change = point.changed.at(-1);
    if (change !== undefined) this.lastChange = { change, version: point.version };
    const entropy = point.values['entropy'] ?? null;
    this.firstEntropy ??= entropy;
    const value = this.measure(point);
    if (value === null) return null;
    this.learnYardstick(value, point);
    return this.judge(value, point, nowMs);
  }

  /** The run has gone back to its best: what was low before does not count any more. */
  wentBack(): void {
    this.fallen = null;
    this.sagging = null;
    this.told = null;
    this.recent = [];
  }

  /** Whether the last measure was far below the best. */
  get isLow(): boolean {
    return this.fallen !== null || this.sagging !== null;
  }

  private learnYardstick(value: number, { version, values, returnSpread }: MetricPoint): void {
    if (this.first.length < fewestMeasured) this.first.push(value);
    this.recent = [...this.recent, value].slice(-fewestUpdates);
    if (this.recent.length < fewestUpdates) return;
    const lately = mean(this.recent);
    if (this.best !== null && lately <= this.best.value) return;
    this.best = { value: lately, version, valueLoss: values['valueLoss'] ?? null };
    this.spread = returnSpread ?? 0;
  }

  private judge(value: number, point: MetricPoint, nowMs: number): Collapse | null {
    const { best } = this;
    if (best === null || this.first.length < fewestMeasured) return null;
    const start = mean(this.first);
    const gained = best.value - start;
    if (gained <= 0 || gained < fewestSpreads * this.spread) return null;
    const lost = (best.value - value) / gained;
    this.fallen = lost >= fallenShare ? continued(this.fallen, point.version, nowMs) : null;
    this.sagging = lost >= saggingShare ? continued(this.sagging, point.version, nowMs) : null;
    if (this.sagging === null) this.told = null;
    if (this.fallen !== null && this.fallen.updates >= fewestUpdates && this.told !== 'fallen') {
      return this.tell('fallen', this.fallen, value, best, point);
    }
    const isLong =
      this.sagging !== null &&
      this.sagging.updates >= fewestUpdates &&
      nowMs - this.sagging.atMs >= saggingMs;
    if (isLong && this.sagging !== null && this.told === null) {
      return this.tell('sagging', this.sagging, value, best, point);
    }
    return null;
  }

  private tell(
    code: Collapse['code'],
    low: Low,
    value: number,
    best: NonNullable<CollapseWatch['best']>,
    point: MetricPoint,
  ): Collapse {
    this.told = code;
    const { lastChange } = this;
    return {
      code,
      cause: this.causeOf(point, best.valueLoss),
      best: { value: best.value, version: best.version },
      value,
      sinceVersion: low.version,
      change: lastChange !== null && lastChange.version >= best.version ? lastChange.change : null,
    };
  }

  private causeOf({ values }: MetricPoint, bestValueLoss: number | null): CollapseCause {
    const entropy = values['entropy'] ?? null;
    const gradientNorm = values['gradientNorm'] ?? null;
    const valueLoss = values['valueLoss'] ?? null;
    if (valueLoss !== null && bestValueLoss !== null && valueLoss > explodedFactor * (bestValueLoss + 1)) {
      return 'values-exploded';
    }
    // A Gaussian's entropy may be negative: of its first value it can be no share.
    const goneNats =
      this.firstEntropy !== null && this.firstEntropy > 0
        ? Math.max(entropyGoneNats, entropyGoneShare * this.firstEntropy)
        : Number.NEGATIVE_INFINITY;
    if (entropy !== null && entropy < goneNats) return 'exploration-gone';
    if (gradientNorm !== null && gradientNorm < gradientGone) return 'gradients-gone';
    return 'unknown';
  }
}

function continued(before: Low | null, version: number, nowMs: number): Low {
  if (before === null) return { version, atMs: nowMs, updates: 1 };
  return { ...before, updates: before.updates + 1 };
}
