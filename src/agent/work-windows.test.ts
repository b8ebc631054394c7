import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../random/seeded-random';
import { Pace } from './pace';
import { leastSharesTogether } from './turn-taking';
import { isFrameForWork, restLeftMs, type WorkWindows, workLeftMs, workWindows } from './work-windows';

const intervalMs = 1000 / 60;

const someShare = fc.double({ min: 0.05, max: 0.85, noNaN: true });
const someMoment = fc.double({ min: 0, max: 2e12, noNaN: true });

it('work and rest take turns, and each ends where the other begins', () => {
  fc.assert(
    fc.property(someShare, someMoment, someMoment, (share, frameMs, nowMs) => {
      const windows = workWindows(share, intervalMs, frameMs)!;
      const [work, rest] = [workLeftMs(windows, nowMs), restLeftMs(windows, nowMs)];
      expect(work > 0).toBe(rest === 0);
      expect(workLeftMs(windows, nowMs + work + 0.01) === 0 || work === 0).toBe(true);
      expect(Math.max(work, rest)).toBeLessThanOrEqual(128);
    }),
  );
});

it('windows end shortly before frames begin, and last their share of the interval', () => {
  fc.assert(
    fc.property(someShare, fc.nat(50), (share, frames) => {
      // 1,024,000 ms is the beginning of a cycle, of which the first eighth is at rest.
      const frameMs = 1_024_000 + 128;
      const windows = workWindows(share, intervalMs, frameMs)!;
      const beginsMs = frameMs + frames * intervalMs;
      expect(workLeftMs(windows, beginsMs - 0.05 * intervalMs)).toBe(0);
      if (frames === 0) return;
      const fromMs = beginsMs - (0.1 + share) * intervalMs;
      expect(workLeftMs(windows, fromMs + 0.001)).toBeCloseTo(share * intervalMs, 2);
    }),
  );
});

it('for an eighth of each second nobody works, so that frames without work are seen', () => {
  const windows = workWindows(0.8, intervalMs, 1e12)!;
  const cycles = Math.ceil(1e12 / 1_024);
  for (let ms = 0; ms < 128; ms++) expect(restLeftMs(windows, cycles * 1_024 + ms)).toBe(128 - ms);
});

it('a page that gathers in its own frames works in their share of them, wherever frames begin', () => {
  fc.assert(
    fc.property(someShare, someMoment, (share, frameMs) => {
      const windows = workWindows(share, intervalMs, frameMs);
      const frames = 20_000;
      let worked = 0;
      for (let frame = 0; frame < frames; frame++) {
        if (isFrameForWork(windows, frameMs + frame * intervalMs)) worked += 1;
      }
      // An eighth of the time all rest; a fifth of the frames is the least.
      const expected = Math.max(0.2, share) * (1 - 1 / 8);
      expect(Math.abs(worked / frames - expected)).toBeLessThan(0.03);
    }),
    { numRuns: 20 },
  );
  expect(isFrameForWork(null, 0)).toBe(true);
});

/** The windows of a pace after `seconds` of frames, late with the chance that a machine gives them at work and at rest. */
function windowsAfter(
  seconds: number,
  chances: { readonly atWork: number; readonly atRest: number },
): WorkWindows | null {
  const pace = new Pace('balanced');
  pace.setTogether(true);
  const random = SeededRandom.fromSeed(3);
  let frameMs = 1e12;
  for (const endMs = frameMs + 1_000 * seconds; frameMs < endMs; ) {
    const frameTimesMs = [frameMs];
    while (frameMs - frameTimesMs[0]! < 250) {
      const works =
        workLeftMs(pace.windows, frameMs) > 0 || workLeftMs(pace.windows, frameMs + intervalMs) > 0;
      const isLate = random.uniform() < (works ? chances.atWork : chances.atRest);
      frameMs += (isLate ? 2 : 1) * intervalMs;
      frameTimesMs.push(frameMs);
    }
    pace.report({ visible: true, displayIntervalMs: intervalMs, frameTimesMs });
  }
  return pace.windows;
}

const shareOf = (windows: WorkWindows | null) => (windows === null ? 1 : windows.workMs / windows.intervalMs);

describe('threads that work together', () => {
  it('never rest where frames come in time', () => {
    expect(windowsAfter(5, { atWork: 0, atRest: 0 })).toBeNull();
  });

  it('leave most frames alone within two seconds where they make them late', () => {
    expect(shareOf(windowsAfter(2, { atWork: 0.9, atRest: 0 }))).toBeCloseTo(leastSharesTogether.balanced, 1);
  });

  it('work on where frames are as late without them', () => {
    expect(shareOf(windowsAfter(40, { atWork: 0.5, atRest: 0.5 }))).toBeGreaterThan(0.5);
  });

  it('work on where nobody looks', () => {
    const pace = new Pace('balanced');
    pace.setTogether(true);
    const frameTimesMs = Array.from({ length: 20 }, (_, frame) => 1e12 + 50 * frame);
    pace.report({ visible: true, displayIntervalMs: intervalMs, frameTimesMs });
    expect(pace.windows).not.toBeNull();
    pace.report({ visible: false });
    expect(pace.windows).toBeNull();
  });
});
