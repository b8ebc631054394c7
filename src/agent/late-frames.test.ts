import { describe, expect, it } from 'vitest';
import { LateFrames } from './late-frames';

/** A display that takes 10 ms a frame. */
const report = (...frameTimesMs: number[]) =>
  ({ visible: true, displayIntervalMs: 10, frameTimesMs }) as const;
/** Frame times from `fromMs`, `count` intervals of `intervalMs`. */
const steady = (fromMs: number, count: number, intervalMs: number) =>
  Array.from({ length: count + 1 }, (_, frame) => fromMs + frame * intervalMs);

describe('LateFrames', () => {
  it('blames learning for frames that are late only while it works', () => {
    const frames = new LateFrames();
    frames.add(report(...steady(0, 100, 10)));
    frames.works(1_000);
    expect(frames.add(report(...steady(1_000, 50, 20)))).toBe(50);
    expect(frames.excess).toBeGreaterThan(0.7);
  });

  it('blames nobody for frames that are as late at rest', () => {
    const frames = new LateFrames();
    frames.add(report(...steady(0, 100, 20)));
    frames.works(2_000);
    frames.add(report(...steady(2_000, 50, 20)));
    expect(frames.excess).toBe(0);
  });

  it('takes a difference that may be chance for chance', () => {
    const frames = new LateFrames();
    // One late frame of 15 at rest, two at work: p = 3/30 pooled, 1.5 standard errors are 1.5 · √(0.09 · 2/15) = 0.16.
    frames.add(report(...steady(0, 14, 10), 160));
    frames.works(160);
    frames.add(report(...steady(160, 13, 10), 310, 330));
    expect(frames.excess).toBe(0);
  });

  it('blames learning for every late frame as long as none was drawn at rest', () => {
    const frames = new LateFrames();
    frames.works(0);
    frames.add(report(...steady(0, 10, 20)));
    expect(frames.excess).toBe(1);
    expect(frames.lastAtRestMs).toBe(Number.NEGATIVE_INFINITY);
  });

  it('counts a frame for work when learning worked in the interval in which it was due, however late it came', () => {
    const frames = new LateFrames();
    frames.works(20);
    frames.rests(25);
    // Due by 30, in [20, 30], and by 10, in [0, 10], though it came only after the work.
    expect(frames.add(report(20, 100))).toBe(1);
    expect(frames.add(report(0, 100))).toBe(0);
  });

  it('leaves frames out that may still wait for what was queued', () => {
    const frames = new LateFrames();
    frames.works(0);
    frames.rests(5);
    // Due in [10, 20] and [20, 30], with work in the 20 ms before; the third, due in [30, 40], is one at rest.
    expect(frames.add(report(10, 20, 30, 40))).toBe(0);
    expect(frames.lastAtRestMs).toBe(40);
    frames.works(40);
    frames.add(report(40, 80));
    // Were the two counted as on time, 1/1 − 0/3 less 1.5 · √(¼ · ¾ · 4/3) = 0.25 were left; with one it is
    // 1 − 1.5 · √(½ · ½ · 2) = −0.06, which is nothing.
    expect(frames.excess).toBe(0);
  });

  it('forgets work that no report can ask for any more', () => {
    const frames = new LateFrames();
    for (let ms = 0; ms < 60_000; ms += 10) {
      frames.works(ms);
      frames.rests(ms + 5);
    }
    expect(frames.add(report(100, 110))).toBe(0);
    expect(frames.add(report(59_900, 59_910))).toBe(1);
  });
});
