import { filter, map, merge, type Observable, scan } from 'rxjs';
import type { FrameReport } from '../contract';

const reportEveryMs = 250;
/** The display's interval is the tenth part's longest of so many: they reach back to before learning slowed frames. */
const intervalsKept = 600;
const displayQuantile = 0.1;
/** Before so many intervals are known nothing is said about the display. */
const fewestIntervals = 8;
/** Where the clock is coarse, frames are told evenly over so long. */
const evenedMs = 100;

interface Seen {
  readonly visible: boolean;
  /** Frames since the last report, after its last frame. */
  readonly frameTimesMs: readonly number[];
  /** Up to the last report. */
  readonly intervalsMs: readonly number[];
  readonly report: FrameReport | null;
}

/**
 * Frames and the page's visibility in, reports for the learner out: at most one every 250 ms while the page is visible,
 * and one that says so when it is hidden.
 *
 * The display's interval is what a tenth of the last 600 frames took at most, so it is right at any refresh rate, also
 * where a software renderer reaches only a part of it, and not deceived by frames that are late for half a minute.
 * Intervals across a time of hiding are left out.
 *
 * Some browsers show the time in steps, longer than a frame, for privacy. Where two frames of a report bear the same
 * time, its frames are told as if they had come evenly, from one step of the clock to the first a tenth of a second
 * later: each such stretch is right to within a frame. Completes with both inputs and passes their errors on.
 *
 * @param frames$ when frames are drawn, in milliseconds since the Unix epoch.
 * @param visible$ whether the page is visible: at once, and when that changes. Repeats are harmless.
 */
export function frameReports$(
  frames$: Observable<number>,
  visible$: Observable<boolean>,
): Observable<FrameReport> {
  const nothing: Seen = { visible: true, frameTimesMs: [], intervalsMs: [], report: null };
  return merge(visible$, frames$).pipe(
    scan(
      (seen: Seen, news) => (typeof news === 'number' ? afterFrame(seen, news) : afterChange(seen, news)),
      nothing,
    ),
    map(({ report }) => report),
    filter((report) => report !== null),
  );
}

function afterChange(seen: Seen, visible: boolean): Seen {
  if (visible === seen.visible) return { ...seen, report: null };
  return { ...seen, visible, frameTimesMs: [], report: visible ? null : { visible } };
}

function afterFrame(seen: Seen, nowMs: number): Seen {
  // A frame that was under way when the page was hidden.
  if (!seen.visible) return { ...seen, report: null };
  const frameTimesMs = [...seen.frameTimesMs, nowMs];
  const sinceMs = nowMs - (frameTimesMs[0] ?? nowMs);
  const known = seen.intervalsMs.length + frameTimesMs.length - 1;
  if (sinceMs < reportEveryMs || known < fewestIntervals) return { ...seen, frameTimesMs, report: null };
  const told = evenWhereClockStood(frameTimesMs);
  const intervalsMs = [...seen.intervalsMs, ...intervalsOf(told)].slice(-intervalsKept);
  const displayIntervalMs = lowQuantile(intervalsMs);
  return {
    visible: true,
    frameTimesMs: [nowMs],
    intervalsMs,
    report: { visible: true, displayIntervalMs, frameTimesMs: told },
  };
}

function intervalsOf(timesMs: readonly number[]): number[] {
  return timesMs.slice(1).map((timeMs, index) => timeMs - (timesMs[index] ?? timeMs));
}

function evenWhereClockStood(timesMs: readonly number[]): readonly number[] {
  if (intervalsOf(timesMs).every((intervalMs) => intervalMs > 0)) return timesMs;
  const even = [...timesMs];
  let first = 0;
  for (let last = 1; last < timesMs.length; last++) {
    const fromMs = timesMs[first] ?? 0;
    const tookMs = (timesMs[last] ?? fromMs) - fromMs;
    const stepped = timesMs[last] !== timesMs[last - 1];
    if (!(stepped && tookMs >= evenedMs) && last < timesMs.length - 1) continue;
    for (let frame = first + 1; frame < last; frame++) {
      even[frame] = fromMs + (tookMs * (frame - first)) / (last - first);
    }
    first = last;
  }
  return even;
}

function lowQuantile(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(displayQuantile * sorted.length)] ?? 0;
}
