import fc from 'fast-check';
import { unzipSync, zipSync } from 'fflate';
import { deleteDB, openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PlaytrainError } from '../contract';
import { crc32 } from './crc32';
import type { PageStorage } from './page-storage';
import { generationPlayer, visitorPlayer } from './standing';
import { checkpoint, freshStorage, fullAfter, held, newRun, past, points, reasonOf } from './test-data';

const standing = { rating: 1234.5, matches: 6 };
const replay = { id: 'a', text: '{}', names: ['Ann', 'Ben'], score: [7, 5], playedAtMs: 3 } as const;
const agent = { id: 'x', name: 'X', summary: 'From a file', addedAtMs: 4, bytes: Uint8Array.of(4, 5) };

const made: { storage: PageStorage; name: string }[] = [];
const fresh = () => {
  const own = freshStorage();
  made.push(own);
  return own;
};
let here: PageStorage;
let there: PageStorage;
let thereName: string;
let id: string;

/** A page on one machine with something of everything, and one on another with nothing. */
beforeEach(async () => {
  here = fresh().storage;
  ({ storage: there, name: thereName } = fresh());
  const created = await here.runs.create(
    newRun({
      game: 'volley',
      name: 'Mine',
      latest: checkpoint(1200, ['7-7']),
      newPast: [past(7)],
      points: points(1, 1200),
    }),
  );
  id = created.id;
  const lock = await held(here, id);
  await here.generations.save(lock, 40, Uint8Array.of(40));
  await lock.release();
  const player = generationPlayer(id, 40);
  await here.ratings.change('volley', () => ({ [player]: standing, [visitorPlayer]: standing }));
  await here.replays.save('volley', replay);
  await here.agents.save('volley', agent);
  await here.preferences.save({
    sound: false,
    bindings: { 'first.left': ['KeyH'] },
    bestReturn: { swing: -300, balance: 480 },
    promisesOver: ['swing'],
  });
});
afterEach(async () => {
  for (const { storage, name } of made.splice(0)) {
    await storage.close();
    await deleteDB(name);
  }
});

const exported = async () => (await here.exportEverything()).value;

describe('an archive', () => {
  it('brings everything to another machine as it was', async () => {
    const { runs, replays, agents, problems } = await there.importArchive(await exported());
    expect({ runs, replays, agents, problems }).toEqual({ runs: [id], replays: 1, agents: 1, problems: [] });
    expect(await there.runs.open(id)).toEqual(await here.runs.open(id));
    expect((await there.runs.history(id)).value).toEqual({ points: points(1, 1200), thinned: false });
    expect(await there.generations.load(id, 40)).toEqual(Uint8Array.of(40));
    expect(await there.ratings.load('volley')).toEqual(await here.ratings.load('volley'));
    expect((await there.replays.list('volley')).value).toEqual([replay]);
    expect((await there.agents.list('volley')).value).toEqual([agent]);
    expect(await there.preferences.load()).toEqual(await here.preferences.load());
  });

  it('adds to what is there and replaces nothing; what is the same is not doubled', async () => {
    const file = await exported();
    const mine = { rating: 900, matches: 9 };
    await here.ratings.change('volley', (before) => ({ ...before, [visitorPlayer]: mine }));
    await here.preferences.save({ sound: true, bestReturn: { swing: -200 }, promisesOver: ['volley'] });
    await here.runs.rename(id, 'Renamed');
    const { runs, replays, agents } = await here.importArchive(file);
    expect([replays, agents]).toEqual([0, 0]);
    expect(runs).not.toContain(id);
    expect((await here.runs.list()).value.map(({ name }) => name).sort()).toEqual(['Mine', 'Renamed']);
    const ratings = (await here.ratings.load('volley')).value;
    expect(ratings[visitorPlayer]).toEqual(mine);
    expect(ratings[generationPlayer(runs[0]!, 40)]).toEqual(standing);
    expect((await here.preferences.load()).value).toMatchObject({
      sound: true,
      // The better of both, and both promises.
      bestReturn: { swing: -200, balance: 480 },
      promisesOver: ['swing', 'volley'],
    });
    expect(await here.generations.versions(runs[0]!)).toEqual([40]);
  });

  it('keeps a match that has the id of another', async () => {
    const file = await exported();
    await there.replays.save('volley', { ...replay, text: '{"seed":2}' });
    await there.importArchive(file);
    const texts = (await there.replays.list('volley')).value.map(({ text }) => text);
    expect(texts.sort()).toEqual(['{"seed":2}', '{}']);
  });

  it('tells a fork where its origin is, also where that had to take another id', async () => {
    await here.runs.fork(id, 'latest', 'Fork');
    const file = await exported();
    const { runs } = await here.importArchive(file);
    const imported = (await here.runs.list()).value.filter((run) => runs.includes(run.id));
    const fork = imported.find(({ name }) => name === 'Fork');
    const origin = imported.find(({ name }) => name === 'Mine');
    expect(fork?.forkOf).toEqual({ id: origin?.id, version: 1200 });
  });

  it('can be of some runs only, without anything else', async () => {
    const other = await here.runs.create(newRun({ name: 'Other' }));
    await there.importArchive((await here.exportRuns([other.id])).value);
    expect((await there.runs.list()).value.map(({ name }) => name)).toEqual(['Other']);
    expect((await there.replays.list('volley')).value).toEqual([]);
    expect((await there.preferences.load()).value.sound).toBe(true);
  });

  it('leaves out what cannot be read, and tells', async () => {
    const { name } = made[0]!;
    await here.close();
    const raw = await openDB(name);
    await raw.put('replays', { id: 'a', text: 7 }, ['volley', 'a']);
    raw.close();
    const { value, problems } = await here.exportEverything();
    expect(problems).toEqual([{ store: 'replays', key: 'volley/a', where: 'text' }]);
    const { runs, replays } = await there.importArchive(value);
    expect([runs, replays]).toEqual([[id], 0]);
  });

  it('is refused in a sentence where it is cut short or damaged anywhere, and then nothing is taken in', async () => {
    const bytes = new Uint8Array(await (await exported()).arrayBuffer());
    const intact = (await here.runs.open(id)).latest;
    const damage = fc.oneof(
      fc.record({ cut: fc.nat(bytes.length - 1) }),
      fc.record({ at: fc.nat(bytes.length - 1), by: fc.integer({ min: 1, max: 255 }) }),
    );
    await fc.assert(
      fc.asyncProperty(damage, async (how) => {
        const damaged = bytes.slice(0, 'cut' in how ? how.cut : bytes.length);
        if ('at' in how) damaged[how.at] = damaged[how.at]! ^ how.by;
        const refusal = await there.importArchive(new Blob([damaged])).then(
          () => null,
          (error: unknown) => error,
        );
        const isRefused = refusal instanceof PlaytrainError && refusal.code === 'bad-file';
        // What a zip says of dates and attributes may be anything.
        expect(isRefused || refusal === null).toBe(true);
        const { value } = await there.runs.list();
        expect(value.map((run) => run.id)).toEqual(isRefused ? [] : [id]);
        const files = await Promise.all(value.map((run) => there.runs.open(run.id)));
        expect(files.map(({ latest }) => latest)).toEqual(isRefused ? [] : [intact]);
        await there.close();
        await deleteDB(thereName);
      }),
      { numRuns: 200 },
    );
  });

  it('is refused where it is something else, or of a newer version', async () => {
    const refusal = (parts: Record<string, Uint8Array>) =>
      there.importArchive(new Blob([Uint8Array.from(zipSync(parts))])).catch((error: Error) => error.message);
    const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
    expect(await refusal({ 'notes.txt': json('hello') })).toMatch(/not an archive of Playtrain/);
    const newer = { format: 'playtrain-archive', version: 2, files: {} };
    expect(await refusal({ 'playtrain.json': json(newer) })).toMatch(/newer version/);
  });

  it('takes in what can be read of parts that are whole but not as they should be', async () => {
    const parts = unzipSync(new Uint8Array(await (await exported()).arrayBuffer()));
    const changed: Record<string, Uint8Array> = {
      ...parts,
      [`runs/${id}/run.json`]: new TextEncoder().encode('{"id":7}'),
      'preferences.json': new TextEncoder().encode('{"sound":"loud","theme":"dark","__proto__":1}'),
    };
    const files = Object.fromEntries(
      Object.entries(changed)
        .filter(([name]) => name !== 'playtrain.json')
        .map(([name, part]) => [name, { bytes: part.length, crc32: crc32(part) }]),
    );
    const manifest = { format: 'playtrain-archive', version: 1, files };
    changed['playtrain.json'] = new TextEncoder().encode(JSON.stringify(manifest));
    const { runs, replays, problems } = await there.importArchive(
      new Blob([Uint8Array.from(zipSync(changed))]),
    );
    expect([runs, replays]).toEqual([[], 1]);
    expect(problems.map(({ key }) => key)).toEqual([`runs/${id}/run.json`]);
    expect((await there.preferences.load()).value).toMatchObject({ sound: true, theme: 'dark' });
    expect((await there.ratings.load('volley')).value).toEqual({ [visitorPlayer]: standing });
  });

  it('leaves no half of a run where there is no room for it', async () => {
    const file = await exported();
    for (const entries of [0, 1, 2, 3, 4]) {
      const end = fullAfter(entries);
      try {
        expect(await reasonOf(there.importArchive(file))).toBe('full');
      } finally {
        end();
      }
      const { value } = await there.runs.list();
      expect(value).toEqual([]);
      await there.close();
      const raw = await openDB(thereName);
      expect(await Promise.all(['checkpoints', 'past', 'history'].map((store) => raw.count(store)))).toEqual([
        0, 0, 0,
      ]);
      raw.close();
    }
  });
});

describe('crc32', () => {
  it('is the one that everybody’s is', () => {
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
    expect(crc32(new Uint8Array())).toBe(0);
  });
});
