import type { FrameReport } from '../contract';

type DrawnFrames = Extract<FrameReport, { visible: true }>;

/** A frame is late when the display could have shown another meanwhile. */
const lateFactor = 1.5;
/** After work, so many of the display's intervals pass until a frame counts as drawn at rest: what was queued shows. */
const settlingIntervals = 2;
/** Work before that is not needed any more: reports are younger, unless the page itself stood still. */
const workKeptMs = 4_000;
/** How many frames the shares of late ones remember. */
const workingFrames = 120;
const restingFrames = 300;
/** A difference below so many standard errors may be chance. */
const significantErrors = 1.5;

interface Spell {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Frames and the late ones among them, older ones counting less and less. */
class Tally {
  frames = 0;
  late = 0;
  private readonly memory: number;

  constructor(memory: number) {
    this.memory = memory;
  }

  add(late: boolean): void {
    const kept = 1 - 1 / this.memory;
    this.frames = this.frames * kept + 1;
    this.late = this.late * kept + (late ? 1 : 0);
  }

  clear(): void {
    this.frames = 0;
    this.late = 0;
  }
}

/**
 * Tells frames that learning made late from those that are late anyway, since a busy machine or a heavy scene would
 * otherwise slow learning down for nothing.
 *
 * A frame belongs to *work* when learning worked in the display's interval after the frame before, in which it was due,
 * and to *rest* when learning had also rested for two intervals before; others are left out. That is decided by the
 * moments in which a frame was due, whenever it came: by the whole time that it took, long intervals would meet work
 * more often than short ones, and lateness that has other reasons would look like ours.
 *
 * All times are milliseconds of one clock.
 */
export class LateFrames {
  private readonly working = new Tally(workingFrames);
  private readonly resting = new Tally(restingFrames);
  private spells: Spell[] = [];
  private workingSinceMs: number | null = null;
  /** When the last frame at rest was due; −Infinity before the first. */
  lastAtRestMs = Number.NEGATIVE_INFINITY;

  /** Learning works from now on. */
  works(nowMs: number): void {
    this.workingSinceMs ??= nowMs;
  }

  /** Learning rests from now on. */
  rests(nowMs: number): void {
    if (this.workingSinceMs === null) return;
    this.spells.push({ fromMs: this.workingSinceMs, toMs: nowMs });
    this.workingSinceMs = null;
    if ((this.spells[0]?.toMs ?? nowMs) < nowMs - 2 * workKeptMs) {
      this.spells = this.spells.filter(({ toMs }) => toMs >= nowMs - workKeptMs);
    }
  }

  /** Counts a report's frames. @returns how many of them belong to work. */
  add({ displayIntervalMs, frameTimesMs }: DrawnFrames): number {
    let atWork = 0;
    for (let frame = 1; frame < frameTimesMs.length; frame++) {
      const fromMs = frameTimesMs[frame - 1]!;
      const late = frameTimesMs[frame]! - fromMs > lateFactor * displayIntervalMs;
      const dueMs = fromMs + displayIntervalMs;
      if (this.worked(fromMs, dueMs)) {
        this.working.add(late);
        atWork += 1;
      } else if (!this.worked(fromMs - settlingIntervals * displayIntervalMs, dueMs)) {
        this.resting.add(late);
        this.lastAtRestMs = dueMs;
      }
    }
    return atWork;
  }

  /**
   * The share of frames, 0 to 1, that learning makes late: late ones at work less those at rest, less what may be chance
   * (1.5 standard errors of the difference of two proportions, pooled). Without any frame at rest all are blamed on
   * learning.
   */
  get excess(): number {
    const { working, resting } = this;
    if (working.frames === 0) return 0;
    const pooled = (working.late + resting.late) / (working.frames + resting.frames);
    const perFrame = 1 / working.frames + (resting.frames === 0 ? 0 : 1 / resting.frames);
    const error = Math.sqrt(pooled * (1 - pooled) * perFrame);
    const atRest = resting.frames === 0 ? 0 : resting.late / resting.frames;
    return Math.max(0, working.late / working.frames - atRest - significantErrors * error);
  }

  /** Forgets frames at work: from now on learning works differently. */
  forgetWork(): void {
    this.working.clear();
  }

  private worked(fromMs: number, toMs: number): boolean {
    if (this.workingSinceMs !== null && this.workingSinceMs < toMs) return true;
    return this.spells.some((spell) => spell.fromMs < toMs && spell.toMs > fromMs);
  }
}
