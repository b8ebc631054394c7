import fc from 'fast-check';
import { Subject } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { looks$ } from './looks';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const betweenMs = 2_000;

/** When it is looked at, where points come so long after one another. */
function looksAt(gapsMs: readonly number[]): readonly number[] {
  const points$ = new Subject<void>();
  const began = Date.now();
  const at: number[] = [];
  const looking = looks$(points$, betweenMs).subscribe(() => at.push(Date.now() - began));
  for (const gapMs of gapsMs) {
    vi.advanceTimersByTime(gapMs);
    points$.next();
  }
  vi.advanceTimersByTime(20 * betweenMs);
  looking.unsubscribe();
  return at;
}

const gaps = fc.array(fc.integer({ min: 1, max: 9_000 }), { minLength: 1, maxLength: 30 });

describe('looks at a run', () => {
  it('are never nearer to each other than wished, however its points come', () => {
    fc.assert(
      fc.property(gaps, (list) => {
        const at = looksAt(list);
        const apartMs = at.map((atMs, index) => atMs - (at[index - 1] ?? 0));
        expect(Math.min(...apartMs)).toBeGreaterThanOrEqual(betweenMs);
      }),
    );
  });

  it('see each point soon, the last one twice, and then nothing more', () => {
    fc.assert(
      fc.property(gaps, (list) => {
        const at = looksAt(list);
        let nowMs = 0;
        for (const gapMs of list) {
          nowMs += gapMs;
          expect(at.some((atMs) => atMs >= nowMs && atMs <= nowMs + betweenMs)).toBe(true);
        }
        expect(at.filter((atMs) => atMs >= nowMs)).toHaveLength(2);
      }),
    );
  });

  it('are none where there are no points', () => {
    expect(looksAt([])).toEqual([]);
  });
});
