import { Actor } from '../src/agent/actor';
import { EpisodeStatistics } from '../src/agent/episode-statistics';
import { Learner } from '../src/agent/learner';
import { trainLockstep } from '../src/agent/lockstep';
import type { BackendName, Hyperparameters, PresetName } from '../src/contract';
import { findGame } from '../src/game/engine/registry';
import { createVectorEnvironment } from '../src/game/engine/vector-environment';

/** Decisions from one point of a curve to the next. */
export const curveSpacing = 1_000;

/** One seed's training run. */
export interface SeedRun {
  readonly game: string;
  readonly preset: PresetName;
  readonly backend: BackendName;
  readonly seed: number;
  /** Decisions, all arenas together. */
  readonly steps: number;
  readonly threshold: number;
  readonly stopAtThreshold: boolean;
}

/** Mean return of the last 20 finished episodes; null until 20 have finished. */
export interface CurvePoint {
  readonly decisions: number;
  readonly mean20: number | null;
}

export interface SeedResult {
  readonly seed: number;
  /** Decisions taken when the mean of the last 20 episodes first reached the threshold; null if it did not. */
  readonly toThreshold: number | null;
  /** Training alone: neither starting the backend nor compiling its programs. */
  readonly wallSeconds: number;
  readonly wallSecondsToThreshold: number | null;
  readonly curve: readonly CurvePoint[];
}

/**
 * The preset's settings as one run has them. A learning rate that is annealed falls to zero over this run, as where
 * the presets come from.
 *
 * @throws PlaytrainError for a game that there is not.
 */
export function runHyperparameters(run: SeedRun): Hyperparameters {
  const preset = findGame(run.game).presets[run.preset];
  return { ...preset, seed: run.seed, backend: run.backend, annealingDecisions: run.steps };
}

/** What a run needs of the place that it runs in. */
export interface RunPlace {
  /** Wall time, milliseconds, from any start. */
  readonly clock: () => number;
  /** Awaited between minibatches, so that progress can be shown. */
  readonly breathe: () => Promise<void>;
  /** Called once a point of the curve. */
  readonly onProgress: (point: CurvePoint) => void;
}

/**
 * Trains one agent from scratch in lockstep on the backend that is open.
 *
 * @throws PlaytrainError when learning fails.
 */
export async function runSeed(run: SeedRun, place: RunPlace): Promise<SeedResult> {
  const { clock, breathe, onProgress } = place;
  const { simulation } = findGame(run.game);
  const hyperparameters = runHyperparameters(run);
  const environment = createVectorEnvironment(simulation, {
    arenas: hyperparameters.arenas,
    seed: run.seed,
  });
  const learner = Learner.create({
    spec: environment.spec,
    hyperparameters,
    clock,
    breathe,
  });
  try {
    await learner.warmUp();
    const episodes = new EpisodeStatistics();
    const mean20 = () => (episodes.full ? (episodes.summary()?.meanReturn ?? null) : null);
    const curve: CurvePoint[] = [];
    const actor = new Actor(environment.spec, hyperparameters, learner.snapshot());
    const drawUpTo = (decisions: number) => {
      while ((curve.length + 1) * curveSpacing <= decisions) {
        const point = { decisions: (curve.length + 1) * curveSpacing, mean20: mean20() };
        curve.push(point);
        onProgress(point);
      }
    };

    let toThreshold: number | null = null;
    let wallSecondsToThreshold: number | null = null;
    const startMs = clock();
    const { decisions } = await trainLockstep({
      environment,
      actor,
      learner,
      decisionIntervalTicks: hyperparameters.decisionIntervalTicks,
      maxDecisions: run.steps,
      clock,
      onEpisode: (episode, decisions) => {
        // A point holds the episodes that ended up to its decision, so it is drawn before a later one comes in.
        drawUpTo(decisions - 1);
        episodes.add(episode);
        if (toThreshold === null && (mean20() ?? -Infinity) >= run.threshold) {
          toThreshold = decisions;
          wallSecondsToThreshold = (clock() - startMs) / 1000;
        }
      },
      shouldStop: () => run.stopAtThreshold && toThreshold !== null,
    });
    const wallSeconds = (clock() - startMs) / 1000;
    drawUpTo(decisions);
    return { seed: run.seed, toThreshold, wallSeconds, wallSecondsToThreshold, curve };
  } finally {
    learner.dispose();
  }
}
