import { expect, it } from 'vitest';
import type { Contestant } from '../../contract';
import { afterMatch, type RatingScale, type Standings } from '../../match/standings';
import type { RatingChange } from '../../ui/matches/play-state';
import { ratingChange, shownStanding } from './standing-shown';

const contestants = [900, 700, 500].map(
  (rating, place): Contestant => ({
    id: `agent-${2 - place}`,
    name: ['Skilled', 'Regular', 'Novice'][place] ?? '',
    kind: 'shipped',
    summary: '',
    rating,
    matches: 100,
  }),
);
const scale: RatingScale = {
  measured: Object.fromEntries(
    contestants.map(({ id, rating, matches }) => [id, { rating: rating ?? 0, matches }]),
  ),
  visitor: { key: 'visitor', start: 500 },
  generationOf: () => null,
};

/** Plays so many matches and tells what was reached with the last. */
function reached(matches: readonly { readonly against: string; readonly won: boolean }[]) {
  let standings: Standings = {};
  let change: RatingChange | null = null;
  for (const { against, won } of matches) {
    const before = standings['visitor'] ?? { rating: 500, matches: 0 };
    standings = afterMatch(
      standings,
      { keys: ['visitor', against], score: Number(won), moves: [true, true] },
      scale,
    );
    const after = standings['visitor'] ?? before;
    change = ratingChange({ before, after }, against, contestants, (id) => id);
  }
  return { change, visitor: standings['visitor'] ?? { rating: 500, matches: 0 } };
}
const beat = (against: string) => ({ against, won: true });

it('who is beaten for the first time is told once, with whom there is to beat next', () => {
  expect(reached([beat('agent-0')]).change).toMatchObject({
    streak: 1,
    beaten: { name: 'Novice', next: 'Regular' },
  });
  expect(reached([beat('agent-0'), beat('agent-0')]).change).toMatchObject({ streak: 2, beaten: null });
  expect(reached([beat('agent-1'), beat('agent-0')]).change?.beaten).toEqual({
    name: 'Novice',
    next: 'Skilled',
  });
  expect(reached([beat('agent-2')]).change?.beaten).toEqual({ name: 'Skilled', next: null });
  expect(reached([beat('agent-0'), { against: 'agent-1', won: false }]).change).toMatchObject({
    streak: 0,
    beaten: null,
  });
});

it('the table tells of each who was met what came of it', () => {
  const { visitor } = reached([beat('agent-0'), { against: 'agent-1', won: false }, beat('agent-1')]);
  expect(shownStanding(visitor, contestants, (id) => id)).toMatchObject({
    matches: 3,
    streak: 1,
    against: { 'agent-0': { won: 1, lost: 0 }, 'agent-1': { won: 1, lost: 1 } },
  });
  expect(shownStanding(visitor, contestants, (id) => id).against).not.toHaveProperty('agent-2');
});
