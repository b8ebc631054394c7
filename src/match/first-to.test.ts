import fc from 'fast-check';
import { expect, it } from 'vitest';
import { afterRound, firstTo, winnerOf } from './first-to';

it('whoever first wins so many rounds has won, and drawn rounds and later ones change nothing', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 7 }), fc.array(fc.integer({ min: -1, max: 1 })), (most, rounds) => {
      let match = firstTo(most);
      const won = [0, 0];
      for (const ahead of rounds) {
        const wasOver = winnerOf(match) !== null;
        match = afterRound(match, ahead);
        if (wasOver || ahead === 0) continue;
        won[ahead > 0 ? 0 : 1]! += 1;
      }
      expect(match.score).toEqual(won);
      expect(winnerOf(match)).toBe(won[0] === most ? 0 : won[1] === most ? 1 : null);
      expect(Math.max(...won)).toBeLessThanOrEqual(most);
    }),
  );
});
