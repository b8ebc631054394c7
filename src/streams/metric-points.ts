import { filter, map, type Observable, scan, startWith, withLatestFrom } from 'rxjs';
import {
  type AgentEvent,
  type CurvePoint,
  type MetricPoint,
  opponentNames,
  type UpdateMetrics,
  winRateKey,
} from '../contract';

/** Every update as a point, with the frame time of that moment added: null until one is known. */
export function metricPoints$(
  events$: Observable<AgentEvent>,
  frameMs$: Observable<number>,
): Observable<MetricPoint> {
  return events$.pipe(
    filter((event) => event.kind === 'updated'),
    // A page that was opened in a background tab learns before it draws.
    withLatestFrom(frameMs$.pipe(startWith(null))),
    map(([{ metrics, changed }, frameMs]) => metricPoint(metrics, changed, frameMs)),
  );
}

/** One update as a point. @param frameMs the time of a frame at that moment; null where nothing is drawn. */
export function metricPoint(
  metrics: UpdateMetrics,
  changed: MetricPoint['changed'],
  frameMs: number | null,
): MetricPoint {
  return {
    version: metrics.version,
    decisions: metrics.decisions,
    values: { ...plottedValues(metrics), ...plottedWinRates(metrics.winRates), ...metrics.signs, frameMs },
    returnSpread: metrics.returnSpread,
    changed,
  };
}

function plottedValues(metrics: UpdateMetrics): Record<string, number | null> {
  const { meanReturn, meanLength, policyLoss, valueLoss, entropy, approximateKl, clipFraction } = metrics;
  const { explainedVariance, gradientNorm, learningRate, decisionsPerSecond, updateMs } = metrics;
  const values = {
    meanReturn,
    meanLength,
    policyLoss,
    valueLoss,
    entropy,
    approximateKl,
    clipFraction,
    explainedVariance,
    gradientNorm,
    learningRate,
    decisionsPerSecond,
    updateMs,
  };
  // An update that had nothing to learn from reports losses that are not numbers.
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      key,
      value !== null && Number.isFinite(value) ? value : null,
    ]),
  );
}

/** By `winRateKey`. Against itself the learner wins as often as it loses, so that is left out. */
function plottedWinRates(rates: UpdateMetrics['winRates']): Record<string, number> {
  const others = Object.entries(rates).filter(([opponent]) => opponent !== opponentNames.self);
  return Object.fromEntries(others.map(([opponent, rate]) => [winRateKey(opponent), rate]));
}

/** What a checkpoint remembers of a run's curve, as points. */
export function curvePoints(curve: readonly CurvePoint[]): MetricPoint[] {
  return curve.map(({ version, decisions, meanReturn, meanLength, winRates = {} }) => ({
    version,
    decisions,
    values: { meanReturn, meanLength, ...plottedWinRates(winRates) },
    returnSpread: null,
    changed: [],
  }));
}

/** The median of the last `count` intervals between frames, after each frame but the first. */
export function medianFrameMs$(frames$: Observable<number>, count = 60): Observable<number> {
  interface Recent {
    readonly lastMs: number | null;
    readonly intervalsMs: readonly number[];
  }
  const none: Recent = { lastMs: null, intervalsMs: [] };
  return frames$.pipe(
    scan(
      ({ lastMs, intervalsMs }: Recent, nowMs) => ({
        lastMs: nowMs,
        intervalsMs: lastMs === null ? intervalsMs : [...intervalsMs.slice(1 - count), nowMs - lastMs],
      }),
      none,
    ),
    filter(({ intervalsMs }) => intervalsMs.length > 0),
    map(({ intervalsMs }) => median(intervalsMs)),
  );
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
