import type { ReplayPosition } from '../contract';
import { Replay, type ReplayOptions, type ReplaySnapshot } from './replay';

/** Rally ticks from one kept moment to the next: what a jump plays again takes less than a frame. */
export const ticksASnapshot = 300;
/** Match ticks that are read ahead between two looks at the clock. */
const ticksALook = 60;

/**
 * A replay that can be watched from anywhere. A second one, that nobody sees, reads ahead in what time a frame leaves: it
 * notes where points fell, and keeps a moment every so often from which a jump goes on. So the state at a tick is the
 * same however one came there.
 */
export class SeekableReplay {
  /** What is shown. */
  readonly replay: Replay;
  private readonly ahead: Replay;
  /** Every `ticksASnapshot` rally ticks, from the start. */
  private readonly snapshots: ReplaySnapshot[];
  /** False where the record does not repeat beyond: whoever watches it is told there. */
  private isSound = true;
  /** Where somebody wants to be, until it is shown. */
  private wanted: number | null = null;
  private shown: ReplayPosition;

  /** @throws what `Replay` throws. */
  constructor(options: ReplayOptions) {
    this.replay = new Replay(options);
    this.ahead = new Replay(options);
    this.snapshots = [this.ahead.snapshot()];
    this.shown = { tick: 0, length: this.replay.length, points: [] };
  }

  /** Where it is, or is about to be; the same object while that stays the same. */
  get position(): ReplayPosition {
    const tick = this.wanted ?? this.replay.ticks;
    if (tick !== this.shown.tick) this.shown = { ...this.shown, tick };
    return this.shown;
  }

  /** Whether all of it was read. */
  get isRead(): boolean {
    return this.ahead.isOver || !this.isSound;
  }

  /** Wants it to be shown as it is after so many rally ticks; `work` gets there. */
  seek(tick: number): void {
    this.wanted = Math.min(this.replay.length, Math.max(0, Math.round(tick)));
  }

  /**
   * Reads ahead until the time is up, and goes where somebody wants to be once it was read so far.
   *
   * @returns whether it has jumped.
   */
  work(isTimeUp: () => boolean): boolean {
    while (!this.isRead && !isTimeUp()) this.readAhead();
    if (this.wanted === null || (this.wanted > this.ahead.ticks && !this.isRead)) return false;
    this.jump(this.wanted);
    this.wanted = null;
    return true;
  }

  private readAhead(): void {
    try {
      for (let tick = 0; tick < ticksALook && !this.ahead.isOver; tick++) this.readTick();
    } catch {
      this.isSound = false;
    }
  }

  private readTick(): void {
    const { ahead, snapshots } = this;
    ahead.tick();
    if (ahead.takeEndings().length > 0) {
      const { score } = ahead.view;
      const before = this.shown.points.at(-1)?.score ?? [0, 0];
      const winner = score[0] > before[0] ? 0 : score[1] > before[1] ? 1 : null;
      this.shown = { ...this.shown, points: [...this.shown.points, { tick: ahead.ticks, winner, score }] };
    }
    if (ahead.ticks === snapshots.length * ticksASnapshot) snapshots.push(ahead.snapshot());
  }

  /** Nothing is thrown on the way: so far it was read, and found to repeat. */
  private jump(tick: number): void {
    const { replay, snapshots } = this;
    const target = this.isSound ? tick : Math.min(tick, (snapshots.length - 1) * ticksASnapshot);
    const before = snapshots[Math.min(snapshots.length - 1, Math.floor(target / ticksASnapshot))]!;
    replay.restore(before);
    while (replay.ticks < target) replay.tick();
    // What ended on the way is no news.
    replay.takeEndings();
  }
}
