import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cardAfter } from './card-steps';

/** Some grid with a card in it. */
const grid = fc
  .record({ cards: fc.integer({ min: 1, max: 30 }), columns: fc.integer({ min: 1, max: 6 }) })
  .chain(({ cards, columns }) =>
    fc.record({
      cards: fc.constant(cards),
      columns: fc.constant(columns),
      present: fc.nat({ max: cards - 1 }),
    }),
  );
const key = fc.constantFrom('ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End');

describe('keys among cards', () => {
  it('lead to another card that is there, or nowhere', () => {
    fc.assert(
      fc.property(grid, key, ({ present, cards, columns }, pressed) => {
        const next = cardAfter(pressed, present, cards, columns);
        if (next === null) return;
        expect(next).not.toBe(present);
        expect(next).toBeGreaterThanOrEqual(0);
        expect(next).toBeLessThan(cards);
      }),
    );
  });

  it('reach every card by left and right, and go up by one row', () => {
    fc.assert(
      fc.property(grid, ({ present, cards, columns }) => {
        expect(cardAfter('ArrowRight', present, cards, columns)).toBe(
          present + 1 < cards ? present + 1 : null,
        );
        expect(cardAfter('ArrowLeft', present, cards, columns)).toBe(present > 0 ? present - 1 : null);
        expect(cardAfter('ArrowUp', present, cards, columns)).toBe(
          present >= columns ? present - columns : null,
        );
      }),
    );
  });

  it('go down to the last row from wherever there is one below', () => {
    // Seven cards in three columns: the last row has one.
    expect([0, 1, 3, 4, 5, 6].map((card) => cardAfter('ArrowDown', card, 7, 3))).toEqual([
      3,
      4,
      6,
      6,
      6,
      null,
    ]);
  });

  it('are nobody else’s', () => {
    expect(cardAfter('Tab', 0, 7, 3)).toBeNull();
    expect(cardAfter('Enter', 0, 7, 3)).toBeNull();
  });
});
