import { volley } from '../../src/game/volley/simulation';
import type { MatchRecord } from '../../src/match/record';
import { Replay } from '../../src/match/replay';

/** What `tests/fixtures/volley-match.json` holds. */
export interface MatchTicks {
  readonly record: MatchRecord;
  /** Rally ticks. */
  readonly ticks: number;
  /** Of the hashes after each of them, as Node has them. */
  readonly tickDigest: number;
}

/** The hash after each rally tick, and their digest. */
export interface ReplayTicks {
  readonly hashes: readonly number[];
  readonly tickDigest: number;
}

/** Plays a match of Volley again, without pauses. Throws what `Replay` throws. */
export function replayTicks(record: MatchRecord): ReplayTicks {
  const replay = new Replay({ simulation: volley, record, countdownTicks: 0, pointTicks: 0 });
  const hashes: number[] = [];
  while (!replay.isOver) {
    const before = replay.ticks;
    replay.tick();
    if (replay.ticks > before) hashes.push(replay.hash());
  }
  return { hashes, tickDigest: replay.tickDigest() };
}
