import type { FrameReport } from '../contract';

/** Reports are under way for less than this, unless the page or this thread stood still. */
const longestWayMs = 1_000;
/** Clocks are read to this at the finest, and only nearly agree. */
const coarseMs = 5;
/** So many reports are looked back to: the quickest of them tells how far the clocks are apart. */
const reportsKept = 20;

/**
 * Puts the times of frames, which the page tells, onto this thread's clock. Both count from 1970, but each thread took
 * the time of day when it began: where the machine's clock was set meanwhile, or it slept, the two are apart for good.
 * Frames would then seem to meet no work at all, or all of it.
 *
 * No report arrives before its last frame was drawn, and hardly any long after: what contradicts that is put right by
 * the quickest of the last reports; else times stay as they are told.
 */
export class PageClock {
  private ages: number[] = [];

  /** @param nowMs when the report came, on this thread's clock. */
  onOurs(report: FrameReport, nowMs: number): FrameReport {
    const lastMs = report.visible ? report.frameTimesMs.at(-1) : undefined;
    if (!report.visible || lastMs === undefined) return report;
    this.ages = [...this.ages, nowMs - lastMs].slice(-reportsKept);
    const youngestMs = Math.min(...this.ages);
    if (youngestMs >= -coarseMs && youngestMs <= longestWayMs) return report;
    return { ...report, frameTimesMs: report.frameTimesMs.map((timeMs) => timeMs + youngestMs) };
  }
}
