import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Actor } from '../src/agent/actor';
import { Collector } from '../src/agent/collector';
import { goneBack } from '../src/agent/gone-back';
import { Learner } from '../src/agent/learner';
import { type LockstepUpdate, trainCollected } from '../src/agent/lockstep';
import { chooseHostBackend, type HostBackend } from '../src/cli/host-backend';
import {
  type BackendChoice,
  noOpponents,
  PlaytrainError,
  type Simulation,
  type TrainingState,
} from '../src/contract';
import { CollapseWatch, type Measure, measureOf } from '../src/doctor/collapse';
import { WayBack } from '../src/doctor/way-back';
import { loadGame } from '../src/game/catalogue';
import { createVectorEnvironment, environmentSpec } from '../src/game/engine/vector-environment';
import { metricPoint } from '../src/streams/metric-points';
import type { BenchmarkResult } from './benchmark';
import { type SoakRow, type SoakSample, soakGames, soakRow, soakThresholds } from './soak-watch';
import { table } from './table';

const seeds = [1, 2, 3, 4, 5];
/** Decisions that a run goes on for once it has reached the threshold. */
const decisionsPast = 5_000_000;
/** A run that has not reached it by then is given up. */
const mostBefore = 20_000_000;

interface Row extends SoakRow {
  readonly game: string;
  readonly speed: 'headless';
  readonly seed: number;
  readonly threshold: number;
  /** Taken when the threshold was first reached; null where it never was. */
  readonly toThreshold: number | null;
  readonly decisions: number;
  /** Of the last update. */
  readonly last: number | null;
  readonly heapMB: readonly [first: number, last: number];
}

/**
 * Whether runs keep what they have learned over millions of decisions: every game by its fast preset, without a page, in
 * lockstep, with the rules by which the page notices a collapse and goes back by itself.
 */
export async function soakHeadless(choice: BackendChoice): Promise<BenchmarkResult> {
  if (choice === 'webgl') throw new Error('Without a page there is no WebGL; choose auto, wasm or cpu.');
  const rows: Row[] = [];
  for (const game of soakGames) {
    const { simulation, presets } = await loadGame(game);
    for (const seed of seeds) {
      const settings = { ...presets.fast, seed };
      const backend = await chooseHostBackend(environmentSpec(simulation), settings, choice, () =>
        performance.now(),
      );
      const run = new HeadlessRun(simulation, settings, backend, soakThresholds[game] ?? Infinity);
      const row = { game, speed: 'headless' as const, seed, ...(await run.soak()) };
      rows.push(row);
      console.error(JSON.stringify(row));
    }
  }
  const shown = (value: number | null) => value?.toFixed(2) ?? '–';
  const cells = rows.map((row) => [
    row.game,
    String(row.seed),
    String(row.toThreshold ?? '–'),
    String(row.decisions),
    shown(row.best),
    shown(row.last),
    String(row.secondsBelow90Percent),
    String(row.told),
    String(row.wentBack),
    row.heapMB.map((each) => each.toFixed(1)).join(' → '),
  ]);
  const head = ['game', 'seed', 'reached at', 'decisions', 'best', 'last', 's below 90 %, untold'];
  return {
    fields: { decisionsPast, rows },
    table: table([[...head, 'told', 'went back', 'heap MB'], ...cells]),
    browser: '',
    renderer: '',
  };
}

type Settings = Parameters<typeof Learner.create>[0]['hyperparameters'];

/** One run that is watched, and that goes back to its best state when it collapses. */
class HeadlessRun {
  private readonly simulation: Simulation;
  private readonly backend: HostBackend;
  private readonly settings: Settings;
  private readonly threshold: number;
  private readonly measure: Measure;
  private readonly watch: CollapseWatch;
  private readonly way = new WayBack();
  private readonly samples: SoakSample[] = [];
  private best: { readonly value: number; readonly state: TrainingState } | null = null;
  private toThreshold: number | null = null;
  private decisions = 0;

  constructor(simulation: Simulation, settings: Settings, backend: HostBackend, threshold: number) {
    this.simulation = simulation;
    this.backend = backend;
    this.settings = settings;
    this.threshold = threshold;
    this.measure = measureOf(simulation);
    this.watch = new CollapseWatch(this.measure);
  }

  async soak() {
    const firstMB = heapMB();
    // Each stretch ends at the end of the run, or where it goes back.
    let state: TrainingState | null = null;
    do state = await this.stretch(state);
    while (!this.isOver);
    const { threshold, toThreshold, decisions, samples } = this;
    return {
      threshold,
      toThreshold,
      decisions,
      last: samples.at(-1)?.value ?? null,
      ...soakRow(samples, threshold),
      heapMB: [firstMB, heapMB()] as const,
    };
  }

  private get isOver(): boolean {
    return this.decisions >= (this.toThreshold === null ? mostBefore : this.toThreshold + decisionsPast);
  }

  /** Learns on from a state until the run is over or has collapsed. @returns where to go on. */
  private async stretch(from: TrainingState | null): Promise<TrainingState> {
    const { simulation, backend } = this;
    const learner = Learner.create({
      spec: environmentSpec(simulation),
      hyperparameters: from?.hyperparameters ?? this.settings,
      ...(from === null ? {} : { state: from }),
      clock: () => performance.now(),
      breathe: () => new Promise((resolve) => setImmediate(resolve)),
      backend: backend.updating,
    });
    try {
      await learner.warmUp();
      let hasCollapsed = false;
      await trainCollected({
        collectors: [this.collectorFor(learner)],
        learner,
        maxDecisions: Number.POSITIVE_INFINITY,
        onUpdate: (update) => {
          hasCollapsed ||= this.take(update, () => learner.trainingState());
        },
        shouldStop: () => hasCollapsed || this.isOver,
      });
      const now = learner.trainingState();
      if (!hasCollapsed || this.best === null) return now;
      this.watch.wentBack();
      const { hyperparameters, ...then } = this.best.state;
      const learningRate = hyperparameters.learningRate * this.way.next(then.version);
      return goneBack({ ...then, hyperparameters: { ...hyperparameters, learningRate } }, now);
    } finally {
      learner.dispose();
    }
  }

  private collectorFor(learner: Learner): Collector {
    const { simulation, backend, settings } = this;
    const { past, normalisation, decisions, hyperparameters } = learner.trainingState();
    return new Collector({
      environment: createVectorEnvironment(simulation, { ...settings, generation: decisions }),
      actor: new Actor({
        spec: environmentSpec(simulation),
        hyperparameters,
        snapshot: learner.snapshot(),
        normalisation,
        decisions,
        acting: backend.acting,
        opponents: { ...noOpponents, past, scripted: simulation.scriptedPlayers ?? [] },
      }),
      decisionIntervalTicks: settings.decisionIntervalTicks,
      firstArena: 0,
      clock: () => performance.now(),
    });
  }

  /** @returns whether the run has collapsed with this update. */
  private take({ metrics }: LockstepUpdate, state: () => TrainingState): boolean {
    const atMs = performance.now();
    const point = metricPoint(metrics, [], null);
    const value = this.measure(point);
    this.decisions = metrics.decisions;
    if (value !== null && value >= this.threshold) this.toThreshold ??= metrics.decisions;
    if (value !== null && value > (this.best?.value ?? Number.NEGATIVE_INFINITY)) {
      this.best = { value, state: state() };
    }
    const hasCollapsed = this.watch.take(point, atMs) !== null;
    this.samples.push({ atMs, value, told: hasCollapsed, wentBack: hasCollapsed });
    return hasCollapsed;
  }
}

/** After a collection, so that garbage is none of it. */
function heapMB(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect !== 'function') {
    throw new PlaytrainError('bad-settings', 'This Node cannot be asked to collect garbage.');
  }
  collect();
  return process.memoryUsage().heapUsed / 1e6;
}
