import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PageClock } from './page-clock';

const report = (frameTimesMs: readonly number[]) => ({
  visible: true as const,
  displayIntervalMs: 16,
  frameTimesMs,
});
const everyMs = 250;
const ways = fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 1, maxLength: 60 });

/** What comes of a page's reports on a clock that is so far ahead of ours, each under way for a time. */
function told(aheadMs: number, waysMs: readonly number[]) {
  const clock = new PageClock();
  return waysMs.map((wayMs, index) => {
    const drawnMs = 1e6 + everyMs * index;
    const asked = report([drawnMs + aheadMs - 16, drawnMs + aheadMs]);
    return { drawnMs, asked, answer: clock.onOurs(asked, drawnMs + wayMs) };
  });
}

describe('the times of frames', () => {
  it('stay as they are where both clocks agree', () => {
    fc.assert(
      fc.property(ways, (waysMs) => {
        for (const { asked, answer } of told(0, waysMs)) expect(answer).toBe(asked);
      }),
    );
  });

  it('are this thread’s to within a report’s way where one clock was set, either way', () => {
    const skews = fc.oneof(
      fc.double({ min: -1e8, max: -2_000, noNaN: true }),
      fc.double({ min: 200, max: 1e8, noNaN: true }),
    );
    fc.assert(
      fc.property(skews, ways, (aheadMs, waysMs) => {
        for (const { drawnMs, answer } of told(aheadMs, waysMs)) {
          const [before = 0, last = 0] = answer.visible ? answer.frameTimesMs : [];
          expect(last - drawnMs).toBeGreaterThan(-1);
          expect(last - drawnMs).toBeLessThan(101);
          expect(last - before).toBeCloseTo(16, 1);
        }
      }),
    );
  });

  it('are nothing to a page that is hidden, or has drawn none', () => {
    const clock = new PageClock();
    for (const asked of [{ visible: false } as const, report([])]) expect(clock.onOurs(asked, 0)).toBe(asked);
  });
});
