import type { EnvironmentSpec, Hyperparameters, TrainingState, UpdateMetrics } from '../contract';
import { seatsOf } from '../contract';
import { SeededRandom } from '../random/seeded-random';
import { annealedFrom, annealedLearningRate } from './annealing';
import type { FullRollout } from './full-rollout';
import { type JoinedNotes, joinNotes } from './joined-rollouts';
import type { TrainingBatch } from './minibatch';
import type { MinibatchTrainer } from './minibatch-trainer';
import type { PolicyLayout } from './policy';
import { checkedRatioDeviation } from './ratio-check';
import { trainingBatch } from './training-batch';
import { ppoUpdate, type UpdateResult } from './update';
import { refuseDivergence, refuseNotFinite } from './update-refusals';

/** Fewer steps than this are not learned from: their advantages cannot be normalised sensibly. */
const smallestMinibatch = 8;

/** What an update is computed from and with. */
export interface UpdateTask {
  readonly spec: EnvironmentSpec;
  readonly layout: PolicyLayout;
  /** In force during it. */
  readonly settings: Hyperparameters;
  readonly before: Omit<TrainingState, 'spec' | 'hyperparameters'>;
  readonly trainer: MinibatchTrainer;
  readonly breathe: (trainer: MinibatchTrainer) => Promise<void>;
}

/** An update as computed, before anything is replaced by it. */
export interface ComputedUpdate {
  readonly notes: JoinedNotes;
  readonly batch: TrainingBatch;
  readonly result: UpdateResult;
  readonly learningRate: number;
  readonly annealedFrom: TrainingState['annealedFrom'];
  /** Of the generator that shuffles, afterwards. */
  readonly shuffleRandom: TrainingState['shuffleRandom'];
  /** Null where it was not looked at. */
  readonly firstRatioDeviation: UpdateMetrics['firstRatioDeviation'];
}

/**
 * Computes an update from rollouts.
 *
 * @throws PlaytrainError `not-finite`, `inconsistent-update` or `context-lost`; the trainer is of no use then.
 */
export async function computeUpdate(
  { spec, layout, settings, before, trainer, breathe }: UpdateTask,
  parts: readonly FullRollout[],
): Promise<ComputedUpdate> {
  const notes = joinNotes(parts, before, seatsOf(spec));
  const batch = trainingBatch(
    parts.map(({ rollout }) => rollout),
    before.version,
    settings,
  );
  const decisionsBefore = notes.counters.decisions - batch.size;
  const annealing = annealedFrom(before.annealedFrom, settings, decisionsBefore);
  const agents = settings.arenas * seatsOf(spec);
  const learningRate = annealedLearningRate(settings, agents, annealing, decisionsBefore);
  const random = SeededRandom.fromState(before.shuffleRandom);
  const plan = { ...settings, learningRate, minibatchSize: fittingMinibatch(settings, batch.size) };
  const result = await ppoUpdate(trainer, batch, plan, random, breathe);
  refuseNotFinite(result.estimates);
  const firstRatioDeviation = checkedRatioDeviation(
    result.statistics[0]?.ratioDeviation ?? 0,
    layout,
    before.parameters,
    batch,
    result.firstMinibatch,
  );
  refuseDivergence(result, before.version + 1);
  return {
    notes,
    batch,
    result,
    learningRate,
    annealedFrom: annealing,
    shuffleRandom: random.state(),
    firstRatioDeviation,
  };
}

/** A rollout that was begun under other settings, or shared with a person, may be smaller than one minibatch. */
function fittingMinibatch({ minibatchSize }: Hyperparameters, steps: number): number {
  return Math.max(smallestMinibatch, Math.min(minibatchSize, steps));
}
