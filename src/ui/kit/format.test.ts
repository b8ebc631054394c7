import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oddTag } from '../testing/odd-tags';
import { formatCompact, formatCount, formatMetric, formatMoment, formatTime } from './format';

describe('numbers for people', () => {
  it('sets thousands apart', () => {
    expect(formatCount(12_288)).toBe('12,288');
  });

  it('shortens axis values without trailing noughts', () => {
    expect([0, 950, 1_000, 12_300, 999_950, 2_000_000, 0.0005, -0.25].map(formatCompact)).toEqual([
      '0',
      '950',
      '1k',
      '12.3k',
      '1M',
      '2M',
      '5e−4',
      '−0.25',
    ]);
  });

  it('keeps about three significant digits of a measurement, with a true minus sign', () => {
    expect(
      [1_234.5, 211.7, 21.17, 2.117, 0.0123, 0.00003, 0, -0.5, -0.00078, 6.7e-49].map(formatMetric),
    ).toEqual(['1,235', '212', '21.2', '2.12', '0.012', '3.0e−5', '0', '−0.50', '−7.8e−4', '≈ 0']);
  });

  it('shows a dash where there is no value', () => {
    expect(formatMetric(null)).toBe('–');
    expect(formatMetric(Number.NaN)).toBe('–');
  });
});

describe('dates for people', () => {
  // A moment at which a time zone's and a year's digits would all show.
  const atMs = Date.UTC(2026, 5, 17, 14, 3, 27);

  it('are written as the visitor’s own English has them, else as in Britain', () => {
    expect(formatMoment(atMs, ['en-GB'], 'UTC')).toBe('17 Jun 2026, 14:03');
    expect(formatMoment(atMs, ['en-US'], 'UTC').replaceAll('\u202f', ' ')).toBe('Jun 17, 2026, 2:03 PM');
    expect(formatMoment(atMs, ['tr', 'en-US'], 'UTC')).toBe(formatMoment(atMs, ['en-US'], 'UTC'));
    expect(formatMoment(atMs, ['fr-CH'], 'UTC')).toBe('17 Jun 2026, 14:03');
    expect(formatTime(atMs, [], 'UTC')).toBe('14:03:27');
  });

  it('are written, in English and Latin digits, whatever the system calls its language', () => {
    fc.assert(
      fc.property(fc.array(oddTag, { maxLength: 3 }), (languages) => {
        for (const text of [formatMoment(atMs, languages, 'UTC'), formatTime(atMs, languages, 'UTC')]) {
          expect(text).toMatch(/^[\dA-Za-z ,.:/\u202f-]+$/);
        }
      }),
    );
  });

  it('are dashes where there is no such moment', () => {
    fc.assert(
      fc.property(fc.double(), (moment) => {
        const isMoment = Math.abs(moment) <= 8.64e15;
        expect(formatMoment(moment) === '–').toBe(!isMoment);
        expect(formatTime(moment) === '–').toBe(!isMoment);
      }),
    );
  });
});
