import { describe, expect, it } from 'vitest';
import { duel } from '../src/match/testing/duel';
import { puller, wildPlayer } from '../src/match/testing/pullers';
import { type Entrant, type LadderRun, playPair, runLadder, shareOf } from './ladder-run';

const pulls = (pull: number): Entrant => ({
  id: `pull-${pull}`,
  name: `Pull ${pull}`,
  player: () => puller(pull),
});
const wild = (id: string): Entrant => ({ id, name: id, player: wildPlayer });

function ladder(agents: readonly Entrant[], scripted: readonly Entrant[], more: Partial<LadderRun> = {}) {
  return runLadder({
    simulation: duel,
    agents,
    rungs: 'asGiven',
    scripted,
    newcomers: [],
    matches: 10,
    pointsToWin: 2,
    rallies: 20,
    seed: 1,
    anchorRating: 1000,
    onMatch: () => {},
    ...more,
  });
}

describe('a pair’s matches', () => {
  it('are counted for the first player, whichever side it sits on', () => {
    const rules = { simulation: duel, matches: 5, pointsToWin: 2 };
    expect(playPair(rules, pulls(2), pulls(0), 1)).toMatchObject({ won: 5, lost: 0, drawn: 0 });
    expect(playPair(rules, pulls(0), pulls(2), 1)).toMatchObject({ won: 0, lost: 5, drawn: 0 });
    expect(playPair(rules, pulls(1), pulls(1), 1)).toMatchObject({ won: 0, lost: 0, drawn: 5 });
  });

  it('come from seeds of their own', () => {
    const { won, lost } = playPair(
      { simulation: duel, matches: 40, pointsToWin: 2 },
      wild('a'),
      wild('b'),
      1,
    );
    expect(won).toBeGreaterThan(0);
    expect(lost).toBeGreaterThan(0);
  });
});

describe('a ladder', () => {
  it('lets everybody meet everybody, and ranks them', () => {
    let played = 0;
    const { pairs, ratings, checks, top } = ladder([pulls(1), pulls(2)], [pulls(0), wild('wild')], {
      onMatch: (count) => {
        played = count;
      },
    });
    expect(pairs).toHaveLength(6);
    expect(played).toBe(60);
    // Wild pulls with 1.5 a tick on average.
    const order = [...ratings].toSorted(([, x], [, y]) => x.rating - y.rating).map(([id]) => id);
    expect(order).toEqual(['pull-0', 'pull-1', 'wild', 'pull-2']);
    expect(ratings.get('wild')?.rating).toBe(1000);
    expect(shareOf(pairs, 'pull-2', 'pull-1')).toBe(1);
    expect(shareOf(pairs, 'pull-1', 'pull-2')).toBe(0);
    expect(shareOf(pairs, 'pull-1', 'nobody')).toBeNull();
    expect(checks.slice(0, 2).every(({ holds }) => holds)).toBe(true);
    // Rallies against the strongest scripted player, which is wild.
    expect(checks.at(-1)?.sentence).toContain('rallies against wild');
    expect(top?.asLeft.rallies).toBe(10);
    expect(top?.asRight.rallies).toBe(10);
  });

  it('shows which rung does not beat the one below, and a highest one that loses rallies', () => {
    const { checks } = ladder([pulls(2), pulls(1)], [pulls(2)]);
    expect(checks.map(({ holds }) => holds)).toEqual([false, false, false]);
    const even = ladder([pulls(2), pulls(2)], [pulls(0)]);
    expect(even.checks.map(({ holds }) => holds)).toEqual([false, false, true]);
  });

  it('lets newcomers meet everybody without being rated', () => {
    const { newcomers, ratings, pairs } = ladder([pulls(1)], [pulls(0)], { newcomers: [pulls(2)] });
    expect(newcomers.map(({ a, b, won, lost }) => [a, b, won, lost])).toEqual([
      ['pull-2', 'pull-0', 10, 0],
      ['pull-2', 'pull-1', 10, 0],
    ]);
    expect([...ratings.keys()]).not.toContain('pull-2');
    expect(pairs).toHaveLength(1);
  });

  it('takes the rungs as given, or from the ratings', () => {
    const agents = [pulls(2), pulls(0)];
    expect(ladder(agents, [pulls(1)]).rungs).toEqual(['pull-2', 'pull-0']);
    const ranked = ladder(agents, [pulls(1)], { rungs: 'byRating' });
    expect(ranked.rungs).toEqual(['pull-0', 'pull-2']);
    expect(ranked.checks.every(({ holds }) => holds)).toBe(true);
  });

  it('is repeated by its seed', () => {
    const once = (seed: number) => ladder([wild('a')], [wild('b')], { matches: 30, seed });
    expect(once(1)).toEqual(once(1));
    expect(once(1).pairs).not.toEqual(once(70_000).pairs);
  });
});
