import { NEVER, of, Subject } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { type AgentEvent, type MetricPoint, sb3Hyperparameters, type UpdateMetrics } from '../contract';
import { metricDefinitions } from '../texts/metrics';
import { curvePoints, medianFrameMs$, metricPoints$ } from './metric-points';

const metrics: UpdateMetrics = {
  version: 3,
  decisions: 6144,
  episodes: 40,
  meanReturn: 80,
  returnSpread: 12,
  minReturn: 50,
  maxReturn: 110,
  meanLength: 80,
  policyLoss: -0.01,
  valueLoss: 30,
  entropy: 0.6,
  approximateKl: 0.004,
  clipFraction: 0.05,
  explainedVariance: 0.3,
  gradientNorm: 0.8,
  learningRate: 3e-4,
  decisionsPerSecond: 800,
  collectMs: 2500,
  updateMs: 900,
  learningShare: 1,
  minibatches: 80,
  stoppedEarly: false,
  decisionsDuringUpdate: 700,
  unrecordedDecisions: 0,
  collectorDecisionsPerSecond: [],
  winRates: {},
  standstill: null,
  policyLag: 1,
  firstRatioDeviation: 0,
  signs: {
    episodes: 40,
    largestObservation: 2,
    largestObservationAt: 1,
    stillObservationAt: null,
    largestReward: 1,
    returnSize: 20,
    advantageKurtosis: 3,
    rarestChoice: 0.4,
    rarestChoiceAt: 0,
  },
  liveTensors: 3,
  gpuBytes: 0,
};
const updated: AgentEvent = {
  kind: 'updated',
  metrics,
  hyperparameters: sb3Hyperparameters,
  changed: [{ key: 'learningRate', from: 0.001, to: 0.01 }],
};

describe('metricPoints$', () => {
  it('gives every defined metric a value, and holds what the rollout showed', () => {
    const points: MetricPoint[] = [];
    metricPoints$(of(updated), of(16.7)).subscribe((point) => points.push(point));
    const defined = metricDefinitions.map(({ key }) => key).sort();
    const signs = Object.keys(metrics.signs);
    expect(Object.keys(points[0]!.values).sort()).toEqual([...defined, ...signs].sort());
    expect(points[0]).toMatchObject({
      version: 3,
      returnSpread: 12,
      changed: [{ key: 'learningRate', from: 0.001, to: 0.01 }],
    });
    expect(points[0]!.values['frameMs']).toBe(16.7);
  });

  it('holds the win rate against each opponent but itself', () => {
    const points: MetricPoint[] = [];
    const winRates = { self: 0.5, past: 0.625, 'bot-pebble': 0.9 };
    metricPoints$(of({ ...updated, metrics: { ...metrics, winRates } }), of(16.7)).subscribe((point) =>
      points.push(point),
    );
    const held = Object.entries(points[0]!.values).filter(([key]) => key.startsWith('winRate.'));
    expect(held).toEqual([
      ['winRate.past', 0.625],
      ['winRate.bot-pebble', 0.9],
    ]);
  });

  it('loses no update that comes before the first frame time', () => {
    const points: MetricPoint[] = [];
    metricPoints$(of(updated), NEVER).subscribe((point) => points.push(point));
    expect(points.map(({ version, values }) => [version, values['frameMs']])).toEqual([[3, null]]);
  });

  it('leaves a gap where an update had nothing to learn from', () => {
    const points: MetricPoint[] = [];
    const empty: AgentEvent = { ...updated, metrics: { ...metrics, policyLoss: Number.NaN } };
    metricPoints$(of(empty), of(16.7)).subscribe((point) => points.push(point));
    expect(points[0]!.values['policyLoss']).toBeNull();
  });

  it('takes no other event for an update', () => {
    const points: MetricPoint[] = [];
    const events: AgentEvent[] = [
      { kind: 'updateStarted', version: 2 },
      { kind: 'warning', message: 'Careful.' },
    ];
    metricPoints$(of(...events), of(16)).subscribe((point) => points.push(point));
    expect(points).toEqual([]);
  });
});

describe('curvePoints', () => {
  it('keeps a resumed run’s return and length', () => {
    const [point] = curvePoints([{ version: 1, decisions: 2048, meanReturn: 21, meanLength: 21 }]);
    expect(point).toMatchObject({ decisions: 2048, values: { meanReturn: 21, meanLength: 21 } });
  });

  it('keeps its win rates, but for those against itself', () => {
    const winRates = { self: 0.5, 'bot-easy': 0.75 };
    const [point] = curvePoints([{ version: 1, decisions: 2048, meanReturn: 0, meanLength: 9, winRates }]);
    expect(point?.values).toEqual({ meanReturn: 0, meanLength: 9, 'winRate.bot-easy': 0.75 });
  });
});

describe('medianFrameMs$', () => {
  it('is not moved by one slow frame', () => {
    const frames$ = new Subject<number>();
    let median = 0;
    medianFrameMs$(frames$).subscribe((value) => {
      median = value;
    });
    // Intervals 16, 16, 100, 16: the median of the sorted 16, 16, 16, 100 is 16.
    for (const nowMs of [0, 16, 32, 132, 148]) frames$.next(nowMs);
    expect(median).toBe(16);
  });

  it('is not known before the second frame', () => {
    const frames$ = new Subject<number>();
    const medians: number[] = [];
    medianFrameMs$(frames$).subscribe((value) => medians.push(value));
    frames$.next(500);
    expect(medians).toEqual([]);
    frames$.next(516);
    expect(medians).toEqual([16]);
  });

  it('forgets frames that are long past', () => {
    const frames$ = new Subject<number>();
    let median = 0;
    medianFrameMs$(frames$, 3).subscribe((value) => {
      median = value;
    });
    for (const nowMs of [0, 50, 100, 150, 160, 170, 180]) frames$.next(nowMs);
    expect(median).toBe(10);
  });
});
