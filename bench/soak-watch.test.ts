import { describe, expect, it } from 'vitest';
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
