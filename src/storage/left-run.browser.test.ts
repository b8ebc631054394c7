import { deleteDB, openDB } from 'idb';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { sb3Hyperparameters } from '../contract';
import type { PageStorage } from './page-storage';
import type { RunLock } from './run-lock';
import { checkpoint, freshStorage, held, newRun, past, points } from './test-data';

let storage: PageStorage;
let name: string;
let lock: RunLock;
let savedAtMs: number;

const id = 'the-run';
const open = async () => {
  const { record, latest } = await storage.runs.open(id);
  const { value } = await storage.runs.history(id);
  return { record, latest, versions: value.points.map(({ version }) => version) };
};

beforeEach(async () => {
  ({ storage, name } = freshStorage());
  await storage.runs.create(newRun({ id }));
  lock = await held(storage, id);
  const saved = await storage.runs.save(lock, {
    latest: checkpoint(5, ['4-4']),
    newPast: [past(4)],
    points: points(1, 5),
  });
  ({ savedAtMs } = saved);
});
afterEach(async () => {
  await lock.release();
  await storage.close();
  await deleteDB(name);
  await deleteDB(`${name}-left`);
});

it('is part of the run for whoever opens it next, once', async () => {
  const settings = { ...sb3Hyperparameters, learningRate: 0.5 };
  const left = {
    settings,
    latest: checkpoint(8, ['4-4', '6-6']),
    newPast: [past(6)],
    points: points(6, 8),
    thumbnail: [3],
  };
  await storage.runs.leave(lock, left, [savedAtMs]);
  const opened = await open();
  expect(opened.record).toMatchObject({ version: 8, settings, thumbnail: [3] });
  expect(opened.latest).toEqual({ ...checkpoint(8), past: [past(4), past(6)] });
  expect(opened.versions).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(await open()).toEqual({
    ...opened,
    record: { ...opened.record, openedAtMs: expect.any(Number) },
  });
});

it('joins a save that was under way, whether or not that came to its end', async () => {
  const left = { latest: checkpoint(8), points: points(6, 8) };
  const underWay = savedAtMs + 7;
  await storage.runs.leave(lock, left, [savedAtMs, underWay]);
  expect((await open()).versions).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);

  await storage.runs.save(lock, { latest: checkpoint(10), points: points(9, 10) }, underWay);
  await storage.runs.leave(lock, { latest: checkpoint(11), points: points(9, 11) }, [savedAtMs, underWay]);
  const opened = await open();
  expect(opened.record.version).toBe(11);
  expect(opened.versions).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
});

it('is found where earlier versions put it down, once', async () => {
  await storage.runs.leave(lock, { latest: checkpoint(8), points: points(6, 8) }, [savedAtMs]);
  const [here, elsewhere] = [await openDB(name), await openDB(`${name}-left`)];
  await here.put('left', await elsewhere.get('left', id), id);
  await elsewhere.delete('left', id);
  elsewhere.close();
  const opened = await open();
  expect(opened.record.version).toBe(8);
  expect(opened.versions).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(await here.count('left')).toBe(0);
  here.close();
});

it('is let go where the run was saved since, by this page or another', async () => {
  await storage.runs.leave(lock, { latest: checkpoint(8), points: points(6, 8) }, [savedAtMs]);
  await storage.runs.save(lock, { latest: checkpoint(6), points: points(6, 6) });
  expect((await open()).record.version).toBe(6);

  await storage.runs.leave(lock, { latest: checkpoint(9), points: points(7, 9) }, [savedAtMs - 1]);
  const opened = await open();
  expect(opened.record.version).toBe(6);
  expect(opened.versions).toEqual([1, 2, 3, 4, 5, 6]);
});

it.each([
  ['is nonsense', 'nonsense'],
  ['has points that are none', { points: 7, newPast: [] }],
  ['names an earlier policy that is not there', { latest: checkpoint(8, ['7-7']), newPast: [] }],
])('leaves the run as it was saved where it %s', async (_what, damaged) => {
  await storage.runs.leave(lock, { points: points(6, 6) }, [savedAtMs]);
  const connection = await openDB(`${name}-left`);
  const entry: unknown = await connection.get('left', id);
  const whole = typeof entry === 'object' && typeof damaged === 'object';
  await connection.put('left', whole ? { ...entry, ...damaged } : damaged, id);
  connection.close();
  const opened = await open();
  expect(opened.record.version).toBe(5);
  expect(opened.versions).toEqual([1, 2, 3, 4, 5]);
});

it('is deleted with the run', async () => {
  await storage.runs.leave(lock, { points: points(6, 6) }, [savedAtMs]);
  await storage.runs.remove(lock);
  await storage.runs.purgeRemoved(Date.now());
  const connection = await openDB(`${name}-left`);
  expect(await connection.count('left')).toBe(0);
  connection.close();
});
