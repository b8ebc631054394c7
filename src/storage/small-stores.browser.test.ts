import { deleteDB, openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Database } from './database';
import type { PageStorage } from './page-storage';
import { defaultPreferences } from './preferences';
import { askToPersist, isShort, measuredSpace } from './space';
import { generationOfPlayer, generationPlayer, visitorPlayer } from './standing';
import { checkpoint, freshStorage, held, newRun, points } from './test-data';
import { timingVersion } from './timings';

let storage: PageStorage;
let name: string;

beforeEach(() => {
  ({ storage, name } = freshStorage());
});
afterEach(async () => {
  vi.restoreAllMocks();
  await storage.close();
  await deleteDB(name);
});

/** Puts an entry past everything that checks it. */
async function putRaw(store: string, value: unknown, key: IDBValidKey): Promise<void> {
  await storage.runs.list();
  const raw = await openDB(name);
  await raw.put(store, value, key);
  raw.close();
}

describe('ratings', () => {
  const won = (player: string) => (before: Awaited<ReturnType<PageStorage['ratings']['change']>>) => {
    const { rating, matches } = before[player] ?? { rating: 1000, matches: 0 };
    return { ...before, [player]: { rating: rating + 16, matches: matches + 1 } };
  };

  it('lose no match to another page that counts at the same time', async () => {
    await Promise.all(Array.from({ length: 20 }, () => storage.ratings.change('volley', won(visitorPlayer))));
    expect((await storage.ratings.load('volley')).value).toEqual({
      [visitorPlayer]: { rating: 1320, matches: 20 },
    });
    expect((await storage.ratings.load('balance')).value).toEqual({});
  });

  it('are not given to a generation that is not kept: its run was deleted or went back meanwhile', async () => {
    const { id } = await storage.runs.create(newRun({ game: 'volley' }));
    const lock = await held(storage, id);
    await storage.generations.save(lock, 40, Uint8Array.of(1));
    const [kept, gone] = [generationPlayer(id, 40), generationPlayer('another', 40)];
    await storage.ratings.change('volley', (before) => won(gone)(won(kept)(before)));
    expect(Object.keys((await storage.ratings.load('volley')).value)).toEqual([kept]);
    await storage.generations.remove(lock, [40]);
    expect((await storage.ratings.load('volley')).value).toEqual({});
    expect(await storage.ratings.change('volley', won(kept))).toEqual({});
    await lock.release();
  });

  it('go with a run that is purged, and no other', async () => {
    const ids: string[] = [];
    for (const run of ['stays', 'goes']) {
      const { id } = await storage.runs.create(newRun({ game: 'volley', name: run }));
      const lock = await held(storage, id);
      await storage.generations.save(lock, 1, Uint8Array.of(1));
      await storage.ratings.change('volley', won(generationPlayer(id, 1)));
      if (run === 'goes') await storage.runs.remove(lock);
      await lock.release();
      ids.push(id);
    }
    await storage.runs.purgeRemoved(Date.now() + 1);
    expect(Object.keys((await storage.ratings.load('volley')).value)).toEqual([generationPlayer(ids[0]!, 1)]);
  });

  it('that cannot be read are left out and left alone', async () => {
    const damaged = { rating: Number.NaN, matches: 1 };
    await putRaw('standings', damaged, ['volley', 'bot']);
    await storage.ratings.change('volley', won(visitorPlayer));
    const { value, problems } = await storage.ratings.load('volley');
    expect(Object.keys(value)).toEqual([visitorPlayer]);
    expect(problems).toEqual([{ store: 'standings', key: 'volley/bot', where: 'rating' }]);
    const raw = await openDB(name);
    expect(await raw.get('standings', ['volley', 'bot'])).toEqual(damaged);
    raw.close();
  });

  it('tell a generation’s player from everybody else', () => {
    expect(generationOfPlayer(generationPlayer('abc', 40))).toEqual({ runId: 'abc', version: 40 });
    for (const player of [visitorPlayer, 'bot-hawk', 'generation/abc', 'generation/abc/x']) {
      expect(generationOfPlayer(player)).toBeNull();
    }
  });
});

describe('matches and agents', () => {
  const replay = (number: number) => ({
    id: `match-${number}`,
    text: `{"seed":${number}}`,
    names: ['Ann', 'Ben'] as const,
    score: [7, 3] as const,
    playedAtMs: number,
  });
  const agent = (number: number) => ({
    id: `agent-${number}`,
    name: 'A',
    summary: '',
    origin: { fileName: 'a.safetensors', version: 12, decisions: 24_576 },
    addedAtMs: number,
    bytes: Uint8Array.of(number),
  });

  it('are all kept, the newest first, a game apart, until one is deleted', async () => {
    for (let number = 0; number < 40; number++) {
      await storage.replays.save('volley', replay(number));
      await storage.agents.save('volley', agent(number));
    }
    await storage.replays.save('tennis', replay(99));
    await storage.replays.remove('volley', 'match-3');
    await storage.agents.remove('volley', 'agent-3');
    const expected = Array.from({ length: 40 }, (_, index) => 39 - index).filter((number) => number !== 3);
    expect((await storage.replays.list('volley')).value).toEqual(expected.map(replay));
    expect((await storage.agents.list('volley')).value).toEqual(expected.map(agent));
  });

  it('of earlier versions have the sentence that they were kept with', async () => {
    const { origin: _, ...before } = { ...agent(1), summary: 'From “a.safetensors”: update 12.' };
    await putRaw('agents', before, ['volley', 'agent-1']);
    expect((await storage.agents.list('volley')).value).toEqual([before]);
  });

  it('that cannot be read are left out, told, and left alone', async () => {
    await storage.replays.save('volley', replay(1));
    await storage.agents.save('volley', agent(1));
    await putRaw('replays', { ...replay(2), score: ['7', 3] }, ['volley', 'match-2']);
    await putRaw('agents', { ...agent(2), bytes: 'none' }, ['volley', 'agent-2']);
    const replays = await storage.replays.list('volley');
    const agents = await storage.agents.list('volley');
    expect([replays.value, agents.value]).toEqual([[replay(1)], [agent(1)]]);
    expect([...replays.problems, ...agents.problems]).toEqual([
      { store: 'replays', key: 'volley/match-2', where: 'score.0' },
      { store: 'agents', key: 'volley/agent-2', where: 'bytes' },
    ]);
  });
});

describe('preferences', () => {
  it('hold by default until they are chosen, each by itself', async () => {
    expect((await storage.preferences.load()).value).toEqual(defaultPreferences);
    await storage.preferences.save({ theme: 'dark' });
    await storage.preferences.save({ sound: false, bindings: { 'first.up': ['KeyW', 'Space'] } });
    expect((await storage.preferences.load()).value).toEqual({
      ...defaultPreferences,
      theme: 'dark',
      sound: false,
      bindings: { 'first.up': ['KeyW', 'Space'] },
    });
  });

  it('that cannot be read fall back to the default, and the others stay', async () => {
    await storage.preferences.save({ theme: 'dark' });
    await putRaw('preferences', 'loud', 'sound');
    const { value, problems } = await storage.preferences.load();
    expect(value).toEqual({ ...defaultPreferences, theme: 'dark' });
    expect(problems).toEqual([{ store: 'preferences', key: 'sound', where: '' }]);
  });
});

describe('preferences that grow entry by entry', () => {
  const lesson = (at: number, isOver = false) => ({ at, isOver, results: {} });

  it('keep what another page added, of which this one knows nothing', async () => {
    const { storage: other } = freshStorage(name);
    await other.preferences.save({
      lessons: { value: lesson(3), lambda: lesson(0, true) },
      bestTakeOver: { balance: 20, swing: 3 },
      bestReturn: { swing: -300 },
      promisesOver: ['balance'],
    });
    await storage.preferences.save({
      lessons: { clip: lesson(1), lambda: lesson(2) },
      bestTakeOver: { balance: 4, volley: 1 },
      bestReturn: { swing: -200 },
      promisesOver: ['swing', 'balance'],
    });
    await other.close();
    const { value } = await storage.preferences.load();
    expect(value.lessons).toEqual({ value: lesson(3), lambda: lesson(2, true), clip: lesson(1) });
    expect(value.bestTakeOver).toEqual({ balance: 20, swing: 3, volley: 1 });
    expect(value.bestReturn).toEqual({ swing: -200 });
    expect(value.promisesOver).toEqual(['balance', 'swing']);
  });

  it('lose no entry that was chosen as a page went, and leave no note once all are kept', async () => {
    await storage.preferences.save({ lessons: { value: lesson(1) } });
    const never = vi.spyOn(Database.prototype, 'write').mockImplementation(() => new Promise(() => {}));
    void storage.preferences.save({ lessons: { lambda: lesson(2) } });
    void storage.preferences.save({ lessons: { clip: lesson(4) } });
    never.mockRestore();
    const { storage: later } = freshStorage(name);
    const all = { value: lesson(1), lambda: lesson(2), clip: lesson(4) };
    expect((await later.preferences.load()).value.lessons).toEqual(all);
    await later.preferences.save({ lessons: { value: lesson(5) } });
    expect((await later.preferences.load()).value.lessons).toEqual({ ...all, value: lesson(5) });
    await vi.waitFor(() => expect(localStorage.getItem(`playtrain/ahead/${name}`)).toBeNull());
    await later.close();
  });

  it('are neither changed nor settled by a page that keeps nothing', async () => {
    await storage.preferences.save({ theme: 'dark' });
    const never = vi.spyOn(Database.prototype, 'write').mockImplementation(() => new Promise(() => {}));
    void storage.preferences.save({ lessons: { lambda: lesson(2) } });
    never.mockRestore();
    const { storage: guest } = freshStorage(name);
    guest.rest(true);
    expect((await guest.preferences.load()).value.lessons).toEqual({ lambda: lesson(2) });
    await guest.preferences.save({ theme: 'light', lessons: { lambda: lesson(9) } });
    await guest.close();
    const { storage: later } = freshStorage(name);
    expect((await later.preferences.load()).value).toMatchObject({
      theme: 'dark',
      lessons: { lambda: lesson(2) },
    });
    await later.close();
  });
});

describe('preferences chosen as a page goes', () => {
  it('are there at the next visit, though the database never got them, and are put there then', async () => {
    await storage.preferences.load();
    const never = vi.spyOn(Database.prototype, 'write').mockImplementation(() => new Promise(() => {}));
    void storage.preferences.save({ theme: 'dark' });
    void storage.preferences.save({ theme: 'light', sound: false });
    never.mockRestore();
    const { storage: later } = freshStorage(name);
    expect((await later.preferences.load()).value).toEqual({
      ...defaultPreferences,
      theme: 'light',
      sound: false,
    });
    await vi.waitFor(() => expect(localStorage.getItem(`playtrain/ahead/${name}`)).toBeNull());
    expect((await later.preferences.load()).value.theme).toBe('light');
    await later.close();
  });

  it.each(['nonsense', '7', '{"theme":"purple","other":1}'])(
    'are none where %s stands there',
    async (text) => {
      localStorage.setItem(`playtrain/ahead/${name}`, text);
      expect((await storage.preferences.load()).value).toEqual(defaultPreferences);
      localStorage.removeItem(`playtrain/ahead/${name}`);
    },
  );
});

describe('timings', () => {
  const timings = [{ job: 'update', backend: 'wasm', milliseconds: 3 }] as const;

  it('are kept by subject, and not taken from another version or a damaged entry', async () => {
    await storage.timings.save('this net', timings);
    expect(await storage.timings.load('this net')).toEqual(timings);
    expect(await storage.timings.load('another net')).toBeNull();
    await putRaw('timings', { version: timingVersion + 1, timings }, 'this net');
    expect(await storage.timings.load('this net')).toBeNull();
    await putRaw('timings', { version: timingVersion, timings: [{ backend: 'abacus' }] }, 'this net');
    expect(await storage.timings.load('this net')).toBeNull();
  });

  it('are none where storage is closed', async () => {
    vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError');
    });
    await storage.timings.save('this net', timings);
    expect(await storage.timings.load('this net')).toBeNull();
  });
});

describe('space', () => {
  it('counts runs, and deleted ones apart', async () => {
    const before = await storage.space();
    expect(before).toMatchObject({ runBytes: 0, removedBytes: 0 });
    expect(before.quotaBytes).toBeGreaterThan(0);
    const { id, bytes } = await storage.runs.create(
      newRun({ latest: checkpoint(1), points: points(1, 600) }),
    );
    expect(bytes).toBeGreaterThan(600 * 8);
    expect(await storage.space()).toMatchObject({ runBytes: bytes, removedBytes: 0 });
    const lock = await held(storage, id);
    await storage.runs.remove(lock);
    expect(await storage.space()).toMatchObject({ runBytes: 0, removedBytes: bytes });
    await lock.release();
  });

  it('is not known where the browser does not tell, and that is not short', async () => {
    vi.spyOn(navigator, 'storage', 'get').mockReturnValue(undefined as unknown as StorageManager);
    const space = await storage.space();
    expect(space).toMatchObject({ usedBytes: null, quotaBytes: null, isPersisted: null });
    expect(isShort(space)).toBe(false);
    expect(isShort({ ...space, usedBytes: 900e6, quotaBytes: 1e9 })).toBe(true);
    expect(isShort({ ...space, usedBytes: 1e6, quotaBytes: 1e9 })).toBe(false);
    expect(await askToPersist()).toBe(false);
  });

  it('is told also where the browser never answers', async () => {
    for (const method of ['estimate', 'persisted'] as const) {
      vi.spyOn(navigator.storage, method).mockReturnValue(new Promise<never>(() => {}));
    }
    const database = new Database({ name });
    const space = await measuredSpace(database, 1);
    expect(space).toMatchObject({ runBytes: 0, usedBytes: null, quotaBytes: null, isPersisted: null });
    await database.close();
  });

  it('is told also where the browser refuses to say', async () => {
    for (const method of ['estimate', 'persisted', 'persist'] as const) {
      vi.spyOn(navigator.storage, method).mockImplementation(() => {
        throw new TypeError('not here');
      });
    }
    expect(await storage.space()).toMatchObject({ usedBytes: null, quotaBytes: null, isPersisted: null });
    expect(await askToPersist()).toBe(false);
  });
});
