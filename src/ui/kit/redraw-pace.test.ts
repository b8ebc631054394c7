import { expect, it } from 'vitest';
import { RedrawPace } from './redraw-pace';

/** Redraws for `totalMs`, each as soon as it may be; a redraw takes the frames after it `afterMs`. */
function redraws(totalMs: number, beforeMs: number, afterMs: number): number[] {
  const pace = new RedrawPace();
  const drawnMs: number[] = [];
  for (let nowMs = 0; nowMs < totalMs; nowMs += 1) {
    if (pace.waitMs(nowMs) > 0) continue;
    drawnMs.push(nowMs);
    pace.judge(nowMs, beforeMs, afterMs);
  }
  return drawnMs;
}

it('draws ten times a second where frames do not mind', () => {
  const drawn = redraws(10_000, 50, 50);
  expect(drawn.at(-1)! - drawn.at(-2)!).toBe(100);
});

it('draws every four seconds where each redraw makes a frame late', () => {
  const drawn = redraws(60_000, 50, 67);
  expect(drawn.at(-1)! - drawn.at(-2)!).toBe(4_000);
});

it('does not slow down for frames that are late anyway', () => {
  const drawn = redraws(10_000, 130, 140);
  expect(drawn.at(-1)! - drawn.at(-2)!).toBe(100);
});

it('draws at once after a while without a change', () => {
  const pace = new RedrawPace();
  pace.judge(1_000, 50, 67);
  // Four times 250 ms.
  expect(pace.waitMs(1_200)).toBe(800);
  expect(pace.waitMs(9_000)).toBe(0);
});
