import { trainCollected } from '../src/agent/lockstep';
import { type PolicyData, policyOf } from '../src/agent/policy-file';
import type { HostBackend } from '../src/cli/host-backend';
import {
  type Hyperparameters,
  PlaytrainError,
  type Simulation,
  type TrainingState,
  type UpdateMetrics,
} from '../src/contract';
import { lockstepRun } from '../src/workers/lockstep-run';
import { isBetter, type Judged, type Judgement, judge } from './judgement';

/** Stops a run once a judgement reaches this share of rallies won. */
export interface Until {
  readonly opponent: string;
  readonly share: number;
}

/** How often, and how thoroughly, the newest policy is judged. */
export interface Judging {
  readonly everyDecisions: number;
  readonly rallies: number;
  readonly until: Until | null;
  /** The best of an earlier part of the run. */
  readonly best: PolicyData | null;
}

/** So many rallies decide whether `until` is reached. */
export const untilRallies = 500;
/** Keeps judged rallies apart from those that are learned from. */
const judgeSeed = 9_000_011;

export interface TrainRun {
  readonly simulation: Simulation;
  readonly hyperparameters: Hyperparameters;
  /** Training ends with the first update at which so many decisions have been learned from. */
  readonly decisions: number;
  /** Where to go on; null from scratch. */
  readonly state: TrainingState | null;
  /** Of the policies that come out of it. */
  readonly name: string;
  readonly backend: HostBackend;
  readonly judging: Judging | null;
  /** Wall time, milliseconds, from any start. */
  readonly clock: () => number;
  /** Awaited between minibatches, so that signals and the bar get their turn. */
  readonly breathe: () => Promise<void>;
  readonly onUpdate: (metrics: UpdateMetrics, state: () => TrainingState) => void;
  readonly onJudged: (judgement: Judgement, isBest: boolean, best: Judged, trainingSeconds: number) => void;
  readonly shouldStop: () => boolean;
}

export interface TrainResult {
  readonly state: TrainingState;
  /** Null where nothing was judged. */
  readonly best: Judged | null;
  readonly untilReached: boolean;
  /** Wall time without judging. */
  readonly trainingSeconds: number;
  readonly judgingSeconds: number;
}

/**
 * Trains one agent in lockstep in this thread, from scratch or from where a saved run stood.
 *
 * A resumed run has its weights, optimiser, statistics, pool of earlier policies and shuffling as they were. The
 * arenas' states are not saved: new rallies begin, whose chance follows from seed and decisions.
 *
 * @throws PlaytrainError `bad-settings` when the state is of another game, seed or net; and what learning throws.
 */
export async function train(run: TrainRun): Promise<TrainResult> {
  const { simulation, hyperparameters, state, backend, judging, clock } = run;
  if (state !== null) refuseOtherRun(state, run);
  const { learner, collector, start } = await lockstepRun({
    simulation,
    hyperparameters,
    state,
    backend,
    clock,
    breathe: run.breathe,
  });
  try {
    let best: Judged | null = null;
    let untilReached = false;
    let judgingMs = 0;
    const startMs = clock();
    const trainingSeconds = () => (clock() - startMs - judgingMs) / 1000;
    const judgeNow = ({ rallies, until }: Judging, policy: PolicyData) => {
      const seconds = trainingSeconds();
      const judgeStartMs = clock();
      const judgement = judge(policy, best, {
        simulation,
        rallies,
        ...(until === null ? {} : { ralliesAgainst: { [until.opponent]: untilRallies } }),
        seed: judgeSeed,
        acting: backend.acting,
      });
      judgingMs += clock() - judgeStartMs;
      const isBest = best === null || isBetter(judgement, best.judgement);
      if (isBest || best === null) best = { policy, judgement };
      untilReached ||= until !== null && (judgement.shares[until.opponent] ?? 0) >= until.share;
      run.onJudged(judgement, isBest, best, seconds);
    };

    if (judging !== null && judging.best !== null) judgeNow(judging, judging.best);
    untilReached = false;
    let nextJudgement = start.decisions + (judging?.everyDecisions ?? Number.POSITIVE_INFINITY);
    let decisions = start.decisions;
    const finished = () => decisions >= run.decisions || untilReached || run.shouldStop();
    await trainCollected({
      collectors: [collector],
      learner,
      maxDecisions: Number.POSITIVE_INFINITY,
      onUpdate: ({ metrics }) => {
        decisions = metrics.decisions;
        run.onUpdate(metrics, () => learner.trainingState());
        if (judging === null || (decisions < nextJudgement && !finished())) return;
        nextJudgement = decisions + judging.everyDecisions;
        judgeNow(judging, policyOf(learner.trainingState(), run.name));
      },
      shouldStop: finished,
    });
    return {
      state: learner.trainingState(),
      best,
      untilReached,
      trainingSeconds: trainingSeconds(),
      judgingSeconds: judgingMs / 1000,
    };
  } finally {
    learner.dispose();
  }
}

function refuseOtherRun(state: TrainingState, { simulation, hyperparameters }: TrainRun): void {
  const saved = state.hyperparameters;
  const net = ({ hiddenSizes, activation }: Hyperparameters) => `${hiddenSizes.join(', ')} ${activation}`;
  const differences = (
    [
      ['game', state.spec.game, simulation.game],
      ['seed', saved.seed, hyperparameters.seed],
      ['net', net(saved), net(hyperparameters)],
    ] as const
  ).filter(([, was, is]) => was !== is);
  const [first] = differences;
  if (first === undefined) return;
  const [what, was, is] = first;
  throw new PlaytrainError(
    'bad-settings',
    `The run cannot go on: its ${what} was ${was} and ${is} is asked for. Ask for ${was}, or name another file.`,
  );
}
