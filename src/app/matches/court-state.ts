import type { MatchView } from '../../contract';
import type { CourtState } from '../../ui/matches/play-state';

/** While a replay goes on, the page is told of where it is in steps of so many rally ticks: four times a second. */
const positionStepTicks = 15;

/**
 * What the page is told of a court: what moves with every tick only as far as a page shows it.
 *
 * @param before what it was told last, which is returned where it is still so; null at first.
 */
export function toldState(now: CourtState, before: CourtState | null): CourtState {
  const { view, replay, paused } = now;
  const isMoving = !paused && view.phase !== 'over';
  const told: CourtState = {
    ...now,
    view: { ...view, countdownSeconds: wholeSeconds(view.countdownSeconds) },
    replay: replay && { ...replay, tick: isMoving ? stepBefore(replay.tick) : replay.tick },
  };
  return before !== null && isSame(before, told) ? before : told;
}

function stepBefore(tick: number): number {
  return tick - (tick % positionStepTicks);
}

/** Begun ones count; what rounding adds to a whole number does not. */
function wholeSeconds(seconds: number): number {
  return Math.ceil(seconds - 1e-6);
}

function isSame(a: CourtState, b: CourtState): boolean {
  const { view: viewOfA, replay: replayOfA, ...restOfA } = a;
  const { view: viewOfB, replay: replayOfB, ...restOfB } = b;
  return (
    sameValues(restOfA, restOfB) &&
    sameView(viewOfA, viewOfB) &&
    (replayOfA === null || replayOfB === null ? replayOfA === replayOfB : sameValues(replayOfA, replayOfB))
  );
}

function sameValues<Values extends object>(a: Values, b: Values): boolean {
  const keys = Object.keys(a) as (keyof Values)[];
  return keys.every((key) => a[key] === b[key]);
}

function sameView(a: MatchView, b: MatchView): boolean {
  return (
    a.score[0] === b.score[0] &&
    a.score[1] === b.score[1] &&
    a.phase === b.phase &&
    a.countdownSeconds === b.countdownSeconds &&
    a.names[0] === b.names[0] &&
    a.names[1] === b.names[1]
  );
}
