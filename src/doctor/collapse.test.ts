import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MetricPoint, SettingChange } from '../contract';
import { byReturn, byWinRate, type Collapse, CollapseWatch } from './collapse';

interface Made {
  readonly values?: Readonly<Record<string, number | null>>;
  readonly spread?: number;
  readonly changed?: readonly SettingChange[];
}

/** A made-up update: a healthy one, but for what is named. */
const point = (version: number, meanReturn: number | null, made: Made = {}): MetricPoint => ({
  version,
  decisions: version * 2048,
  values: { meanReturn, entropy: 0.5, gradientNorm: 0.3, valueLoss: 10, ...made.values },
  returnSpread: made.spread ?? 10,
  changed: made.changed ?? [],
});

/** Every collapse that is told of a run with those returns, one update each `everyMs`. */
function told(
  returns: readonly (number | null)[],
  everyMs = 500,
  made: (index: number) => Made = () => ({}),
): Collapse[] {
  const watch = new CollapseWatch(byReturn);
  return returns.flatMap(
    (value, index) => watch.take(point(index + 1, value, made(index)), index * everyMs) ?? [],
  );
}

const rise = Array.from({ length: 30 }, (_, index) => 10 + 16 * index);
const solved = [...rise, ...Array<number>(20).fill(490)];
const repeated = (value: number, count: number) => Array<number>(count).fill(value);

describe('a fall to nothing', () => {
  it('is told once, after three updates, with the best that was', () => {
    const collapses = told([...solved, ...repeated(9, 50)]);
    expect(collapses).toHaveLength(1);
    expect(collapses[0]).toMatchObject({
      code: 'fallen',
      best: { value: 490 },
      value: 9,
      sinceVersion: 51,
    });
  });

  it('names what went with it', () => {
    const with_ = (values: Made['values']) =>
      told([...solved, ...repeated(9, 5)], 500, (index) => (index >= 50 ? { values: values ?? {} } : {}))[0]
        ?.cause;
    expect(with_({ entropy: 1e-33 })).toBe('exploration-gone');
    expect(with_({ gradientNorm: 0 })).toBe('gradients-gone');
    expect(with_({ valueLoss: 1e9 })).toBe('values-exploded');
    expect(with_({})).toBe('unknown');
  });

  it('names the setting that was changed before it, and none that was changed before the best', () => {
    const change = { key: 'learningRate', from: 0.0018, to: 0.05 } as const;
    const at = (changedAt: number) =>
      told([...solved, ...repeated(9, 5)], 500, (index) =>
        index === changedAt ? { changed: [change] } : {},
      )[0]?.change;
    expect(at(49)).toEqual(change);
    expect(at(3)).toBeNull();
  });

  it('is told again after the run went back, and fell again', () => {
    const watch = new CollapseWatch(byReturn);
    let version = 0;
    const take = (values: readonly number[]) =>
      values.flatMap((value) => watch.take(point(++version, value), version * 500) ?? []);
    expect(take([...solved, ...repeated(9, 5)])).toHaveLength(1);
    watch.wentBack();
    expect(take(repeated(488, 10))).toEqual([]);
    expect(take(repeated(9, 5))).toHaveLength(1);
  });

  it('of a negative return is one, too', () => {
    const learned = [...repeated(-1200, 10), ...repeated(-200, 20)];
    expect(told([...learned, ...repeated(-1100, 5)], 500, () => ({ spread: 80 }))).toMatchObject([
      { code: 'fallen' },
    ]);
  });
});

describe('a sag', () => {
  it('is told within a minute, and not before it has lasted', () => {
    // One update a second, 60 below the best of 490 + : more than a tenth of what was gained.
    const returns = [...solved, ...repeated(425, 60)];
    expect(told(returns.slice(0, 50 + 30), 1_000)).toEqual([]);
    expect(told(returns, 1_000)).toMatchObject([{ code: 'sagging', sinceVersion: 51 }]);
  });

  it('that turns into a fall is told as one', () => {
    const collapses = told([...solved, ...repeated(425, 60), ...repeated(9, 5)], 1_000);
    expect(collapses.map(({ code }) => code)).toEqual(['sagging', 'fallen']);
  });
});

describe('nothing is told', () => {
  it('while a run learns, stands, or dips for a moment', () => {
    expect(told(rise)).toEqual([]);
    expect(told(repeated(20, 200))).toEqual([]);
    expect(told([...solved, 100, 480, 120, 490, 300, 490])).toEqual([]);
    expect(told([...solved, ...repeated(470, 500)], 1_000)).toEqual([]);
  });

  it('of a run that never gained more than its returns vary', () => {
    const returns = Array.from({ length: 300 }, (_, index) => 20 + 8 * Math.sin(index));
    expect(told(returns, 1_000, () => ({ spread: 10 }))).toEqual([]);
  });

  it('while there is no measure', () => {
    expect(told(Array<null>(50).fill(null))).toEqual([]);
  });

  it('of any run that stays within a tenth of what it gained', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0.92, max: 1, noNaN: true }), { maxLength: 200 }), (shares) => {
        expect(told([...solved, ...shares.map((share) => 10 + 480 * share)], 1_000)).toEqual([]);
      }),
    );
  });
});

it('is told of any run that loses most of what it had gained and keeps it lost', () => {
  const run = fc.record({
    low: fc.double({ min: -2_000, max: 2_000, noNaN: true }),
    gain: fc.double({ min: 1, max: 5_000, noNaN: true }),
    kept: fc.double({ min: -0.2, max: 0.4, noNaN: true }),
  });
  fc.assert(
    fc.property(run, ({ low, gain, kept }) => {
      const returns = [...repeated(low, 8), ...repeated(low + gain, 8), ...repeated(low + kept * gain, 6)];
      expect(told(returns, 500, () => ({ spread: gain / 10 }))).toMatchObject([{ code: 'fallen' }]);
    }),
  );
});

it('judges agents that meet by their win rates against scripted players', () => {
  const values = { 'winRate.past': 0.1, 'winRate.bot-hawk': 0.5, 'winRate.bot-pebble': 1 };
  expect(byWinRate(point(1, 0, { values }))).toBe(0.75);
  expect(byWinRate(point(1, 0, { values: { 'winRate.past': 0.1 } }))).toBeNull();
});
