import { describe, expect, it } from 'vitest';
import { countedMatch, type EndedMatch, seatKeys } from './counting';

const over: EndedMatch['view'] = { phase: 'over', winner: 0, score: [7, 2], person: 0 };
const seats = (left: string, right: string, seed: number | null = null): EndedMatch['setup'] => ({
  seats: [left, right],
  seed,
  learns: true,
});
const keyOf = (seat: string) => (seat === 'training' ? null : `key of ${seat}`);
function ended(changes: Partial<EndedMatch>): EndedMatch {
  const setup = changes.setup ?? seats('person', 'agent-novice');
  return { setup, keys: seatKeys(setup, 'visitor', keyOf), view: over, pace: 'game', ...changes };
}

describe('how a match counts', () => {
  it('is for both where a person played it at game speed', () => {
    expect(countedMatch(ended({}))).toEqual({
      keys: ['visitor', 'key of agent-novice'],
      score: 1,
      moves: [true, true],
    });
  });

  it('is for the person alone where it was played faster, on whatever side', () => {
    const counted = countedMatch(
      ended({
        setup: seats('agent-novice', 'person'),
        view: { ...over, winner: 1, person: 1 },
        pace: 'faster',
      }),
    );
    expect(counted).toEqual({ keys: ['key of agent-novice', 'visitor'], score: 0, moves: [false, true] });
  });

  it('is nothing where a person slowed it down, and what it is where agents were watched slowly', () => {
    expect(countedMatch(ended({ pace: 'slower' }))).toBeNull();
    const watched = ended({ setup: seats('a', 'b'), view: { ...over, person: null }, pace: 'slower' });
    expect(countedMatch(watched)?.moves).toEqual([true, true]);
  });

  it('is nothing for practice', () => {
    const setup = { ...seats('person', 'agent-novice'), practisesServes: true };
    const behind = { phase: 'rally', winner: null, score: [0, 4], person: 0 } as const;
    expect(countedMatch(ended({ setup, view: behind }))).toBeNull();
  });

  it('is half a win for a draw', () => {
    expect(countedMatch(ended({ view: { ...over, winner: null } }))?.score).toBe(0.5);
  });

  it('is for two agents at any speed, unless the seed was chosen', () => {
    const watched = { setup: seats('a', 'b'), view: { ...over, person: null }, pace: 'faster' as const };
    expect(countedMatch(ended(watched))?.moves).toEqual([true, true]);
    expect(countedMatch(ended({ ...watched, setup: seats('a', 'b', 7) }))).toBeNull();
  });

  it('is nothing for two people, an agent against itself, and the agent that learns meanwhile', () => {
    expect(countedMatch(ended({ setup: seats('person', 'secondPerson') }))).toBeNull();
    expect(countedMatch(ended({ setup: seats('a', 'a') }))).toBeNull();
    expect(countedMatch(ended({ setup: seats('person', 'training') }))).toBeNull();
  });

  it('is lost for a person who leaves while behind, and nothing where the score is even or better', () => {
    const left = (score: readonly [number, number], person: 0 | 1 | null): EndedMatch['view'] => ({
      phase: 'rally',
      winner: null,
      score,
      person,
    });
    expect(countedMatch(ended({ view: left([0, 6], 0) }))?.score).toBe(0);
    expect(countedMatch(ended({ view: left([3, 3], 0) }))).toBeNull();
    expect(countedMatch(ended({ view: left([6, 0], 0) }))).toBeNull();
    const right = seats('agent-novice', 'person');
    expect(countedMatch(ended({ setup: right, view: left([6, 0], 1) }))?.score).toBe(1);
    expect(countedMatch(ended({ setup: right, view: left([0, 6], 1) }))).toBeNull();
    // Nobody loses by leaving agents alone.
    expect(countedMatch(ended({ setup: seats('a', 'b'), view: left([0, 6], null) }))).toBeNull();
  });

  it('is for those who met, whoever goes by their ids when it is over', () => {
    const setup = seats('person', 'generation-40');
    const keys = seatKeys(setup, 'visitor', () => 'generation/first-run/40');
    expect(countedMatch(ended({ setup, keys }))?.keys).toEqual(['visitor', 'generation/first-run/40']);
  });
});
