import { expect, it } from 'vitest';
import type { MetricPoint } from '../contract';
import { thumbnailOf } from './thumbnail';

const point = (version: number): MetricPoint => ({
  version,
  decisions: version * 100,
  values: { meanReturn: version },
  returnSpread: null,
  changed: [],
});

it('is a small picture of a curve with its first and its last value', () => {
  const thumbnail = thumbnailOf(Array.from({ length: 1_000 }, (_, index) => point(index + 1)));
  expect(thumbnail).toHaveLength(64);
  expect([thumbnail[0], thumbnail.at(-1)]).toEqual([1, 1_000]);
});
