import { deleteDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PlaytrainError } from '../../contract';
import { volley } from '../../game/volley/simulation';
import { playMatch } from '../../match/play-match';
import { scriptedMatchPlayer } from '../../match/player';
import type { MatchRecord } from '../../match/record';
import { verifyRecord } from '../../match/replay';
import { PageStorage } from '../../storage/page-storage';
import { newRunId } from '../../storage/run-id';
import { ReplayShelf } from './replay-shelf';

let storage: PageStorage;
let name: string;
let shelf: ReplayShelf;
/** How many records were played again. */
let verified: number;

beforeEach(() => {
  name = `test-${newRunId()}`;
  storage = new PageStorage({ name });
  verified = 0;
  shelf = new ReplayShelf(storage.replays, volley, async (record) => {
    verified++;
    verifyRecord(volley, record);
  });
});
afterEach(async () => {
  await storage.close();
  await deleteDB(name);
});

function played(): MatchRecord {
  const [pebble, steady] = volley.scriptedPlayers ?? [];
  if (pebble === undefined || steady === undefined) throw new Error('Nobody is there.');
  return playMatch(volley, [scriptedMatchPlayer(pebble, 1), scriptedMatchPlayer(steady, 2)], 3, 1).record;
}
const fileOf = (record: object) => new Blob([JSON.stringify(record)]);

async function refusal(file: Blob): Promise<PlaytrainError> {
  try {
    await shelf.add(file, 5);
  } catch (error) {
    if (error instanceof PlaytrainError) return error;
    throw error;
  }
  throw new Error('It was taken.');
}

describe('kept matches', () => {
  it('come from a file once it was played again, and go out as they came', async () => {
    const record = { ...played(), playedAtMs: 1_000 };
    await shelf.add(fileOf(record), 5);
    expect(verified).toBe(1);
    const [kept] = shelf.replays;
    expect(kept).toMatchObject({ names: ['Pebble', 'Steady'], score: record.score, playedAtMs: 1_000 });
    expect(JSON.parse(shelf.text(kept?.id ?? ''))).toEqual(record);
    expect(shelf.record(kept?.id ?? '')).toEqual(record);
  });

  it('refuse a file that is too long before it is read, and one of other rules before it is played', async () => {
    const long = new File([new Uint8Array(8_000_000)], 'long.json');
    Object.defineProperty(long, 'text', { value: () => Promise.reject(new Error('It was read.')) });
    expect((await refusal(long)).message).toMatch('it is 8.0 MB long');
    const older = await refusal(fileOf({ ...played(), rulesVersion: 1 }));
    expect([older.code, older.message]).toEqual([
      'other-rules',
      expect.stringMatching('played by the rules 1'),
    ]);
    expect(verified).toBe(0);
    expect((await refusal(fileOf({ ...played(), score: [0, 0] }))).message).toMatch('does not repeat');
    expect(shelf.replays).toEqual([]);
  });
});
