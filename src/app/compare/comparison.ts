import type { ComparedPoint, ComparedWay, Hyperparameters } from '../../contract';
import { withPatch } from '../../contract';
import { differenceOf } from '../../doctor/comparison';
import { SeededRandom } from '../../random/seeded-random';
import type { ComparisonShown, WayShown } from '../../ui/compare/compare-state';
import { ComparisonClient } from '../../workers/comparison-client';
import type { PageGame } from '../games/page-game';
import { comparisonWorker } from '../workers/comparison-worker';
import type { ComparedTrainer } from './compared-trainer';
import { LiveTrainer } from './live-trainer';

/** Each way is tried with as many. */
const seedsAWay = 3;
/** Of each run; a live game takes its steps more slowly. */
const decisions = { simulated: 50_000, live: 20_000 } as const;
/** The return of a run is that of its last so many points. */
const lastPoints = 10;
/** Runs are trained beside each other, but for a core that the page keeps. */
const mostWorkers = 4;

export interface ComparisonTask {
  readonly game: PageGame;
  readonly settings: Hyperparameters;
  readonly ways: readonly ComparedWay[];
  readonly beside: number;
  /** The state that all of them go on from; null from nothing. */
  readonly from: Uint8Array<ArrayBuffer> | null;
}

interface Job {
  readonly way: number;
  readonly seed: number;
}

/** Runs that are trained in workers of their own, and what they come to. */
export class Comparison {
  private readonly task: ComparisonTask;
  private readonly trainers: readonly ComparedTrainer[];
  private readonly curves: ComparedPoint[][][];
  private readonly outcomes: number[][];
  private finished = 0;
  private isDisposed = false;

  constructor(task: ComparisonTask) {
    this.task = task;
    const count = Math.max(1, Math.min(mostWorkers, navigator.hardwareConcurrency - 1));
    const { game } = task;
    this.trainers = Array.from({ length: count }, () =>
      game.kind === 'live' ? new LiveTrainer(game) : new ComparisonClient(comparisonWorker),
    );
    this.curves = task.ways.map(() => Array.from({ length: seedsAWay }, () => []));
    this.outcomes = task.ways.map(() => []);
  }

  /**
   * Trains all runs. Seed by seed, so that the first seed of every way is there first.
   *
   * @param show told how it stands, at each point, and nothing once it is disposed of.
   * @throws PlaytrainError where one cannot be trained.
   */
  async train(show: (comparison: ComparisonShown) => void): Promise<void> {
    const { ways } = this.task;
    const jobs: Job[] = Array.from({ length: seedsAWay }, (_, seed) =>
      ways.map((_way, way) => ({ way, seed })),
    ).flat();
    show(this.shown());
    const work = async (trainer: ComparedTrainer) => {
      for (let job = jobs.shift(); job !== undefined && !this.isDisposed; job = jobs.shift()) {
        await this.trainOne(trainer, job, () => show(this.shown()));
      }
    };
    try {
      await Promise.all(this.trainers.map(work));
    } catch (error) {
      if (!this.isDisposed) throw error;
    } finally {
      this.dispose();
    }
  }

  dispose(): void {
    this.isDisposed = true;
    for (const trainer of this.trainers) trainer.dispose();
  }

  private async trainOne(trainer: ComparedTrainer, { way, seed }: Job, news: () => void): Promise<void> {
    const { game, settings, ways, from } = this.task;
    const patch = { ...ways[way]?.patch, seed: settings.seed + seed };
    const curve = this.curves[way]?.[seed] ?? [];
    const onPoint = (point: ComparedPoint) => {
      if (this.isDisposed) return;
      curve.push(point);
      news();
    };
    const hyperparameters = withPatch(settings, patch);
    const run = { game: game.spec.game, hyperparameters, decisions: decisions[game.kind], from };
    const points = await trainer.train(run, onPoint);
    // What was stopped came to nothing.
    if (this.isDisposed) return;
    this.finished++;
    const last = points.slice(-lastPoints).map(({ meanReturn }) => meanReturn);
    if (last.length > 0) this.outcomes[way]?.push(last.reduce((sum, each) => sum + each, 0) / last.length);
    news();
  }

  private shown(): ComparisonShown {
    const { ways, beside } = this.task;
    const runs = ways.length * seedsAWay;
    const isOver = this.finished === runs;
    const others = this.outcomes[beside] ?? [];
    const wayShown = ({ label }: ComparedWay, way: number): WayShown => {
      const outcomes = this.outcomes[way] ?? [];
      const difference =
        isOver && way !== beside ? differenceOf(outcomes, others, SeededRandom.fromSeed(1)) : null;
      return {
        label,
        curves: (this.curves[way] ?? []).map((curve) => [...curve]),
        outcomes: [...outcomes],
        difference,
      };
    };
    return { ways: ways.map(wayShown), beside, runs, finished: this.finished, isOver };
  }
}
