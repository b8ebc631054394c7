import type { FrameReport, Priority } from '../contract';
import { LateFrames } from './late-frames';
import { restLeftMs, type WorkWindows, workLeftMs, workWindows } from './work-windows';

type DrawnFrames = Extract<FrameReport, { visible: true }>;

/** The least share of their time that threads work, however late frames come. */
export const leastSharesTogether: Readonly<Record<Priority, number>> = {
  gameFirst: 0.05,
  balanced: 0.1,
  learnFirst: 1,
};
/** Where a run begins; doubled with each judgement until a frame is late for the first time. */
const firstShare = 0.2;
/** Fewer frames at work say too little; a report at 60 Hz holds 15. */
const fewestFrames = 8;
/** After the n-th judgement in a row without a late frame the share grows by n of these: by 0.12 in ten seconds. */
const growth = 0.00015;
/** By so many times the share of frames that work made late it shrinks, but never to less than half. */
const shrinkage = 8;
const strongestCut = 0.5;

/**
 * How the threads of an agent that gather and learn at the same time share the machine with the frames that are seen: all
 * work in the same windows of the clock, and judge together by how late frames come. Knows no clock.
 *
 * The share of each interval in which they work adapts as TCP adapts its window: it doubles at first (slow start; Jacobson
 * 1988, “Congestion avoidance and control”), shrinks by a factor where frames are late, and grows the faster the longer
 * none was (as CUBIC; Ha, Rhee and Xu 2008).
 */
export class TurnTaking {
  private priority: Priority;
  private readonly lateFrames = new LateFrames();
  private adaptedShare = firstShare;
  private hasBlamed = false;
  /** Judgements in a row that found no frame made late. */
  private judgedWell = 0;
  /** Frames at work since the last judgement. */
  private framesUnjudged = 0;
  private windowsNow: WorkWindows | null = null;
  /** Up to here frames are told apart by windows. */
  private toldMs = Number.NEGATIVE_INFINITY;

  constructor(priority: Priority) {
    this.priority = priority;
  }

  setPriority(priority: Priority): void {
    this.priority = priority;
  }

  /** When all threads work; null where they never rest. */
  get windows(): WorkWindows | null {
    return this.windowsNow;
  }

  /** The share of each interval in which all work, 0 to 1, while somebody looks. */
  get share(): number {
    return Math.max(leastSharesTogether[this.priority], this.adaptedShare);
  }

  /** The page told of its frames. */
  report(report: FrameReport): void {
    const frameMs = report.visible ? report.frameTimesMs.at(-1) : undefined;
    if (!report.visible || frameMs === undefined) {
      this.windowsNow = null;
      return;
    }
    this.tellWindows(report.frameTimesMs[0]!, frameMs);
    this.judge(report);
    this.windowsNow = workWindows(this.share, report.displayIntervalMs, frameMs);
  }

  private judge(report: DrawnFrames): void {
    const { lateFrames } = this;
    this.framesUnjudged += lateFrames.add(report);
    if (this.framesUnjudged < fewestFrames) return;
    this.framesUnjudged = 0;
    const { excess } = lateFrames;
    if (excess > 0) {
      this.hasBlamed = true;
      this.judgedWell = 0;
      this.adaptedShare = this.share * Math.max(strongestCut, 1 - shrinkage * excess);
      lateFrames.forgetWork();
      return;
    }
    this.judgedWell += 1;
    const grown = this.hasBlamed ? this.share + growth * this.judgedWell : 2 * this.share;
    this.adaptedShare = Math.min(1, grown);
  }

  /** Tells of the windows between two frames, in which any of the threads may have worked. */
  private tellWindows(firstMs: number, endMs: number): void {
    const { windowsNow, lateFrames } = this;
    let nowMs = Math.max(this.toldMs, firstMs);
    while (nowMs < endMs) {
      const workMs = workLeftMs(windowsNow, nowMs);
      if (workMs > 0) lateFrames.works(nowMs);
      else lateFrames.rests(nowMs);
      // Never less than a step of the clock, however numbers round.
      nowMs += Math.max(0.01, workMs > 0 ? workMs : restLeftMs(windowsNow, nowMs));
    }
    this.toldMs = endMs;
  }
}
