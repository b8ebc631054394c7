import { describe, expect, it } from 'vitest';
import { countedMatch, type FinishedMatch } from './counting';

const finished = (changes: Partial<FinishedMatch>): FinishedMatch => ({
  setup: { seats: ['person', 'agent-novice'], seed: null, learns: true },
  winner: 0,
  atGameSpeed: true,
  keyOf: (seat) => (seat === 'training' ? null : seat),
  ...changes,
});
const seats = (left: string, right: string, seed: number | null = null): FinishedMatch['setup'] => ({
  seats: [left, right],
  seed,
  learns: true,
});

describe('countedMatch', () => {
  it('counts a person’s match at game speed for both', () => {
    expect(countedMatch(finished({}))).toEqual({
      keys: ['visitor', 'agent-novice'],
      score: 1,
      moves: [true, true],
    });
  });

  it('counts one that was played faster for the person alone, on whatever side', () => {
    const counted = countedMatch(
      finished({ setup: seats('agent-novice', 'person'), winner: 1, atGameSpeed: false }),
    );
    expect(counted).toEqual({ keys: ['agent-novice', 'visitor'], score: 0, moves: [false, true] });
  });

  it('counts a draw as half a win', () => {
    expect(countedMatch(finished({ winner: null }))?.score).toBe(0.5);
  });

  it('counts two agents at any speed, unless the seed was chosen', () => {
    const watched = { setup: seats('a', 'b'), atGameSpeed: false };
    expect(countedMatch(finished(watched))?.moves).toEqual([true, true]);
    expect(countedMatch(finished({ ...watched, setup: seats('a', 'b', 7) }))).toBeNull();
  });

  it('counts nothing for two people, an agent against itself, and the agent that learns meanwhile', () => {
    expect(countedMatch(finished({ setup: seats('person', 'secondPerson') }))).toBeNull();
    expect(countedMatch(finished({ setup: seats('a', 'a') }))).toBeNull();
    expect(countedMatch(finished({ setup: seats('person', 'training') }))).toBeNull();
  });
});
