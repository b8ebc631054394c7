import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byReturn, CollapseWatch } from '../src/doctor/collapse';
import { type SoakSample, soakRow } from './soak-watch';

const samples = (values: readonly (number | null)[], told: (index: number) => boolean = () => false) =>
  values.map(
    (value, index): SoakSample => ({ atMs: 1000 * index, value, told: told(index), wentBack: false }),
  );

describe('a soak', () => {
  it('counts from the threshold on the longest time below nine tenths of what was gained', () => {
    // From 0 to 500: below 450 from the fifth to the eighth second.
    const values = [0, 200, 480, 500, 490, 440, 430, 440, 449, 460, 440, 500];
    expect(soakRow(samples(values), 475)).toEqual({
      best: 500,
      secondsBelow90Percent: 3,
      told: 0,
      wentBack: 0,
    });
  });

  it('does not count time in which the page had told of it', () => {
    const values = [0, 500, 9, 9, 9, 9, 9, 9];
    expect(soakRow(samples(values), 475).secondsBelow90Percent).toBe(5);
    const row = soakRow(
      samples(values, (index) => index >= 4),
      475,
    );
    expect(row).toMatchObject({ secondsBelow90Percent: 1, told: 1 });
  });

  it('knows of no best where the threshold was never reached', () => {
    expect(soakRow(samples([null, 10, 20]), 475)).toMatchObject({ best: null, secondsBelow90Percent: 0 });
  });

  it('measures negative returns by what was gained, too', () => {
    const values = [-1200, -240, -150, -280, -270, -150];
    expect(soakRow(samples(values), -250).secondsBelow90Percent).toBe(1);
  });
});

it('of any run that comes to be below nine tenths of what it gained, and stays, is told within a minute', () => {
  const story = fc.record({
    start: fc.integer({ min: -1_500, max: -900 }),
    // How far the first measures lie from their mean, on both sides: chance alone must not move the yardstick.
    scatter: fc.integer({ min: 0, max: 400 }),
    best: fc.integer({ min: -250, max: -100 }),
    lost: fc.double({ min: 0.11, max: 0.45, noNaN: true }),
  });
  fc.assert(
    fc.property(story, ({ start, scatter, best, lost }) => {
      const first = [start, ...[1, -1, 1, -1, 1, -1].map((side) => start + side * scatter), start];
      const climb = Array.from({ length: 10 }, (_, step) => start + ((step + 1) / 10) * (best - start));
      const low = best - lost * (best - start);
      const values = [...first, ...climb, ...Array<number>(20).fill(best), ...Array<number>(150).fill(low)];
      const watch = new CollapseWatch(byReturn);
      let isTold = false;
      const samples = values.map((value, index): SoakSample => {
        const point = {
          version: index + 1,
          decisions: 2_048 * (index + 1),
          values: { meanReturn: value, entropy: 0.5, gradientNorm: 0.3, valueLoss: 10 },
          returnSpread: 100,
          changed: [],
        };
        isTold ||= watch.take(point, 1_000 * index) !== null;
        return { atMs: 1_000 * index, value, told: isTold, wentBack: false };
      });
      expect(soakRow(samples, -250).secondsBelow90Percent).toBeLessThan(60);
    }),
  );
});
