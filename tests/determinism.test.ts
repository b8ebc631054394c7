import { describe, expect, it } from 'vitest';
import { hashBytes } from '../src/game/engine/state-hash';
import { volley } from '../src/game/volley/simulation';
import { Match } from '../src/match/match';
import { type MatchPlayer, scriptedMatchPlayer } from '../src/match/player';
import { type MatchTicks, replayTicks } from './testing/replay-ticks';

/** Three points to one, in ten seconds of game time. */
const seed = 40;
const pointsToWin = 2;

function scripted(id: string, playerSeed: number): MatchPlayer {
  const player = volley.scriptedPlayers?.find((each) => each.id === id);
  if (player === undefined) throw new Error(`Volley has no scripted player “${id}”.`);
  return scriptedMatchPlayer(player, playerSeed);
}

function played() {
  const match = new Match({
    simulation: volley,
    seats: [
      { kind: 'player', player: scripted('bot-hawk', 2 * seed) },
      { kind: 'player', player: scripted('bot-steady', 2 * seed + 1) },
    ],
    seed,
    pointsToWin,
    countdownTicks: 0,
    pointTicks: 0,
  });
  const hashes: number[] = [];
  while (!match.isOver) {
    match.tick();
    hashes.push(match.hash());
  }
  return { record: match.record(), hashes };
}

describe('the same seed and actions', () => {
  it('give the hash of every tick again when a match is replayed', () => {
    const { record, hashes } = played();
    const again = replayTicks(record);
    expect(again.hashes).toEqual(hashes);
    expect(again.tickDigest).toBe(hashBytes(Uint32Array.from(hashes)));
  });

  // A worker and the page are held to this file by determinism.browser.test.ts and browser/determinism.spec.ts.
  // Where Volley's rules or its scripted players changed on purpose,
  // `npx vitest run --project node tests/determinism.test.ts -u` writes it anew.
  it('give, tick for tick, what the kept match says', async () => {
    const { record } = played();
    const { hashes, tickDigest } = replayTicks(record);
    const kept: MatchTicks = { record, ticks: hashes.length, tickDigest };
    await expect(`${JSON.stringify(kept, null, 2)}\n`).toMatchFileSnapshot('fixtures/volley-match.json');
  });
});
