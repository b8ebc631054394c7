import { map, merge, mergeMap, type Observable, takeWhile } from 'rxjs';
import { type ArenaFault, type DecisionBatch, PlaytrainError } from '../contract';

/** What turns moments and answers into questions; `Driver` of the game engine is one. */
export interface Drivable {
  frame(nowMs: number): DecisionBatch | null;
  wake(nowMs: number): DecisionBatch | null;
  answer(batch: DecisionBatch, nowMs: number): DecisionBatch | null;
  /** What went wrong in single arenas since the last call. */
  takeFaults(): readonly ArenaFault[];
}

/** Where the drive's moments come from. All times in milliseconds of one clock. */
export interface DriveInputs {
  /** A frame is about to be drawn. */
  readonly frames$: Observable<number>;
  /** Time passed, frame or no frame: a steady beat that does not stop in a hidden tab. */
  readonly wakes$: Observable<number>;
  /** The actor's answers, with the moment of their arrival. */
  readonly answers$: Observable<{ readonly batch: DecisionBatch; readonly nowMs: number }>;
}

/** What a drive has to say. */
export type DriveEvent =
  /** For the actor. */
  | { readonly kind: 'question'; readonly question: DecisionBatch }
  /** An arena went wrong; the others go on. */
  | { readonly kind: 'fault'; readonly fault: ArenaFault }
  /** The game as a whole cannot go on; the last event. What goes on begins anew, from a run's checkpoint. */
  | { readonly kind: 'stopped'; readonly error: PlaytrainError };

/**
 * The game's side of the loop: frames, wakes and answers in; questions for the actor out, and whatever went wrong.
 *
 * A question leaves in the same turn as the moment that raised it. An exception of the game is an event, not an error.
 * The stream completes with its inputs or when the game has stopped, and passes its inputs' errors on.
 */
export function drive$(driver: Drivable, inputs: DriveInputs): Observable<DriveEvent> {
  return merge(
    inputs.frames$.pipe(map((nowMs) => () => driver.frame(nowMs))),
    inputs.wakes$.pipe(map((nowMs) => () => driver.wake(nowMs))),
    inputs.answers$.pipe(
      map(
        ({ batch, nowMs }) =>
          () =>
            driver.answer(batch, nowMs),
      ),
    ),
  ).pipe(
    mergeMap((move) => eventsOf(driver, move)),
    takeWhile(({ kind }) => kind !== 'stopped', true),
  );
}

function eventsOf(driver: Drivable, move: () => DecisionBatch | null): readonly DriveEvent[] {
  const outcome = outcomeOf(move);
  const faults = driver.takeFaults().map((fault): DriveEvent => ({ kind: 'fault', fault }));
  return outcome === null ? faults : [...faults, outcome];
}

function outcomeOf(move: () => DecisionBatch | null): DriveEvent | null {
  try {
    const question = move();
    return question === null ? null : { kind: 'question', question };
  } catch (error) {
    return { kind: 'stopped', error: stopOf(error) };
  }
}

function stopOf(error: unknown): PlaytrainError {
  if (error instanceof PlaytrainError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new PlaytrainError(
    'bad-environment',
    `The game stopped with an error (${message}); restart the run, and if this repeats, mend the game.`,
    { cause: error },
  );
}
