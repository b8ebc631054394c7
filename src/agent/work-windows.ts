/**
 * When threads work and when they rest: once in each interval of the display, in the part of it that the frame which is
 * being drawn needs least. All moments are milliseconds since the Unix epoch.
 */
export interface WorkWindows {
  readonly intervalMs: number;
  /** How long work lasts in each interval. */
  readonly workMs: number;
  /** The beginning of one of the windows. */
  readonly fromMs: number;
}

/**
 * A window ends so much of the interval before the next frame begins: timers come late, and what was begun in it lasts
 * longer than it.
 */
const leadIntervals = 0.1;
/** So long in each cycle of the clock nobody works, so that it is known how late frames are without that. */
const listeningMs = 128;
const cycleMs = 1_024;

/**
 * When all threads of an agent work, and when all rest: together, by the clock, which they share, and in step with the
 * frames that are seen. Work that is spread evenly makes each frame of a busy machine late; at the end of an interval the
 * frame is drawn, and the processor idle.
 *
 * @param share of each interval in which they work, above 0.
 * @param frameMs when one of the frames began.
 * @returns null where they never rest.
 */
export function workWindows(share: number, intervalMs: number, frameMs: number): WorkWindows | null {
  if (share >= 1) return null;
  return {
    intervalMs,
    workMs: share * intervalMs,
    fromMs: frameMs + Math.max(0, 1 - leadIntervals - share) * intervalMs,
  };
}

/** How long to rest from `nowMs` on; 0 while there is work. */
export function restLeftMs(windows: WorkWindows | null, nowMs: number): number {
  if (windows === null) return 0;
  const listensLeftMs = listeningMs - (nowMs % cycleMs);
  if (listensLeftMs > 0) return listensLeftMs;
  const passedMs = sinceWindow(windows, nowMs);
  return passedMs < windows.workMs ? 0 : windows.intervalMs - passedMs;
}

/** How long work lasts from `nowMs` on; 0 at rest, and for ever where nobody rests. */
export function workLeftMs(windows: WorkWindows | null, nowMs: number): number {
  if (windows === null) return Number.POSITIVE_INFINITY;
  const inCycleMs = nowMs % cycleMs;
  if (inCycleMs < listeningMs) return 0;
  return Math.max(0, Math.min(windows.workMs - sinceWindow(windows, nowMs), cycleMs - inCycleMs));
}

/** A page that gathers in its own frames rests for so many between those, and works in at least this share of them. */
const restFrames = 4;
const leastFrameShare = 0.2;

/**
 * Whether a page that gathers by itself does so in the frame that begins at `nowMs`. Its frames are no place for windows
 * within one: some frames are worked in and some are not, in the windows' share.
 */
export function isFrameForWork(windows: WorkWindows | null, nowMs: number): boolean {
  if (windows === null) return true;
  if (nowMs % cycleMs < listeningMs) return false;
  const share = Math.max(leastFrameShare, windows.workMs / windows.intervalMs);
  const turnMs = (restFrames * windows.intervalMs) / (1 - share);
  return nowMs % turnMs < share * turnMs;
}

function sinceWindow({ fromMs, intervalMs }: WorkWindows, nowMs: number): number {
  const passedMs = (nowMs - fromMs) % intervalMs;
  return passedMs < 0 ? passedMs + intervalMs : passedMs;
}
