import { filter, map, merge, type Observable } from 'rxjs';
import type { DecisionBatch } from '../contract';

/** What turns moments and answers into questions; `Driver` of the game engine is one. */
export interface Drivable {
  frame(nowMs: number): DecisionBatch | null;
  wake(nowMs: number): DecisionBatch | null;
  answer(batch: DecisionBatch, nowMs: number): DecisionBatch | null;
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

/**
 * The game's side of the loop: frames, wakes and answers in, questions for the actor out.
 *
 * A question leaves in the same turn as the moment that raised it. The stream never completes before its inputs do
 * and passes their errors on.
 */
export function questions$(driver: Drivable, inputs: DriveInputs): Observable<DecisionBatch> {
  return merge(
    inputs.frames$.pipe(map((nowMs) => driver.frame(nowMs))),
    inputs.wakes$.pipe(map((nowMs) => driver.wake(nowMs))),
    inputs.answers$.pipe(map(({ batch, nowMs }) => driver.answer(batch, nowMs))),
  ).pipe(filter((question) => question !== null));
}
