import { Actor } from '../agent/actor';
import { Learner } from '../agent/learner';
import { trainLockstep } from '../agent/lockstep';
import { type PolicyData, policyOf } from '../agent/policy-file';
import type { Hyperparameters, UpdateMetrics } from '../contract';
import type { ServedTwin } from '../phaser/served-twin';
import { chooseHostBackend, type HostBackend } from './host-backend';

export interface TwinTraining {
  readonly hyperparameters: Hyperparameters;
  readonly decisions: number;
  /** The folder in which the addresses begin that the game loads; null for what the twin’s file says. */
  readonly assets: string | null;
  /** A mean return at which training ends; null for none. */
  readonly until: number | null;
  readonly backend: 'auto' | 'wasm' | 'cpu';
  /** Wall time, milliseconds, from any start. */
  readonly clock: () => number;
  /** Awaited between minibatches, so that signals and progress get their turn. */
  readonly breathe: () => Promise<void>;
  readonly onUpdate: (metrics: UpdateMetrics) => void;
  /** What went wrong in the game, which was begun anew. */
  readonly onFault: (sentence: string) => void;
  readonly shouldStop: () => boolean;
}

export interface TrainedTwin {
  /** As after the last update. */
  readonly policy: PolicyData;
  /** Learned from or not. */
  readonly decisions: number;
  readonly updates: number;
  readonly meanReturn: number | null;
  readonly seconds: number;
  readonly backend: HostBackend;
}

/**
 * Trains the agent of a twin in this thread, the game and learning by turns: the same seed gives the same policy.
 *
 * @throws PlaytrainError where the agent does not fit the game, or settings do not fit the agent.
 */
export async function trainTwin(twin: ServedTwin, training: TwinTraining): Promise<TrainedTwin> {
  const { hyperparameters } = training;
  const { environment, scripted, close } = await twin.open(
    { seed: hyperparameters.seed, ...(training.assets !== null && { assets: training.assets }) },
    hyperparameters.arenas,
  );
  try {
    return await trainedIn({ environment, scripted }, twin.name, training);
  } finally {
    close();
  }
}

async function trainedIn(
  { environment, scripted }: Pick<Awaited<ReturnType<ServedTwin['open']>>, 'environment' | 'scripted'>,
  name: string,
  training: TwinTraining,
): Promise<TrainedTwin> {
  const { hyperparameters, until, clock } = training;
  const { spec } = environment;
  const backend = await chooseHostBackend(spec, hyperparameters, training.backend, clock);
  const { breathe, onUpdate } = training;
  const learner = Learner.create({ spec, hyperparameters, clock, breathe, backend: backend.updating });
  let meanReturn: number | null = null;
  const startMs = clock();
  try {
    await learner.warmUp();
    const { decisions, updates } = await trainLockstep({
      environment,
      actor: new Actor({
        spec,
        hyperparameters,
        snapshot: learner.snapshot(),
        acting: backend.acting,
        opponents: { past: [], scripted },
      }),
      learner,
      decisionIntervalTicks: hyperparameters.decisionIntervalTicks,
      maxDecisions: training.decisions,
      clock,
      onUpdate: ({ metrics }) => {
        meanReturn = metrics.meanReturn;
        onUpdate(metrics);
      },
      onFault: ({ message }) => training.onFault(message),
      shouldStop: () =>
        training.shouldStop() || (until !== null && meanReturn !== null && meanReturn >= until),
    });
    const policy = policyOf(learner.trainingState(), name);
    return { policy, decisions, updates, meanReturn, seconds: (clock() - startMs) / 1_000, backend };
  } finally {
    learner.dispose();
  }
}
