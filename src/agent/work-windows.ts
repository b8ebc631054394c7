/** When threads work and when they rest, by turns: in the first `workMs` of each `workMs + restMs` of the clock. */
export interface WorkWindows {
  readonly workMs: number;
  readonly restMs: number;
}

/** A rest lasts so many of the display’s intervals, so that whole frames are drawn in it undisturbed. */
const restIntervals = 4;

/**
 * When all threads of an agent work, and when all rest: together, by the clock, which they share. Work that is spread
 * evenly makes each frame of a busy machine late; in turns it makes a few late and leaves the others alone.
 *
 * @param share of the time in which they work, above 0. @returns null where they never rest.
 */
export function workWindows(share: number, displayIntervalMs: number): WorkWindows | null {
  if (share >= 1) return null;
  const restMs = restIntervals * displayIntervalMs;
  return { workMs: (restMs * share) / (1 - share), restMs };
}

/** How long to rest from `nowMs` on, milliseconds since the Unix epoch; 0 while there is work. */
export function restLeftMs(windows: WorkWindows | null, nowMs: number): number {
  if (windows === null) return 0;
  const { workMs, restMs } = windows;
  const passedMs = nowMs % (workMs + restMs);
  return passedMs < workMs ? 0 : workMs + restMs - passedMs;
}

/** How long work lasts from `nowMs` on; 0 at rest, and for ever where nobody rests. */
export function workLeftMs(windows: WorkWindows | null, nowMs: number): number {
  if (windows === null) return Number.POSITIVE_INFINITY;
  const { workMs, restMs } = windows;
  return Math.max(0, workMs - (nowMs % (workMs + restMs)));
}
