import { describe, expect, it } from 'vitest';
import { volley } from '../game/volley/simulation';
import { playMatch } from './play-match';
import { type MatchPlayer, scriptedMatchPlayer } from './player';
import { measureStyle } from './playing-style';
import { duel } from './testing/duel';
import { puller } from './testing/pullers';

const scripted = (id: string, seed: number): MatchPlayer => {
  const player = volley.scriptedPlayers?.find((each) => each.id === id);
  if (player === undefined) throw new Error(`Volley has no “${id}”.`);
  return scriptedMatchPlayer(player, seed);
};
const recorded = (left: string, right: string, seed: number) =>
  playMatch(volley, [scripted(left, seed), scripted(right, seed + 1)], seed, 5).record;

describe('how somebody plays', () => {
  const steadyLeft = recorded('bot-steady', 'bot-hawk', 1);
  const steadyRight = recorded('bot-hawk', 'bot-steady', 2);

  it('is counted from matches that are played again, wherever the player sits', () => {
    const steady = measureStyle(volley, [
      { record: steadyLeft, seat: 0 },
      { record: steadyRight, seat: 1 },
    ]);
    const hawk = measureStyle(volley, [
      { record: steadyLeft, seat: 1 },
      { record: steadyRight, seat: 0 },
    ]);
    // Steady never jumps; Hawk jumps to smash, after two touches that set the ball.
    expect(steady).toMatchObject({ jumps: 0, smashes: 0 });
    expect(hawk?.['smashes']).toBeGreaterThan(0);
    expect(hawk?.['jumps']).toBeGreaterThan(0);
    expect(hawk?.['touches']).toBeGreaterThan(steady?.['touches'] ?? Number.NaN);
    // Both were in the same rallies.
    for (const shared of ['rallies', 'crossings', 'seconds']) expect(hawk?.[shared]).toBe(steady?.[shared]);
    const rallies = [...steadyLeft.score, ...steadyRight.score].reduce((sum, points) => sum + points, 0);
    expect(steady?.['rallies']).toBe(rallies);
  });

  it('is not counted in a game that measures no style', () => {
    const { record } = playMatch(duel, [puller(2), puller(1)], 1, 2);
    expect(measureStyle(duel, [{ record, seat: 0 }])).toBeNull();
  });
});
