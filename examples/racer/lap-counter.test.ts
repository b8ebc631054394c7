import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LapCounter } from './lap-counter';

const lengthPx = 1_000;

describe('laps', () => {
  it('are never more than the way from the start allows, however one drives to and fro', () => {
    const start = fc.integer({ min: -400, max: 0 });
    const steps = fc.array(fc.integer({ min: -300, max: 300 }), { maxLength: 60 });
    fc.assert(
      fc.property(start, steps, (startPx, moves) => {
        const laps = new LapCounter(lengthPx, startPx);
        let at = startPx;
        let farthest = startPx;
        for (const move of moves) {
          at += move;
          laps.moved(at);
          farthest = Math.max(farthest, at);
        }
        expect(laps.laps).toBe(Math.max(0, Math.floor(farthest / lengthPx)));
      }),
    );
  });

  it('are timed from line to line, and clean where nothing was touched since the line', () => {
    const laps = new LapCounter(lengthPx, -50);
    const drive = (fromPx: number, toPx: number) => {
      for (let at = fromPx + 10; at <= toPx; at += 10) laps.moved(at);
    };
    drive(-50, 1_000);
    expect(laps).toMatchObject({ laps: 1, cleanLaps: 1, lastSteps: 105, bestSteps: 105, steps: 0 });
    drive(1_000, 1_500);
    laps.spoil();
    drive(1_500, 2_000);
    expect(laps).toMatchObject({ laps: 2, cleanLaps: 1, lastSteps: 100, bestSteps: 105, isClean: true });
    drive(2_000, 3_000);
    expect(laps).toMatchObject({ laps: 3, cleanLaps: 2, bestSteps: 100 });
  });
});
