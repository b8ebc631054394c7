import { Learner } from '../src/agent/learner';
import { type LockstepResult, type TrainingOptions, trainCollected } from '../src/agent/lockstep';
import { trainOverlapped } from '../src/agent/overlap';
import type { UpdateBackend } from '../src/agent/update-backend';
import {
  type ActingBackend,
  type BackendChoice,
  type BackendName,
  type EpisodeEnding,
  type Finding,
  type Hyperparameters,
  type MetricPoint,
  PlaytrainError,
  type Policy,
  type PresetName,
  type SimdKernels,
} from '../src/contract';
import { diagnose } from '../src/doctor/diagnose';
import { metricPoint } from '../src/streams/metric-points';
import { annealingOver } from './annealing-over';
import { type GatheringStart, type OpenGathering, openGatherer } from './gathering';
import { GoalWatch } from './goal-watch';
import { LatestEpisodes } from './latest-episodes';
import { isLive, loadLearned, type ownPreset, usualSettings } from './learned-game';

/** Decisions from one point of a curve to the next. */
export const curveSpacing = 1_000;

/** The mean of the last 20 episodes that counts as solved, where no other is asked for. */
export const defaultThresholds: Readonly<Record<string, number>> = { balance: 475, swing: -250 };

/** One seed's training run. */
export interface SeedRun {
  readonly game: string;
  readonly preset: PresetName | typeof ownPreset;
  /** Settings that differ from the preset's. */
  readonly overrides?: Partial<Hyperparameters>;
  readonly backend: BackendChoice;
  readonly seed: number;
  /** Decisions, all arenas together. */
  readonly steps: number;
  /** What the mean of the last 20 episodes is to reach; of a live game, what its goal asks for. */
  readonly threshold: number;
  readonly stopAtThreshold: boolean;
  /** Whether the next rollout is gathered while the one before is learned from; in lockstep otherwise. */
  readonly overlap: boolean;
}

/** Mean return of the last 20 finished episodes; null until 20 have finished. */
export interface CurvePoint {
  readonly decisions: number;
  readonly mean20: number | null;
}

export interface SeedResult {
  readonly seed: number;
  /** Computed updates: the one asked for, or the one that was chosen. */
  readonly backend: BackendName;
  /** With which of our WebAssembly kernels; null on other backends. */
  readonly simd: SimdKernels | null;
  /** Decisions taken when the mean of the last 20 episodes first reached the threshold; null if it did not. */
  readonly toThreshold: number | null;
  /** Training alone: neither starting the backend nor compiling its programs. */
  readonly wallSeconds: number;
  readonly wallSecondsToThreshold: number | null;
  readonly curve: readonly CurvePoint[];
  /** What the doctor says of the run at its end. */
  readonly findings: readonly Finding[];
}

/**
 * The preset's settings as one run has them. A learning rate that is annealed falls to zero over this run, as where
 * the presets come from; a live game's settings say over how many decisions.
 *
 * @throws PlaytrainError for a game that there is not.
 */
export async function runHyperparameters(run: SeedRun): Promise<Hyperparameters> {
  const preset = (await loadLearned(run.game)).presets[run.preset];
  if (preset === undefined) {
    throw new PlaytrainError('bad-settings', `“${run.game}” has no preset “${run.preset}”.`);
  }
  return {
    ...preset,
    ...run.overrides,
    seed: run.seed,
    backend: run.backend,
    ...(!isLive(run.game) && { annealingDecisions: annealingOver(run.steps) }),
  };
}

/** What a run needs of the place that it runs in. */
export interface RunPlace {
  readonly backend: UpdateBackend;
  readonly acting: ActingBackend;
  /** Wall time, milliseconds, from any start. */
  readonly clock: () => number;
  /** Awaited between minibatches, so that progress can be shown. */
  readonly breathe: () => Promise<void>;
  /** Called once a point of the curve. */
  readonly onProgress: (point: CurvePoint) => void;
  /** Gathers in a thread beside this one; left out where there is one core only. The run is the same. */
  readonly gatherBeside?: (start: GatheringStart) => Promise<OpenGathering>;
}

/** A run, and what it learned. */
export interface TrainedSeed {
  readonly result: SeedResult;
  /** As many as were asked for, or a few more: all arenas decide together. */
  readonly decisions: number;
  readonly policy: Policy;
  readonly hyperparameters: Hyperparameters;
  /** Every update. */
  readonly points: readonly MetricPoint[];
}

/** What plays and learns, once everything is made for it. */
interface Loop {
  train(options: TrainingOptions): Promise<LockstepResult>;
  /** Episodes that ended since the last call. */
  takeEndings(): readonly EpisodeEnding[];
  close(): void;
}

/** As `trainSeed`, for its result alone. */
export async function runSeed(run: SeedRun, place: RunPlace): Promise<SeedResult> {
  return (await trainSeed(run, place)).result;
}

/**
 * Trains one agent from scratch, acting and learning by turns or at once.
 *
 * @throws PlaytrainError when learning fails.
 */
export async function trainSeed(run: SeedRun, place: RunPlace): Promise<TrainedSeed> {
  const { backend, acting, clock, breathe, onProgress } = place;
  const game = await loadLearned(run.game);
  const spec = await game.spec();
  const hyperparameters = await runHyperparameters(run);
  const learner = Learner.create({ spec, hyperparameters, clock, breathe, backend });
  let close = () => {};
  try {
    await learner.warmUp();
    const episodes = new LatestEpisodes();
    const mean20 = () => (episodes.full ? (episodes.summary()?.meanReturn ?? null) : null);
    const goalWatch = game.goal === null ? null : new GoalWatch(game.goal, spec);
    const reached = () => (goalWatch === null ? mean20() : goalWatch.reached) ?? -Infinity;
    /** The latest of each arena. */
    const endings = new Map<number, EpisodeEnding>();
    const curve: CurvePoint[] = [];
    const points: MetricPoint[] = [];
    const start = { game: run.game, hyperparameters, snapshot: learner.snapshot(), acting };
    const loop = run.overlap ? await overlapped(start, place) : await inTurns(start, clock);
    close = () => loop.close();
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
    const { decisions } = await loop.train({
      learner,
      maxDecisions: run.steps,
      onEpisode: (episode, decisions) => {
        // A point holds the episodes that ended up to its decision, so it is drawn before a later one comes in.
        drawUpTo(decisions - 1);
        episodes.add(episode);
        for (const ending of loop.takeEndings()) endings.set(ending.arena, ending);
        const ending = endings.get(episode.arena);
        if (ending !== undefined) goalWatch?.add(ending, episode);
        if (toThreshold === null && reached() >= run.threshold) {
          toThreshold = decisions;
          wallSecondsToThreshold = (clock() - startMs) / 1000;
        }
      },
      onUpdate: ({ metrics }) => points.push(metricPoint(metrics, [], null)),
      shouldStop: () => run.stopAtThreshold && toThreshold !== null,
    });
    const wallSeconds = (clock() - startMs) / 1000;
    drawUpTo(decisions);
    const { version, parameters, normalisation } = learner.trainingState();
    return {
      result: {
        seed: run.seed,
        backend: backend.name,
        simd: backend.simd,
        toThreshold,
        wallSeconds,
        wallSecondsToThreshold,
        curve,
        findings: diagnose({ points, settings: hyperparameters, spec, usual: usualSettings(game.presets) }),
      },
      decisions,
      policy: { version, parameters, observations: normalisation.observations },
      hyperparameters,
      points,
    };
  } finally {
    close();
    learner.dispose();
  }
}

/** Acting and learning take turns. */
async function inTurns(start: GatheringStart, clock: () => number): Promise<Loop> {
  const { collectors, environments, close } = await openGatherer(start, clock);
  return {
    train: (options) => trainCollected({ ...options, collectors }),
    takeEndings: () => environments.flatMap((environment) => environment.takeEndings()),
    close,
  };
}

/** They go on at once, in two threads where the place has a second one. */
async function overlapped(start: GatheringStart, { gatherBeside, clock }: RunPlace): Promise<Loop> {
  if (gatherBeside === undefined) {
    const { gatherer, close } = await openGatherer(start, clock);
    return {
      train: (options) => trainOverlapped({ ...options, gathering: gatherer }),
      takeEndings: untold,
      close,
    };
  }
  const gathering = await gatherBeside(start);
  return {
    train: (options) => trainOverlapped({ ...options, gathering }),
    takeEndings: untold,
    close: () => gathering.close(),
  };
}

/** Another thread keeps them to itself, so that on one it is the same. */
function untold(): readonly EpisodeEnding[] {
  return [];
}
