import { describe, expect, it } from 'vitest';
import type { Priority } from '../contract';
import { SeededRandom } from '../random/seeded-random';
import { leastShares, Pace } from './pace';

/** How a made-up machine's frames come. */
interface Machine {
  readonly displayIntervalMs?: number;
  /** What one minibatch takes the device, milliseconds. */
  readonly stepMs?: number;
  /** The chance that a frame is late, by the share of the last 100 ms in which learning worked. */
  readonly lateness: (share: number) => number;
  /** Wall time between two updates, and how many minibatches one has. */
  readonly betweenUpdatesMs?: number;
  readonly minibatches?: number;
}

/** A pace whose page is seen, with no frames yet. */
function watchedPace(priority: Priority): Pace {
  const pace = new Pace(priority);
  pace.report({ visible: true, displayIntervalMs: 1000 / 60, frameTimesMs: [] });
  return pace;
}

/** Plays a pace against machines, on a clock of its own. */
class Play {
  readonly pace: Pace;
  nowMs = 10_000;
  restedMs = 0;
  workedMs = 0;
  longestSliceMs = 0;
  updateShares: number[] = [];
  visible = true;
  private readonly random = SeededRandom.fromSeed(7);
  private spells: { fromMs: number; toMs: number }[] = [];
  private frameTimesMs = [this.nowMs];
  private nextFrameMs = this.nowMs;

  constructor(priority: Priority) {
    this.pace = watchedPace(priority);
  }

  /** Back-to-back or spaced updates for at least `durationMs`. */
  run(machine: Machine, durationMs: number): this {
    const { stepMs = 1, betweenUpdatesMs = 500, minibatches = 400 } = machine;
    const endMs = this.nowMs + durationMs;
    this.restedMs = 0;
    this.workedMs = 0;
    this.longestSliceMs = 0;
    while (this.nowMs < endMs) {
      this.pass(machine, betweenUpdatesMs, false);
      this.pace.updateBegins(this.nowMs);
      let sliceFromMs = this.nowMs;
      for (let taken = 0; taken < minibatches; taken++) {
        this.pass(machine, stepMs, true);
        if (!this.pace.step(this.nowMs)) continue;
        this.longestSliceMs = Math.max(this.longestSliceMs, this.nowMs - sliceFromMs);
        const restMs = this.pace.settled(this.nowMs);
        this.pass(machine, restMs, false);
        this.restedMs += restMs;
        this.pace.resumes(this.nowMs);
        sliceFromMs = this.nowMs;
      }
      this.updateShares.push(this.pace.updateEnds(this.nowMs));
    }
    return this;
  }

  /** Of all time in updates. */
  get workedShare(): number {
    return this.workedMs / (this.workedMs + this.restedMs);
  }

  private pass(machine: Machine, durationMs: number, working: boolean): void {
    const { displayIntervalMs = 1000 / 60 } = machine;
    const fromMs = this.nowMs;
    this.nowMs += durationMs;
    if (working) {
      this.workedMs += durationMs;
      this.spells.push({ fromMs, toMs: this.nowMs });
    }
    while (this.visible && this.nextFrameMs <= this.nowMs) {
      const drawnMs = this.nextFrameMs;
      this.frameTimesMs.push(drawnMs);
      this.spells = this.spells.filter(({ toMs }) => toMs > drawnMs - 100);
      const recentMs = this.spells.reduce(
        (sum, spell) =>
          sum + Math.max(0, Math.min(spell.toMs, drawnMs) - Math.max(spell.fromMs, drawnMs - 100)),
        0,
      );
      const late = this.random.uniform() < machine.lateness(recentMs / 100);
      this.nextFrameMs += displayIntervalMs * (late ? 2 : 1);
      if (drawnMs - this.frameTimesMs[0]! >= 250) {
        this.pace.report({ visible: true, displayIntervalMs, frameTimesMs: this.frameTimesMs });
        this.frameTimesMs = [drawnMs];
      }
    }
  }

  hide(): void {
    this.visible = false;
    this.pace.report({ visible: false });
  }

  show(): void {
    this.visible = true;
    this.nextFrameMs = this.nowMs;
    this.frameTimesMs = [this.nowMs];
  }
}

/** Late as soon as learning takes more than `limit` of the machine. */
const lateAbove = (limit: number) => (share: number) => (share > limit ? 0.5 : 0);
const never = () => 0;

describe('Pace', () => {
  it.each([0.4, 0.55, 0.7, 0.9])('works about as much as frames allow, %s of the time', (limit) => {
    const play = new Play('gameFirst').run({ lateness: lateAbove(limit) }, 20_000);
    play.run({ lateness: lateAbove(limit) }, 60_000);
    expect(play.workedShare).toBeGreaterThan(0.6 * limit);
    expect(play.workedShare).toBeLessThan(1.1 * limit);
  });

  it.each(['gameFirst', 'balanced'] as const)('with %s never works less than its least share', (priority) => {
    const play = new Play(priority).run({ lateness: (share) => (share > 0.02 ? 1 : 0) }, 20_000);
    play.run({ lateness: (share) => (share > 0.02 ? 1 : 0) }, 20_000);
    expect(play.pace.share).toBeGreaterThanOrEqual(leastShares[priority]);
    expect(play.pace.share).toBeLessThan(leastShares[priority] + 0.05);
    expect(play.workedShare).toBeCloseTo(leastShares[priority], 1);
  });

  it('with learnFirst never rests, and still bounds its slices', () => {
    const play = new Play('learnFirst').run({ lateness: () => 1 }, 20_000);
    expect(play.restedMs).toBe(0);
    expect(play.updateShares).toContain(1);
    expect(Math.min(...play.updateShares)).toBe(1);
    expect(play.longestSliceMs).toBeLessThanOrEqual(9);
  });

  it('takes the whole machine where no frame is late, and again once it is free', () => {
    const play = new Play('balanced').run({ lateness: never }, 30_000);
    expect(play.pace.share).toBe(1);
    play.run({ lateness: lateAbove(0.1) }, 20_000);
    expect(play.pace.share).toBeLessThan(0.4);
    play.run({ lateness: never }, 60_000);
    expect(play.pace.share).toBe(1);
  });

  it('makes room within two seconds, and takes it back over many', () => {
    const play = new Play('balanced').run({ lateness: never }, 40_000);
    const share = play.pace.share;
    play.run({ lateness: lateAbove(0.1), betweenUpdatesMs: 0 }, 2_000);
    expect(play.pace.share).toBeLessThan(0.5 * share);
    const cut = play.pace.share;
    play.run({ lateness: never }, 2_000);
    expect(play.pace.share - cut).toBeLessThan(0.12);
  });

  it.each([
    [0.05, 500],
    [0.3, 500],
    [0.3, 0],
    [0.9, 0],
  ])(
    'does not make room on a machine where %s of all frames are late anyway, with %s ms between updates',
    (late, betweenUpdatesMs) => {
      const machine = { lateness: () => late, betweenUpdatesMs };
      const play = new Play('gameFirst').run(machine, 60_000);
      play.run(machine, 60_000);
      expect(play.workedShare).toBeGreaterThan(0.85);
    },
  );

  it('finds out what learning adds to frames that are late anyway, also where updates leave no gaps', () => {
    const machine = {
      lateness: (share: number) => (share > 0.5 ? 0.7 : 0.15),
      betweenUpdatesMs: 0,
    };
    const play = new Play('gameFirst').run(machine, 30_000);
    play.run(machine, 60_000);
    expect(play.workedShare).toBeGreaterThan(0.3);
    expect(play.workedShare).toBeLessThan(0.6);
  });

  it('goes at full speed while the page is hidden, and remembers its share', () => {
    const play = new Play('balanced').run({ lateness: lateAbove(0.05) }, 20_000);
    const share = play.pace.share;
    play.hide();
    play.run({ lateness: never }, 5_000);
    expect(play.restedMs).toBe(0);
    expect(play.pace.share).toBe(1);
    play.show();
    play.run({ lateness: lateAbove(0.05) }, 3_000);
    expect(play.pace.share).toBeCloseTo(share, 1);
  });

  it('makes no room before a page has told of its frames', () => {
    const pace = new Pace('gameFirst');
    pace.updateBegins(0);
    pace.step(50);
    expect(pace.settled(50)).toBe(0);
    expect(pace.updateEnds(50)).toBe(1);
  });

  it.each([1000 / 30, 1000 / 60, 1000 / 144])(
    'makes room on a display of %s ms a frame',
    (displayIntervalMs) => {
      const machine = { lateness: lateAbove(0.4), displayIntervalMs };
      const play = new Play('gameFirst').run(machine, 30_000);
      play.run(machine, 30_000);
      expect(play.workedShare).toBeGreaterThan(0.2);
      expect(play.workedShare).toBeLessThan(0.45);
    },
  );

  it.each([0.05, 0.4, 3, 20])('keeps the share for minibatches of %s ms', (stepMs) => {
    const machine = { lateness: lateAbove(0.02), stepMs, minibatches: Math.ceil(500 / stepMs) };
    const play = new Play('balanced').run(machine, 20_000);
    play.run(machine, 20_000);
    expect(play.workedShare).toBeCloseTo(leastShares.balanced, 1);
    // A slice is one minibatch at least.
    expect(play.longestSliceMs).toBeLessThanOrEqual(Math.max(3, 1.01 * stepMs));
  });

  it('learns from the device how many minibatches make a slice', () => {
    const pace = watchedPace('learnFirst');
    pace.updateBegins(0);
    let nowMs = 0;
    /** The thread asks for a minibatch in no time, the device takes 2 ms for each. */
    const stepsOfSlice = () => {
      let steps = 1;
      while (!pace.step(nowMs)) steps += 1;
      nowMs += 2 * steps;
      pace.settled(nowMs);
      pace.resumes(nowMs);
      return steps;
    };
    // The update's first slice holds more than minibatches, and the second measures one.
    expect([stepsOfSlice(), stepsOfSlice()]).toEqual([1, 1]);
    // 4 minibatches make 8 ms.
    expect([stepsOfSlice(), stepsOfSlice()]).toEqual([4, 4]);
  });

  it('adds up rests that are too short for a timer', () => {
    const pace = watchedPace('balanced');
    pace.updateBegins(0);
    const rests: number[] = [];
    for (let nowMs = 0; rests.length < 8; ) {
      nowMs += 4;
      pace.step(nowMs);
      rests.push(pace.settled(nowMs));
      nowMs += rests.at(-1)!;
      pace.resumes(nowMs);
    }
    // Half of the time at first: 4 ms are owed after one slice of 4 ms, 8 ms after two.
    expect(rests).toEqual([0, 8, 0, 8, 0, 8, 0, 8]);
  });

  it('takes minibatches that are longer than half a frame in a row, and rests for whole frames', () => {
    const pace = watchedPace('balanced');
    pace.updateBegins(0);
    const rests: number[] = [];
    for (let nowMs = 0; rests.length < 60; ) {
      nowMs += 12;
      expect(pace.step(nowMs)).toBe(true);
      const restMs = pace.settled(nowMs);
      rests.push(restMs);
      nowMs += restMs;
      pace.resumes(nowMs);
    }
    // Half of the time at first: 12 ms are owed a minibatch, and 4 frames of a 60 Hz display after the 6th. The first
    // slice of an update tells nothing of minibatches, so its rest is short.
    expect(rests[0]).toBe(12);
    expect(rests.slice(1, 8)).toEqual([0, 0, 0, 0, 0, 72, 0]);
  });

  it('takes a rest that lasted longer off the next', () => {
    const pace = watchedPace('balanced');
    pace.updateBegins(0);
    pace.step(6);
    // Half of the time at first.
    expect(pace.settled(6)).toBe(6);
    pace.resumes(18);
    pace.step(24);
    expect(pace.settled(24)).toBe(0);
    pace.resumes(24);
    pace.step(30);
    expect(pace.settled(30)).toBe(6);
  });

  it('says what share of an update was work', () => {
    const pace = watchedPace('balanced');
    pace.updateBegins(0);
    pace.step(10);
    pace.settled(10);
    pace.resumes(30);
    expect(pace.updateEnds(40)).toBe(0.5);
  });
});
