import { deleteDB, openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decodeTrainingState } from '../src/agent/checkpoint';
import { decodePolicy } from '../src/agent/policy-file';
import { joined } from '../src/app/runs/kept-state';
import { PlaytrainError } from '../src/contract';
import { PageStorage } from '../src/storage/page-storage';
import { newRunId } from '../src/storage/run-id';
import { generationPlayer, visitorPlayer } from '../src/storage/standing';
import type { ReadEarlierRun } from '../src/storage/take-over';
import { fullAfter } from '../src/storage/test-data';
import { curvePoints } from '../src/streams/metric-points';
import versionZero from './fixtures/database-v0.json.gzip?url';
import versionOne from './fixtures/database-v1.json.gzip?url';
import { type DatabaseFixture, databaseTexts, readFixture, writeFixture } from './testing/database-fixture';

// Databases that visitors have, as the version that is named in the file wrote them on the real page. Never write them
// anew: what they are here for is that every later version still opens them.

let earlierName: string;
let name: string;
let fixture: DatabaseFixture;
const open: PageStorage[] = [];

function storage(): PageStorage {
  const made = new PageStorage({ name, earlierName });
  open.push(made);
  return made;
}

const readRun: ReadEarlierRun = (game, bytes) => {
  const state = decodeTrainingState(bytes);
  return { name: game, settings: state.hyperparameters, points: curvePoints(state.curve) };
};

beforeEach(async () => {
  name = `test-${newRunId()}`;
  earlierName = `earlier-${newRunId()}`;
  fixture = await readFixture(versionZero);
  await writeFixture(fixture, earlierName);
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
  await Promise.all([deleteDB(name), deleteDB(earlierName)]);
});

describe('what versions before the first database of its own kept', () => {
  it('is all there afterwards: runs with their past and curve, ratings, matches, agents, preferences', async () => {
    const kept = storage();
    const { runs, problems } = await kept.takeOver(readRun);
    expect(problems).toEqual([]);
    expect(runs).toHaveLength(3);
    const { value } = await kept.runs.list();
    expect(value.map(({ game, version, decisions }) => [game, version, decisions])).toEqual([
      ['volley', 329, 987_036],
      ['balance', 211, 13_504],
      ['balance', 73, 37_376],
    ]);
    const [volley, seven, balance] = value;
    expect(seven?.settings).toMatchObject({ seed: 7, hiddenSizes: [8], learningRate: 0.001 });
    expect(balance?.best).toEqual({ version: 73, decisions: 37_376, meanReturn: 500 });
    expect(balance?.thumbnail.at(-1)).toBe(500);

    const opened = await kept.runs.open(balance!.id);
    const state = decodeTrainingState(opened.latest!.bytes);
    expect(state.version).toBe(73);
    expect((await kept.runs.history(balance!.id)).value.points).toEqual(curvePoints(state.curve));

    const generations = await kept.generations.versions(volley!.id);
    expect(generations).toHaveLength(56);
    expect(decodePolicy((await kept.generations.load(volley!.id, 101))!).version).toBe(101);
    const ratings = (await kept.ratings.load('volley')).value;
    expect(ratings[visitorPlayer]).toEqual({ rating: expect.closeTo(1000, 0), matches: 1 });
    expect(ratings[generationPlayer(volley!.id, 101)]?.matches).toBeGreaterThan(0);
    expect(Object.keys(ratings)).toHaveLength(31);
    expect((await kept.replays.list('volley')).value).toHaveLength(1);
    expect((await kept.agents.list('volley')).value).toHaveLength(1);
    expect((await kept.preferences.load()).value).toMatchObject({ sound: false, rates: true, theme: 'auto' });
    const timed = Object.values(fixture.stores['keyval'] ?? {}).find(({ key }) =>
      String(key).includes('timings'),
    );
    const subject = String(timed?.key).replace('playtrain/timings/1/', '');
    expect(await kept.timings.load(subject)).toEqual(timed?.value);
  });

  it('is copied once, and nothing of theirs changes', async () => {
    const before = await databaseTexts(earlierName);
    await storage().takeOver(readRun);
    const first = await databaseTexts(name);
    expect((await storage().takeOver(readRun)).runs).toEqual([]);
    expect(await databaseTexts(name)).toEqual(first);
    expect(await databaseTexts(earlierName)).toEqual(before);
  });

  it('is copied once by two tabs at a time', async () => {
    const both = await Promise.all([storage().takeOver(readRun), storage().takeOver(readRun)]);
    expect(both.flatMap(({ runs }) => runs)).toHaveLength(3);
    expect((await storage().runs.list()).value).toHaveLength(3);
  });

  it.each([1, 3, 10, 40, 90])(
    'is copied from where an attempt broke off, at writing %i',
    async (writings) => {
      const end = fullAfter(writings);
      await expect(storage().takeOver(readRun)).rejects.toMatchObject({ reason: 'full' });
      end();
      await storage().takeOver(readRun);
      const { value, problems } = await storage().runs.list();
      expect(problems).toEqual([]);
      expect(value.map(({ version }) => version)).toEqual([329, 211, 73]);
      expect(await storage().generations.versions(value[0]!.id)).toHaveLength(56);
      expect(Object.keys((await storage().ratings.load('volley')).value)).toHaveLength(31);
    },
  );

  it('is copied another time where what reads it does not come just now', async () => {
    const notLoaded = () => Promise.reject(new PlaytrainError('not-loaded', 'There is no network.'));
    await expect(storage().takeOver(notLoaded)).rejects.toMatchObject({ reason: 'lost' });
    expect((await storage().takeOver(readRun)).runs).toHaveLength(3);
  });

  it('is copied but for what cannot be read, which is told once and stays where it is', async () => {
    const raw = await openDB(earlierName);
    const damaged = {
      bytes: Uint8Array.of(0, 1, 2, 3),
      version: 9,
      decisions: 9,
      meanReturn: 1,
      savedAtMs: 1,
    };
    await raw.put('keyval', damaged, 'playtrain/balance/default/latest');
    await raw.put('keyval', 'nonsense', 'playtrain/volley/replays');
    await raw.put('keyval', { visitor: { rating: Number.NaN, matches: 1 } }, 'playtrain/volley/ratings');
    await raw.put('keyval', 7, 'playtrain/play-preferences');
    raw.close();
    const before = await databaseTexts(earlierName);
    const { runs, problems } = await storage().takeOver(readRun);
    expect(runs).toHaveLength(2);
    expect(new Set(problems.map(({ key }) => key))).toEqual(
      new Set([
        'playtrain/balance/default/latest',
        'playtrain/play-preferences',
        'playtrain/volley/ratings/visitor',
        'playtrain/volley/replays',
      ]),
    );
    expect((await storage().takeOver(readRun)).problems).toEqual([]);
    expect(await databaseTexts(earlierName)).toEqual(before);
  });

  it('is looked at again while a tab may still run that version: what it saved later is another run', async () => {
    await storage().takeOver(readRun);
    const raw = await openDB(earlierName);
    const key = 'playtrain/balance/default/latest';
    const slot: object = await raw.get('keyval', key);
    await raw.put('keyval', { ...slot, version: 80, savedAtMs: Date.now() }, key);
    raw.close();
    const { runs } = await storage().takeOver(readRun);
    expect(runs).toHaveLength(1);
    const versions = (await storage().runs.list('balance')).value.map(({ version }) => version);
    expect(versions).toEqual([80, 211, 73]);
  });

  it('is nothing where there is none, and no database is made for it; another app’s is not touched', async () => {
    await deleteDB(earlierName);
    expect(await storage().takeOver(readRun)).toEqual({ runs: [], problems: [] });
    const names = (await indexedDB.databases()).map((each) => each.name);
    expect(names).not.toContain(earlierName);

    const theirs = await openDB(earlierName, 1, { upgrade: (made) => void made.createObjectStore('keyval') });
    await theirs.put('keyval', { notes: 1 }, 'other-app/notes');
    theirs.close();
    await deleteDB(name);
    expect(await storage().takeOver(readRun)).toEqual({ runs: [], problems: [] });
    expect(await databaseTexts(earlierName)).toEqual({ keyval: { '"other-app/notes"': '{"notes":1}' } });
  });
});

describe('a database of schema version 1', () => {
  beforeEach(async () => {
    await writeFixture(await readFixture(versionOne), name);
  });

  it('opens: runs with their states, earlier policies, history, generations and ratings', async () => {
    const kept = storage();
    const { value, problems } = await kept.runs.list();
    expect(problems).toEqual([]);
    expect(
      value.map(({ game, version, points, settings }) => [game, version, points, settings.hiddenSizes]),
    ).toEqual([
      ['volley', 579, 582, [6, 6]],
      ['balance', 9, 9, [8]],
    ]);
    for (const { id, version, points } of value) {
      const opened = await kept.runs.open(id);
      expect(opened.problems).toEqual([]);
      expect(decodeTrainingState(joined(opened.latest!)).version).toBe(version);
      const history = await kept.runs.history(id);
      expect(history.problems).toEqual([]);
      expect(history.value.points.map((each) => each.version)).toEqual(
        Array.from({ length: points }, (_, index) => index + 1),
      );
    }
    const { id } = value[0]!;
    const { latest } = await kept.runs.open(id);
    expect(decodeTrainingState(joined(latest!)).past).toHaveLength(20);
    expect(await kept.generations.versions(id)).toHaveLength(24);
    expect(decodePolicy((await kept.generations.load(id, 145))!).version).toBe(145);
    const ratings = await kept.ratings.load('volley');
    expect(ratings.problems).toEqual([]);
    expect(ratings.value[generationPlayer(id, 145)]?.matches).toBeGreaterThan(0);
    expect((await kept.preferences.load()).value).toMatchObject({ sound: false, rates: true });
  });
});
