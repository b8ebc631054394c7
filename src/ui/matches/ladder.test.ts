import { expect, it } from 'vitest';
import { playState } from '../testing/test-state';
import { nearestIndex } from './generation-slider';
import { ratingText, rungsAbove } from './ladder';

it('puts a person below those who are rated higher, and above those without a rating', () => {
  // 1560, 1390, 1250, 1130, 980, 900, none.
  const { contestants } = playState();
  expect(rungsAbove(contestants, 2_000)).toBe(0);
  expect(rungsAbove(contestants, 1_012)).toBe(4);
  expect(rungsAbove(contestants, 0)).toBe(6);
  expect(ratingText(1_011.6)).toBe('1,012');
  expect(ratingText(null)).toBe('–');
});

it('stands the slider at the kept generation nearest to one that is no longer kept', () => {
  expect(nearestIndex([10, 20, 40, 60], 40)).toBe(2);
  expect(nearestIndex([10, 20, 40, 60], 47)).toBe(2);
  expect(nearestIndex([10, 20, 40, 60], 500)).toBe(3);
});
