import type { Hyperparameters } from '../contract';
import { throwAwayTrainer } from './autopilot';
import { type CreateTrainer, type MinibatchTrainer, rowOperations, takeStep } from './minibatch-trainer';
import type { PolicyLayout } from './policy';

/** As in an update, a step follows the other, so that threads need not be woken for each. */
const stepsInTurn = 3;
/** Threads join within so many turns: six were seen, some 80 ms. */
const warmUpTurns = 12;
const turns = 7;
/** Longer minibatches are tried on fewer rows: where these are quicker shared, more are. */
const mostOperationsTried = 6e7;

/** What a turn of gradient steps takes, milliseconds: medians. */
export interface SharingTrial {
  readonly aloneMs: number;
  readonly sharedMs: number;
}

/**
 * Times gradient steps of a run's own sizes, on throw-away weights, on one thread and on several by turns.
 *
 * @param clock wall time, milliseconds.
 * @param breathe lets the thread's other messages in.
 */
export async function trySharing(
  alone: CreateTrainer,
  shared: CreateTrainer,
  layout: PolicyLayout,
  hyperparameters: Hyperparameters,
  clock: () => number,
  breathe: () => Promise<void>,
): Promise<SharingTrial> {
  const mostRows = Math.ceil(mostOperationsTried / rowOperations(layout));
  const rows = Math.min(hyperparameters.minibatchSize, mostRows);
  const steps = stepsInTurn * (warmUpTurns + turns);
  const tried = [alone, shared].map((createTrainer) => ({
    trainer: throwAwayTrainer(createTrainer, layout, hyperparameters, rows, steps),
    milliseconds: [] as number[],
  }));
  try {
    for (let turn = 0; turn < warmUpTurns + turns; turn++) {
      for (const { trainer, milliseconds } of tried) milliseconds.push(timeTurn(trainer, clock));
      await breathe();
    }
  } finally {
    for (const { trainer } of tried) trainer.dispose();
  }
  const [aloneMs, sharedMs] = tried.map(({ milliseconds }) => median(milliseconds.slice(warmUpTurns)));
  return { aloneMs: aloneMs!, sharedMs: sharedMs! };
}

function timeTurn(trainer: MinibatchTrainer, clock: () => number): number {
  const startMs = clock();
  for (let step = 0; step < stepsInTurn; step++) takeStep(trainer);
  return clock() - startMs;
}

/** The middle one; of an odd number. */
function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}
