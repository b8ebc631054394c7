import { describe, expect, it } from 'vitest';
import { volley } from '../game/volley/simulation';
import { playMatch } from '../match/play-match';
import { playerFrom } from './player-source';
import { RatingHost, type RatingMatch } from './rating-host';

const match: RatingMatch = {
  game: 'volley',
  players: [
    { kind: 'scripted', id: 'bot-pebble' },
    { kind: 'scripted', id: 'bot-steady' },
  ],
  seed: 7,
  pointsToWin: 3,
};

/** A host whose every look at the clock takes a millisecond, and whose rests are noted. */
function setUp() {
  let nowMs = 0;
  const rests: number[] = [];
  const host = new RatingHost(
    [volley],
    () => nowMs++,
    async (durationMs) => {
      rests.push(durationMs);
    },
  );
  return { host, rests, workedMs: () => nowMs };
}

describe('RatingHost', () => {
  it('comes to the outcome that the match has when it is played at one go', async () => {
    const { host } = setUp();
    host.setShare(0.5);
    const { score, winner } = await host.play(match);
    const [left, right] = match.players;
    const whole = playMatch(
      volley,
      [playerFrom(left, volley, 0, match.seed), playerFrom(right, volley, 1, match.seed)],
      match.seed,
      match.pointsToWin,
    );
    expect({ score, winner }).toEqual({ score: whole.score, winner: whole.winner });
  });

  it('rests nine times as long as it works, to take a tenth of a core', async () => {
    const { host, rests } = setUp();
    host.setShare(0.1);
    await host.play(match);
    expect(rests.length).toBeGreaterThan(1);
    // A slice of 4 ms is seen to be over at the fifth look, and measured by the one after: 5 ms.
    for (const restMs of rests.slice(0, -1)) expect(restMs).toBeCloseTo(9 * 5, 6);
  });

  it('stands still while no share is left for it', async () => {
    const { host } = setUp();
    let isOver = false;
    const result = host.play(match).then((played) => {
      isOver = true;
      return played;
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(isOver).toBe(false);
    host.setShare(1);
    expect(Math.max(...(await result).score)).toBe(3);
  });

  it('refuses games and players that nobody knows, in a sentence', async () => {
    const { host } = setUp();
    host.setShare(1);
    await expect(host.play({ ...match, game: 'chess' })).rejects.toThrow('Nobody here can play “chess”.');
    const players = [match.players[0], { kind: 'scripted', id: 'bot-nobody' }] as const;
    await expect(host.play({ ...match, players })).rejects.toThrow('has no player “bot-nobody”');
  });

  it('plays a recorded match again, and says where it does not lead where it says', async () => {
    const { host } = setUp();
    const players = match.players.map((player, seat) => playerFrom(player, volley, seat === 0 ? 0 : 1, 7));
    const { record } = playMatch(volley, [players[0]!, players[1]!], 7, 1);
    await expect(host.verify(record)).resolves.toBeUndefined();
    await expect(host.verify({ ...record, finalHash: record.finalHash ^ 1 })).rejects.toThrow(
      'does not repeat',
    );
    await expect(host.verify({ ...record, game: 'chess' })).rejects.toThrow('Nobody here can play “chess”');
  });
});
