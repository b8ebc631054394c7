import { merge, Observable, type OperatorFunction, takeWhile } from 'rxjs';
import { type ArenaFault, type DecisionBatch, PlaytrainError, sentenceOf } from '../contract';

/** What turns moments and answers into questions; `Driver` of the game engine is one. */
export interface Drivable {
  /** A frame is due. @returns what to ask the actor, or null. */
  frame(nowMs: number): DecisionBatch | null;
  /** Time passed without a frame. @returns what to ask the actor, or null. */
  wake(nowMs: number): DecisionBatch | null;
  /** The actor answered. @returns what to ask next, or null. */
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
    inputs.frames$.pipe(moved(driver, (nowMs) => driver.frame(nowMs))),
    inputs.wakes$.pipe(moved(driver, (nowMs) => driver.wake(nowMs))),
    inputs.answers$.pipe(moved(driver, ({ batch, nowMs }) => driver.answer(batch, nowMs))),
  ).pipe(takeWhile(({ kind }) => kind !== 'stopped', true));
}

/**
 * What `move` gives rise to at each moment, and the faults that it met. Passes events on one by one, without an inner
 * stream a moment: there are ten thousand moments a second.
 */
function moved<Moment>(
  driver: Drivable,
  move: (moment: Moment) => DecisionBatch | null,
): OperatorFunction<Moment, DriveEvent> {
  return (moments$) =>
    new Observable((events) =>
      moments$.subscribe({
        next: (moment) => {
          const event = eventOf(move, moment);
          for (const fault of driver.takeFaults()) events.next({ kind: 'fault', fault });
          if (event !== null) events.next(event);
        },
        error: (error) => events.error(error),
        complete: () => events.complete(),
      }),
    );
}

function eventOf<Moment>(move: (moment: Moment) => DecisionBatch | null, moment: Moment): DriveEvent | null {
  try {
    const question = move(moment);
    return question === null ? null : { kind: 'question', question };
  } catch (error) {
    return { kind: 'stopped', error: stopOf(error) };
  }
}

function stopOf(error: unknown): PlaytrainError {
  if (error instanceof PlaytrainError) return error;
  return new PlaytrainError(
    'bad-environment',
    `The game stopped with an error (${sentenceOf(error)}); restart the run, and if this repeats, mend the game.`,
    { cause: error },
  );
}
