import { describe, expect, it } from 'vitest';
import { Match } from './match';
import { playBothSides, playMatch, playRallies } from './play-match';
import type { MatchPlayer } from './player';
import { duel } from './testing/duel';
import { puller, wildPlayer } from './testing/pullers';

/** Pulls only where it sits on the left. */
const leftist: MatchPlayer = {
  id: 'leftist',
  name: 'Leftist',
  act(_observations, seat, action) {
    action[0] = seat === 0 ? 2 : 0;
    action[1] = 0;
  },
};

describe('a headless match', () => {
  it('goes to the points asked for', () => {
    // Rallies of three ticks.
    expect(playMatch(duel, [puller(0), puller(2)], 1, 4)).toMatchObject({
      score: [0, 4],
      winner: 1,
      ticks: 12,
    });
  });

  it('is repeated by the same seed and players', () => {
    const once = () => playMatch(duel, [wildPlayer(1), wildPlayer(2)], 3, 5);
    expect(once()).toEqual(once());
    const other = playMatch(duel, [wildPlayer(1), wildPlayer(2)], 4, 5);
    expect(other.record.finalHash).not.toBe(once().record.finalHash);
  });
});

describe('rallies', () => {
  it('are played as many as asked for, those that nobody won counted apart', () => {
    expect(playRallies(duel, [puller(2), puller(0)], 1, 5)).toEqual({ won: [5, 0], drawn: 0, ticks: 15 });
    expect(playRallies(duel, [puller(1), puller(1)], 1, 2)).toEqual({ won: [0, 0], drawn: 2, ticks: 16 });
  });

  it('are those of a match', () => {
    const match = new Match({
      simulation: duel,
      seats: [
        { kind: 'player', player: wildPlayer(1) },
        { kind: 'player', player: wildPlayer(2) },
      ],
      seed: 3,
      pointsToWin: 5,
      countdownTicks: 0,
      pointTicks: 0,
    });
    while (!match.isOver) match.tick();
    const rallies = match.takeEndings();
    const ticks = rallies.reduce((sum, { lengthTicks }) => sum + lengthTicks, 0);
    const { score } = match.view;
    const drawn = rallies.length - score[0] - score[1];
    expect(playRallies(duel, [wildPlayer(1), wildPlayer(2)], 3, rallies.length)).toEqual({
      won: score,
      drawn,
      ticks,
    });
  });

  it('from both sides favour neither', () => {
    expect(playBothSides(duel, [leftist, puller(1)], 1, 10)).toEqual({ won: 5, lost: 5, drawn: 0 });
    expect(playBothSides(duel, [puller(2), puller(0)], 1, 9)).toEqual({ won: 9, lost: 0, drawn: 0 });
  });
});
