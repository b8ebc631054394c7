import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../random/seeded-random';
import { leastSharesTogether, Pace } from './pace';
import { restLeftMs, type WorkWindows, workLeftMs, workWindows } from './work-windows';

const intervalMs = 1000 / 60;

it('windows of work and rest take turns, and work has its share of them', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.05, max: 0.95, noNaN: true }),
      fc.double({ min: 0, max: 2e12, noNaN: true }),
      (share, nowMs) => {
        const windows = workWindows(share, intervalMs)!;
        const { workMs, restMs } = windows;
        expect(workMs / (workMs + restMs)).toBeCloseTo(share, 6);
        const [work, rest] = [workLeftMs(windows, nowMs), restLeftMs(windows, nowMs)];
        expect(work > 0).toBe(rest === 0);
        expect(Math.max(work, rest)).toBeLessThanOrEqual(Math.max(workMs, restMs));
      },
    ),
  );
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

const shareOf = (windows: WorkWindows | null) =>
  windows === null ? 1 : windows.workMs / (windows.workMs + windows.restMs);

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
