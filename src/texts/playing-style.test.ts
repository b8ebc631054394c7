import { describe, expect, it } from 'vitest';
import { styleSentences } from './playing-style';

const usual = { aces: 0.2, jumps: 0.5, home: 2, atNet: 0.2 };

describe('sentences on how somebody plays', () => {
  it('tell in what each is most unlike the others, with its number', () => {
    const server = { ...usual, aces: 0.9, jumps: 0.4 };
    const [first, second] = styleSentences([server, usual, usual, { ...usual, jumps: 0 }]);
    // Three deviations of 0.3 lie between 0.9 and 0.2 in aces; a jump more or less is nothing to that.
    expect(first).toBe('Wins 90\u00a0% of its serves outright and hops about, with 0.4 jumps a second.');
    expect(second).toMatch(/^(Hops about|Wins only 20\u00a0%)/);
  });

  it('tell one thing of each kind: who waits at the net is not also said to stand there', () => {
    const [first] = styleSentences([{ ...usual, atNet: 0.9, home: 0.7 }, usual, usual]);
    expect(first).toMatch(/^(Spends 90\u00a0% of the time at the net|Waits close up, 0.7 m from the net)\.$/);
  });

  it('say nothing of whom nothing is known, and of a style of which there are no words', () => {
    expect(styleSentences([null, { unheard: 1 }, { unheard: 2 }])).toEqual(['', '', '']);
    expect(styleSentences([usual])).toEqual(['']);
    expect(styleSentences([])).toEqual([]);
  });
});
