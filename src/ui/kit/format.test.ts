import { describe, expect, it } from 'vitest';
import { formatCompact, formatCount, formatMetric } from './format';

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
    expect([1_234.5, 211.7, 21.17, 2.117, 0.0123, 0.00003, 0, -0.5].map(formatMetric)).toEqual([
      '1,235',
      '212',
      '21.2',
      '2.12',
      '0.012',
      '3.0e−5',
      '0',
      '−0.50',
    ]);
  });

  it('shows a dash where there is no value', () => {
    expect(formatMetric(null)).toBe('–');
    expect(formatMetric(Number.NaN)).toBe('–');
  });
});
