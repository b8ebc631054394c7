import type { FrameReport, Priority } from '../contract';
import { LateFrames } from './late-frames';
import { TurnTaking } from './turn-taking';
import { restLeftMs, type WorkWindows } from './work-windows';

/** The least share of its time that learning works, however late frames come. */
export const leastShares: Readonly<Record<Priority, number>> = {
  gameFirst: 0.1,
  balanced: 0.3,
  learnFirst: 1,
};
/** Where a run begins, before it is known how frames bear learning. */
const firstShare = 0.5;
/** Fewer frames at work say too little; a report at 60 Hz holds 15. */
const fewestFrames = 8;
/** Added to the share where learning made no frame late: up to 4 % a second. */
const growth = 0.01;
/** By so many times the share of frames that learning made late it works less, but never less than half as much. */
const shrinkage = 2;
const strongestCut = 0.5;

/** A slice at full share. A frame waits at most this long for what learning has queued on the device. */
const longestSliceMs = 8;
const shortestSliceMs = 2;
/** Where nobody looks a slice only bounds the device's queue. */
const hiddenSliceMs = 32;
/** What a slice took counts this much in the estimate of a minibatch's time. */
const newestWeight = 0.5;

/** Timers of browsers wait at least 4 ms once they are nested; shorter rests are added up until one is worth it. */
const shortestRestMs = 5;
/**
 * A minibatch longer than half a frame makes each frame late that it falls into, however long learning rests around it.
 * Several in a row, and rests of whole frames between them, spoil fewer.
 */
const coarseIntervals = 0.5;
const coarseRestIntervals = 4;
/** A computer that slept in mid-slice must not rest as long. */
const longestRestMs = 1_000;
/** Timers fire late on a busy machine; no more than this is set off against rests to come. */
const longestCreditMs = 20;

/** Rest for so many frames where it is not known how late they are at rest, and not again for a while. */
const listeningIntervals = 12;
const listeningApartMs = 4_000;

/**
 * Decides how learning shares the machine with the game: how many minibatches make a slice, and how long to rest after
 * it. Knows no clock: every moment is an argument, in milliseconds of the clock of the frame reports.
 *
 * The share of time in which learning works adapts as TCP adapts its window (additive increase, multiplicative decrease;
 * Chiu and Jain 1989, “Analysis of the increase and decrease algorithms for congestion avoidance”): frames that learning made late cut it by a factor, others add a little.
 * What is late for other reasons does not count, see `LateFrames`. Where frames are late and none has been drawn at rest
 * for some seconds, learning rests for a few of them, to learn how late they are without it.
 */
export class Pace {
  private priority: Priority;
  /** Until the page first tells of its frames there is nobody to make room for. */
  private visible = false;
  private adaptedShare = firstShare;
  /** Where other threads gather what is learned from, and work in the same windows. */
  private turns: TurnTaking | null = null;
  private readonly lateFrames = new LateFrames();
  /** Frames at work since the share was last changed. */
  private framesUnjudged = 0;
  private displayIntervalMs = 1000 / 60;
  /** Whether the last frames at work were later than those at rest, as far as these are known. */
  private blamed = false;
  private listenedMs = Number.NEGATIVE_INFINITY;

  private sliceFromMs = 0;
  private stepsInSlice = 0;
  /** False in an update's first slice, which holds more than minibatches. */
  private sliceIsMeasurable = false;
  /** Of one minibatch, with its part of waiting for the device; null before the first was measured. */
  private stepMs: number | null = null;

  private restOwedMs = 0;
  private restFromMs = 0;
  private updateFromMs = 0;
  private restedMs = 0;
  /** Of the update so far, when the device was done and it was not known yet: neither work nor a rest. */
  private idleMs = 0;

  constructor(priority: Priority) {
    this.priority = priority;
  }

  setPriority(priority: Priority): void {
    this.priority = priority;
    this.turns?.setPriority(priority);
  }

  /** Whether other threads gather meanwhile; then the share holds for them as well. */
  setTogether(on: boolean): void {
    if (on === (this.turns !== null)) return;
    this.turns = on ? new TurnTaking(this.priority) : null;
    this.adaptedShare = firstShare;
    this.lateFrames.forgetWork();
  }

  /** When all threads work; null where they never rest, or there are no others. */
  get windows(): WorkWindows | null {
    return this.turns?.windows ?? null;
  }

  /** The share of time in which learning works, 0 to 1, while an update is under way. */
  get share(): number {
    if (!this.visible) return 1;
    return this.turns?.share ?? Math.max(leastShares[this.priority], this.adaptedShare);
  }

  /** The page told of its frames. */
  report(report: FrameReport): void {
    this.visible = report.visible;
    if (report.visible) this.displayIntervalMs = report.displayIntervalMs;
    if (this.turns !== null) this.turns.report(report);
    else if (report.visible) this.judge(report);
  }

  private judge(report: Extract<FrameReport, { visible: true }>): void {
    this.framesUnjudged += this.lateFrames.add(report);
    if (this.framesUnjudged < fewestFrames) return;
    this.framesUnjudged = 0;
    const { excess } = this.lateFrames;
    this.blamed = excess > 0;
    if (!this.blamed) {
      this.adaptedShare = Math.min(1, this.share + growth);
      return;
    }
    this.adaptedShare = this.share * Math.max(strongestCut, 1 - shrinkage * excess);
    this.lateFrames.forgetWork();
  }

  /** An update begins, and with it work. */
  updateBegins(nowMs: number): void {
    this.updateFromMs = nowMs;
    this.restedMs = 0;
    this.idleMs = 0;
    this.restOwedMs = 0;
    this.beginSlice(nowMs);
    this.sliceIsMeasurable = false;
  }

  /** An update ended, or was given up. @returns the share of its time in which learning worked, 0 to 1. */
  updateEnds(nowMs: number): number {
    this.rests(nowMs);
    const updateMs = nowMs - this.updateFromMs - this.idleMs;
    return updateMs > 0 ? 1 - Math.min(1, this.restedMs / updateMs) : 1;
  }

  /**
   * A minibatch was computed, or the device was asked to.
   *
   * @returns whether the slice is used up: by the time that it took, or by that its minibatches will take the device.
   */
  step(nowMs: number): boolean {
    this.stepsInSlice += 1;
    const sliceMs = this.visible ? Math.max(shortestSliceMs, longestSliceMs * this.share) : hiddenSliceMs;
    // One more is asked for where at least half of it fits.
    const expectedMs = this.stepMs === null ? sliceMs : (this.stepsInSlice + 0.5) * this.stepMs;
    return Math.max(expectedMs, nowMs - this.sliceFromMs) >= sliceMs;
  }

  /**
   * The device has caught up with the slice.
   *
   * @param idleMs for how long it had nothing left to do before that was known. The game had it for itself then.
   * @returns how long to rest, milliseconds; 0 for not at all.
   */
  settled(nowMs: number, idleMs = 0): number {
    const tookMs = Math.max(0, nowMs - this.sliceFromMs - idleMs);
    this.idleMs += idleMs;
    if (this.sliceIsMeasurable) {
      const stepMs = tookMs / this.stepsInSlice;
      this.stepMs = this.stepMs === null ? stepMs : this.stepMs + newestWeight * (stepMs - this.stepMs);
    }
    this.restFromMs = nowMs;
    if (this.turns !== null) return restLeftMs(this.turns.windows, nowMs);
    const { share } = this;
    if (share === 1) {
      this.restOwedMs = 0;
      return 0;
    }
    const owedMs = this.restOwedMs + tookMs * (1 / share - 1) - idleMs;
    this.restOwedMs = Math.min(longestRestMs, Math.max(-longestCreditMs, owedMs));
    const restMs = Math.max(this.restOwedMs, this.listeningMs(nowMs));
    if (restMs < this.worthwhileRestMs) return 0;
    this.rests(nowMs);
    return restMs;
  }

  /** The rest is over, or there was none: the next slice begins. */
  resumes(nowMs: number): void {
    if (this.share < 1) {
      const restMs = nowMs - this.restFromMs;
      this.restedMs += restMs;
      this.restOwedMs = Math.max(-longestCreditMs, this.restOwedMs - restMs);
    }
    this.beginSlice(nowMs);
    this.sliceIsMeasurable = true;
  }

  private beginSlice(nowMs: number): void {
    if (this.turns === null) this.lateFrames.works(nowMs);
    this.sliceFromMs = nowMs;
    this.stepsInSlice = 0;
  }

  private rests(nowMs: number): void {
    if (this.turns === null) this.lateFrames.rests(nowMs);
  }

  private get worthwhileRestMs(): number {
    const coarse = (this.stepMs ?? 0) > coarseIntervals * this.displayIntervalMs;
    return coarse ? coarseRestIntervals * this.displayIntervalMs : shortestRestMs;
  }

  /** How long to rest in order to see frames without learning; 0 where that is known, or nothing is blamed on it. */
  private listeningMs(nowMs: number): number {
    const { lastAtRestMs } = this.lateFrames;
    if (!this.blamed || nowMs - Math.max(lastAtRestMs, this.listenedMs) < listeningApartMs) return 0;
    this.listenedMs = nowMs;
    return listeningIntervals * this.displayIntervalMs;
  }
}
