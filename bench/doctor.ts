import { goneBack } from '../src/agent/gone-back';
import { hostBackends, pinnedActing } from '../src/agent/update-backend';
import {
  type Hyperparameters,
  type MetricPoint,
  type Simulation,
  type TrainingState,
  withPatch,
} from '../src/contract';
import { mean } from '../src/doctor/averages';
import { diagnose } from '../src/doctor/diagnose';
import { environmentSpec } from '../src/game/engine/vector-environment';
import { metricPoint } from '../src/streams/metric-points';
import type { BenchmarkResult } from './benchmark';
import { type Failure, failures, settingsOf, simulationOf } from './doctor-failures';
import { median } from './measure';
import { table } from './table';
import { train } from './train-run';

const seeds = [11, 12, 13];
/** Of what the untouched run gained, this much is repaired. */
const repairedShare = 0.9;
/** The return of a run is that of its last updates. */
const lastUpdates = 5;

interface Row {
  readonly failure: string;
  readonly seed: number;
  /** What the first finding was; null where nothing was found. */
  readonly rule: string | null;
  readonly patch: object;
  readonly cure: string | null;
  /** Mean return of the last updates. */
  readonly untouched: number;
  readonly failing: number;
  readonly repaired: number;
  /** Of what the untouched run gained. */
  readonly share: number;
}

/**
 * `npm run bench -- doctor`: ten runs that somebody spoiled, three seeds each. The doctor is asked once at the end of
 * each, its first finding's patch is applied as one click does it, and the run gets as many decisions as the untouched
 * one had.
 */
export async function doctor(): Promise<BenchmarkResult> {
  const rows: Row[] = [];
  for (const seed of seeds) {
    const untouchedOf = new Map<string, Learned>();
    for (const failure of failures) {
      const { simulation } = failure.rules;
      const { usual } = settingsOf(failure, seed);
      const untouched =
        untouchedOf.get(simulation.game) ?? (await learn(simulation, usual, failure.decisions, null));
      untouchedOf.set(simulation.game, untouched);
      rows.push(await repaired(failure, seed, untouched));
    }
  }
  const perFailure = failures.map(({ name }) => {
    const own = rows.filter(({ failure }) => failure === name);
    const share = median(own.map((row) => row.share));
    return { failure: name, share, isRepaired: share >= repairedShare };
  });
  const count = perFailure.filter(({ isRepaired }) => isRepaired).length;
  const cells = rows.map((row) => [
    row.failure,
    String(row.seed),
    row.rule ?? '–',
    `${row.cure ?? ''} ${JSON.stringify(row.patch)}`,
    ...[row.untouched, row.failing, row.repaired].map((value) => value.toFixed(0)),
    `${(100 * row.share).toFixed(0)} %`,
  ]);
  const head = [
    'failure',
    'seed',
    'finding',
    'patch',
    'untouched',
    'failing',
    'repaired',
    'of what was gained',
  ];
  return {
    fields: { repaired: count, of: failures.length, failures: perFailure, rows },
    table: `${table([head, ...cells])}\n${count} of ${failures.length} repaired to ${100 * repairedShare} % of what the untouched run gained, by the median of ${seeds.length} seeds.`,
    browser: '',
    renderer: '',
  };
}

async function repaired(failure: Failure, seed: number, untouched: Learned): Promise<Row> {
  const simulation = simulationOf(failure);
  const { usual, failing } = settingsOf(failure, seed);
  const { decisions } = failure;
  const ill = await learn(simulation, failing, decisions, null);
  const spec = environmentSpec(simulation);
  const [finding] = diagnose({ points: ill.points, settings: failing, spec, usual });
  const patched = withPatch(failing, finding?.patch ?? {});
  const state =
    finding?.cure === 'afresh'
      ? null
      : finding?.cure === 'backToBest'
        ? goneBack(ill.best, ill.state)
        : ill.state;
  const after = await learn(simulation, patched, decisions + (state?.decisions ?? 0), state);
  const start = untouched.first;
  const scaled = (value: number) => value / failure.rewards;
  return {
    failure: failure.name,
    seed,
    rule: finding?.rule ?? null,
    patch: finding?.patch ?? {},
    cure: finding?.cure ?? null,
    untouched: untouched.last,
    failing: scaled(ill.last),
    repaired: scaled(after.last),
    share: (scaled(after.last) - start) / (untouched.last - start),
  };
}

interface Learned {
  readonly points: readonly MetricPoint[];
  readonly state: TrainingState;
  readonly best: TrainingState;
  readonly first: number;
  readonly last: number;
}

async function learn(
  simulation: Simulation,
  hyperparameters: Hyperparameters,
  decisions: number,
  state: TrainingState | null,
): Promise<Learned> {
  const points: MetricPoint[] = [];
  let best: { readonly state: TrainingState; readonly value: number } | null = null;
  const result = await train({
    simulation,
    hyperparameters,
    decisions,
    state,
    name: '',
    backend: { name: 'wasm', updating: hostBackends.wasm, acting: pinnedActing('wasm'), timings: [] },
    judging: null,
    clock: () => performance.now(),
    breathe: async () => {},
    onUpdate: (metrics, stateOf) => {
      points.push(metricPoint(metrics, [], null));
      const value = metrics.meanReturn;
      if (value !== null && (best === null || value > best.value)) best = { state: stateOf(), value };
    },
    onJudged: () => {},
    shouldStop: () => false,
  });
  const returns = points.flatMap(({ values }) => values['meanReturn'] ?? []);
  const kept = best as { readonly state: TrainingState } | null;
  return {
    points,
    state: result.state,
    best: kept?.state ?? result.state,
    first: returns[0] ?? 0,
    last: mean(returns.slice(-lastUpdates)),
  };
}
