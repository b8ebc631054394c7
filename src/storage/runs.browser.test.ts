import { deleteDB, openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sb3Hyperparameters } from '../contract';
import type { PageStorage } from './page-storage';
import { checkpoint, freshStorage, held, newRun, past, point, points, reasonOf } from './test-data';

let storage: PageStorage;
let name: string;

beforeEach(() => {
  ({ storage, name } = freshStorage());
});
afterEach(async () => {
  await storage.close();
  await deleteDB(name);
});

const allPoints = async (id: string) => (await storage.runs.history(id)).value.points;

describe('kept runs', () => {
  it('gives back a run as it was saved: record, training state, earlier policies and history', async () => {
    const settings = { ...sb3Hyperparameters, seed: 7 };
    const { id } = await storage.runs.create(newRun({ settings, name: 'Seven' }));
    const lock = await held(storage, id);
    const files = [past(4), past(8)];
    const saved = await storage.runs.save(lock, {
      latest: checkpoint(10, ['4-4', '8-8']),
      best: checkpoint(8, ['4-4']),
      newPast: files,
      points: points(1, 10),
      thumbnail: [1, 2, 3],
    });
    const { record, latest, problems } = await storage.runs.open(id);
    expect(problems).toEqual([]);
    expect(record).toEqual(saved);
    expect(record).toMatchObject({ name: 'Seven', version: 10, decisions: 20_480, meanReturn: 5, settings });
    expect(record.best).toEqual({ version: 8, decisions: 16_384, meanReturn: 4 });
    expect(latest).toEqual({ ...checkpoint(10), past: files });
    expect((await storage.runs.state(id, 'best')).value).toEqual({
      ...checkpoint(8),
      past: files.slice(0, 1),
    });
    expect(await allPoints(id)).toEqual(points(1, 10));
    expect(record.bytes).toBeGreaterThan(3 + 3 + 2);
    await lock.release();
  });

  it('keeps any number of runs, and runs alike in everything apart', async () => {
    for (let count = 0; count < 12; count++) await storage.runs.create(newRun());
    await storage.runs.create(newRun({ game: 'swing' }));
    expect((await storage.runs.list('balance')).value).toHaveLength(12);
    expect((await storage.runs.list()).value).toHaveLength(13);
  });

  it('writes an earlier policy once, and lets it go when no checkpoint names it', async () => {
    const { id } = await storage.runs.create(newRun());
    const lock = await held(storage, id);
    await storage.runs.save(lock, { latest: checkpoint(5, ['2-2', '4-4']), newPast: [past(2), past(4)] });
    const other = { ...past(4), bytes: Uint8Array.of(99) };
    await storage.runs.save(lock, { latest: checkpoint(6, ['2-2', '4-4']), newPast: [other] });
    expect((await storage.runs.open(id)).latest?.past).toEqual([past(2), past(4)]);
    const before = (await storage.runs.open(id)).record.bytes;
    await storage.runs.save(lock, { latest: checkpoint(7, ['4-4']) });
    const { record, latest } = await storage.runs.open(id);
    expect(latest?.past).toEqual([past(4)]);
    expect(record.bytes).toBe(before - 1);
    await lock.release();
  });

  it('goes on without an earlier policy that cannot be read, and tells of it', async () => {
    const { id } = await storage.runs.create(
      newRun({ latest: checkpoint(5, ['2-2', '4-4']), newPast: [past(2), past(4)] }),
    );
    await storage.close();
    const raw = await openDB(name);
    await raw.put('past', 'nonsense', [id, '2-2']);
    raw.close();
    const { latest, problems } = await storage.runs.open(id);
    expect(latest).toEqual({ ...checkpoint(5), past: [past(4)] });
    expect(problems).toEqual([{ store: 'past', key: `${id}/2-2`, where: '' }]);
  });

  it('refuses a checkpoint that names a policy which is not there, and keeps what was', async () => {
    const { id } = await storage.runs.create(newRun({ latest: checkpoint(1) }));
    const lock = await held(storage, id);
    const saving = storage.runs.save(lock, { latest: checkpoint(9, ['3-3']), points: points(1, 9) });
    expect(await reasonOf(saving)).toBe('incomplete');
    expect((await storage.runs.open(id)).latest?.version).toBe(1);
    expect(await allPoints(id)).toEqual([]);
    await lock.release();
  });

  it('goes back: later points are replaced, and a policy of the left branch stays what its checkpoint meant', async () => {
    const { id } = await storage.runs.create(newRun());
    const lock = await held(storage, id);
    await storage.runs.save(lock, {
      latest: checkpoint(20, ['15-1']),
      best: checkpoint(20, ['15-1']),
      newPast: [past(15, 1)],
      points: points(1, 20),
    });
    const again = point(11, { values: { meanReturn: -1 } });
    await storage.runs.save(lock, {
      latest: checkpoint(16, ['15-2']),
      newPast: [past(15, 2)],
      points: [again, ...points(12, 16)],
    });
    expect(await allPoints(id)).toEqual([...points(1, 10), again, ...points(12, 16)]);
    expect((await storage.runs.open(id)).latest?.past).toEqual([past(15, 2)]);
    expect((await storage.runs.state(id, 'best')).value?.past).toEqual([past(15, 1)]);
    const record = await storage.runs.truncateHistory(lock, 3);
    expect(record.points).toBe(3);
    expect(await allPoints(id)).toEqual(points(1, 3));
    await lock.release();
  });

  it('forks: a run of its own with the history up to there, and the other is untouched', async () => {
    const { id } = await storage.runs.create(newRun());
    const lock = await held(storage, id);
    await storage.runs.save(lock, {
      latest: checkpoint(20, ['15-15']),
      best: checkpoint(12, ['10-10']),
      newPast: [past(10), past(15)],
      points: points(1, 20),
    });
    await storage.generations.save(lock, 10, Uint8Array.of(10));
    await storage.generations.save(lock, 20, Uint8Array.of(20));
    const before = await storage.runs.open(id);
    const fork = await storage.runs.fork(id, 'best', 'From the best');
    expect(fork.thumbnail).toHaveLength(12);
    expect(fork).toMatchObject({
      name: 'From the best',
      version: 12,
      forkOf: { id, version: 12 },
      points: 12,
    });
    expect((await storage.runs.open(fork.id)).latest).toEqual((await storage.runs.state(id, 'best')).value);
    expect(await allPoints(fork.id)).toEqual(points(1, 12));
    expect(await storage.generations.versions(fork.id)).toEqual([10]);
    const other = await held(storage, fork.id);
    await storage.runs.save(other, { latest: checkpoint(13), points: points(13, 13) });
    const after = await storage.runs.open(id);
    expect(after.latest).toEqual(before.latest);
    expect(after.record.bytes).toBe(before.record.bytes);
    expect(await allPoints(id)).toEqual(points(1, 20));
    await Promise.all([lock.release(), other.release()]);
  });

  it('keeps the states of updates, lets go of what a run that went back has left, and forks at each', async () => {
    const { id } = await storage.runs.create(newRun());
    const lock = await held(storage, id);
    const versionsOf = async (run: string) =>
      (await storage.runs.open(run)).record.updates.map(({ version }) => version);
    await storage.runs.save(lock, {
      latest: checkpoint(20, ['15-15']),
      updates: [checkpoint(0), checkpoint(4), checkpoint(16, ['10-10'])],
      newPast: [past(10), past(15)],
      points: points(1, 20),
    });
    const before = (await storage.runs.open(id)).record.bytes;
    await storage.runs.save(lock, { latest: checkpoint(21), points: points(21, 21) });
    expect((await storage.runs.state(id, 'at-16')).value?.past).toEqual([past(10)]);
    expect((await storage.runs.open(id)).record.bytes).toBeLessThan(before + 1_000);
    const fork = await storage.runs.fork(id, 'at-4', 'From 4');
    expect(fork).toMatchObject({ version: 4, forkOf: { id, version: 4 }, points: 4, best: null });
    expect((await storage.runs.open(fork.id)).latest).toEqual((await storage.runs.state(id, 'at-4')).value);
    expect(await versionsOf(fork.id)).toEqual([0, 4]);
    const { value: archive } = await storage.exportRuns([id]);
    const imported = await storage.importArchive(archive);
    expect(await versionsOf(imported.runs[0]!)).toEqual([0, 4, 16]);
    expect((await storage.runs.state(imported.runs[0]!, 'at-16')).value).toEqual(
      (await storage.runs.state(id, 'at-16')).value,
    );
    await storage.runs.save(lock, { latest: checkpoint(10), points: points(10, 10) });
    expect(await versionsOf(id)).toEqual([0, 4]);
    expect((await storage.runs.state(id, 'at-16')).value).toBeNull();
    expect(await reasonOf(storage.runs.fork(id, 'at-16', 'Gone'))).toBe('missing');
    await lock.release();
  });

  it('gives a deleted run back as it was, and takes no saving for it meanwhile', async () => {
    const { id } = await storage.runs.create(newRun({ latest: checkpoint(3), points: points(1, 3) }));
    const lock = await held(storage, id);
    await storage.runs.remove(lock);
    expect((await storage.runs.list()).value).toEqual([]);
    expect((await storage.runs.removed()).map((run) => run.id)).toEqual([id]);
    expect(await reasonOf(storage.runs.save(lock, { latest: checkpoint(4) }))).toBe('missing');
    await storage.runs.restore(id);
    expect((await storage.runs.list()).value.map((run) => run.id)).toEqual([id]);
    expect((await storage.runs.open(id)).latest).toEqual({ ...checkpoint(3), past: [] });
    expect(await allPoints(id)).toEqual(points(1, 3));
    await lock.release();
  });

  it('leaves nothing of a purged run, and everything of the others', async () => {
    const kept = await storage.runs.create(newRun({ latest: checkpoint(3), points: points(1, 3) }));
    const { id } = await storage.runs.create(
      newRun({
        latest: checkpoint(3, ['2-2']),
        newPast: [past(2)],
        points: points(1, 3),
      }),
    );
    const lock = await held(storage, id);
    await storage.generations.save(lock, 3, Uint8Array.of(3));
    await storage.runs.remove(lock);
    expect(await storage.runs.purgeRemoved(Date.now() + 1)).toEqual([id]);
    expect(await reasonOf(storage.runs.restore(id))).toBe('missing');
    await storage.close();
    const raw = await openDB(name);
    const stores = ['runs', 'checkpoints', 'past', 'history', 'generations'];
    const keys = await Promise.all(stores.map((store) => raw.getAllKeys(store)));
    expect(keys.flat(2)).toContain(kept.id);
    expect(keys.flat(2)).not.toContain(id);
    raw.close();
    expect((await storage.runs.open(kept.id)).latest?.version).toBe(3);
    await lock.release();
  });

  it('leaves an entry that it cannot read where it is, and tells of it', async () => {
    const { id } = await storage.runs.create(newRun({ latest: checkpoint(3) }));
    const good = await storage.runs.create(newRun());
    await storage.close();
    const raw = await openDB(name);
    const damaged = { ...(await raw.get('runs', id)), settings: { seed: 'seven' } };
    await raw.put('runs', damaged, id);
    const { value, problems } = await storage.runs.list();
    expect(value.map((run) => run.id)).toEqual([good.id]);
    expect(problems).toEqual([{ store: 'runs', key: id, where: 'settings.seed' }]);
    expect(await reasonOf(storage.runs.open(id))).toBe('corrupt');
    expect(await reasonOf(storage.runs.rename(id, 'Other'))).toBe('corrupt');
    expect(await raw.get('runs', id)).toEqual(damaged);
    raw.close();
  });

  it('fills in settings that came with a later version', async () => {
    const { id } = await storage.runs.create(newRun());
    await storage.close();
    const raw = await openDB(name);
    const row = await raw.get('runs', id);
    const { pastShare: _later, ...older } = row.settings;
    await raw.put('runs', { ...row, settings: older }, id);
    raw.close();
    expect((await storage.runs.open(id)).record.settings).toEqual(sb3Hyperparameters);
  });
});
