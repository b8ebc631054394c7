import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mostInView } from './most-in-view';

const view = { top: 0, bottom: 600 };
const card = (top: number, heightPx = 300) => ({ top, bottom: top + heightPx });

it('of a column of cards the one in full view is the one that is looked at', () => {
  expect(mostInView([card(-200), card(116), card(432)], view)).toBe(1);
  expect(mostInView([card(-310), card(6), card(322)], view)).toBe(1);
});

it('of cards in full view it is the one nearest to the middle, and of a row the first', () => {
  expect(mostInView([card(0, 100), card(110, 100), card(220, 100), card(330, 100)], view)).toBe(2);
  expect(mostInView([card(100), card(100), card(100)], view)).toBe(0);
});

it('no card is looked at that is out of view', () => {
  const far = fc.integer({ min: 601, max: 5_000 }).map((top) => card(top));
  fc.assert(fc.property(fc.array(far), (cards) => mostInView(cards, view) === null));
});
