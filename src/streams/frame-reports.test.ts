import { from, interval, map, NEVER, Observable, type Subscription, take } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { describe, expect, it } from 'vitest';
import type { FrameReport } from '../contract';
import { frameReports$ } from './frame-reports';

const marbles = (body: Parameters<TestScheduler['run']>[0]) =>
  new TestScheduler((actual, expected) => expect(actual).toEqual(expected)).run(body);

/** Frames each `everyMs`, the first after one interval; their times are the marbles' own. */
const ticking = (everyMs: number, count: number) =>
  interval(everyMs).pipe(
    map((index) => (index + 1) * everyMs),
    take(count),
  );
/** What is told of frames each 10 ms. */
const drawn = (fromMs: number, toMs: number): FrameReport => ({
  visible: true,
  displayIntervalMs: 10,
  frameTimesMs: Array.from({ length: (toMs - fromMs) / 10 + 1 }, (_, index) => fromMs + 10 * index),
});
const hidden: FrameReport = { visible: false };
const visibilities = { v: true, h: false };

describe('frameReports$', () => {
  it('tells of all frames, at most every 250 ms, each report from where the last ended', () => {
    marbles(({ cold, expectObservable }) => {
      const visible$ = cold<boolean>('v', visibilities);
      // Frames at 10, 20, …: 250 ms after the first is 260, then 510.
      expectObservable(frameReports$(ticking(10, 60), visible$)).toBe('260ms a 249ms b', {
        a: drawn(10, 260),
        b: drawn(260, 510),
      });
    });
  });

  it('says once that the page is hidden, at once, and leaves the time in hiding out', () => {
    marbles(({ cold, expectObservable }) => {
      const visible$ = cold<boolean>('v 304ms h h h 200ms v', visibilities);
      // Hidden from 305 to 508, in which frames are left out as well; 510 is the first of the next report.
      expectObservable(frameReports$(ticking(10, 80), visible$)).toBe('260ms a 44ms h 454ms b', {
        a: drawn(10, 260),
        h: hidden,
        b: drawn(510, 760),
      });
    });
  });

  it('says so at once where the page was opened in the background', () => {
    marbles(({ cold, expectObservable }) => {
      expectObservable(frameReports$(NEVER, cold<boolean>('h', visibilities))).toBe('h', { h: hidden });
    });
  });

  it('says nothing while no frames come, and of a display of which too little is known', () => {
    marbles(({ cold, expectObservable }) => {
      expectObservable(frameReports$(NEVER, cold<boolean>('v', visibilities))).toBe('-');
      // 100 ms apart: the 8th interval ends with the 9th frame, at 900.
      const slow$ = frameReports$(ticking(100, 9), cold<boolean>('v', visibilities));
      expectObservable(slow$.pipe(map(() => 'r'))).toBe('900ms r');
    });
  });

  it('completes with both inputs, and passes errors on', () => {
    marbles(({ cold, expectObservable }) => {
      expectObservable(frameReports$(cold<number>('-|'), cold<boolean>('---|'))).toBe('---|');
      expectObservable(frameReports$(cold<number>('-#'), cold<boolean>('-'))).toBe('-#');
      expectObservable(frameReports$(cold<number>('-'), cold<boolean>('-#'))).toBe('-#');
    });
  });

  it('lets go of both inputs when it is unsubscribed', () => {
    let open = 0;
    const counted = new Observable<never>(() => {
      open += 1;
      return () => {
        open -= 1;
      };
    });
    const subscription: Subscription = frameReports$(counted, counted).subscribe();
    expect(open).toBe(2);
    subscription.unsubscribe();
    expect(open).toBe(0);
  });

  /** The display's interval in the last report of frames with these intervals. */
  function estimated(intervalsMs: readonly number[]): number {
    let last: FrameReport = hidden;
    let nowMs = 0;
    const times = [0, ...intervalsMs.map((intervalMs) => (nowMs += intervalMs))];
    frameReports$(from(times), NEVER).subscribe((report) => (last = report));
    return last.visible ? last.displayIntervalMs : Number.NaN;
  }
  const frames = (count: number, intervalMs: number) => Array.from({ length: count }, () => intervalMs);

  it.each([1000 / 144, 1000 / 120, 1000 / 60, 1000 / 30])(
    'finds a display’s interval of %s ms',
    (intervalMs) => {
      expect(estimated(frames(200, intervalMs))).toBeCloseTo(intervalMs, 6);
    },
  );

  it.each([20, 100 / 3, 100])('finds it where the clock shows the time in steps of %s ms', (clockStepMs) => {
    const times = Array.from({ length: 600 }, (_, frame) => 7 + (frame * 1000) / 60);
    const shown = times.map((timeMs) => Math.floor(timeMs / clockStepMs) * clockStepMs);
    const reports: FrameReport[] = [];
    frameReports$(from(shown), NEVER).subscribe((report) => reports.push(report));
    for (const report of reports) {
      const told = report.visible ? report.frameTimesMs : [];
      const intervals = told.slice(1).map((timeMs, index) => timeMs - told[index]!);
      expect(Math.min(...intervals)).toBeGreaterThan(10);
      expect(Math.max(...intervals)).toBeLessThan(25);
    }
    const last = reports.at(-1);
    expect(last?.visible && Math.abs(last.displayIntervalMs - 1000 / 60)).toBeLessThan(3);
  });

  it('is not deceived by frames that are late for half a minute', () => {
    // 30 s at 60 ms are 500 frames; the 100 before them are still among the last 600.
    expect(estimated([...frames(100, 16), ...frames(500, 60)])).toBe(16);
  });

  it('follows a display that becomes slower or faster', () => {
    expect(estimated([...frames(300, 8), ...frames(700, 16)])).toBe(16);
    expect(estimated([...frames(600, 16), ...frames(120, 8)])).toBe(8);
  });
});
