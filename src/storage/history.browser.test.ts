import fc from 'fast-check';
import { deleteDB, openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MetricPoint } from '../contract';
import { Database } from './database';
import {
  appendPoints,
  chunkPoints,
  eachChunk,
  emptyHistory,
  type HistoryIndex,
  ThinnedPoints,
} from './history';
import { packChunk, unpackChunk } from './history-chunk';
import { newRunId } from './run-id';
import { point, points } from './test-data';

const id = 'a-run';
let name: string;
let database: Database;

beforeEach(() => {
  name = `test-${newRunId()}`;
  database = new Database({ name });
});
afterEach(async () => {
  await database.close();
  await deleteDB(name);
});

const append = (before: HistoryIndex, added: readonly MetricPoint[], bound?: number) =>
  database.write('the history', ['history'], (transaction) =>
    appendPoints(transaction.objectStore('history'), id, before, added, bound),
  );

async function all(): Promise<MetricPoint[]> {
  const read: MetricPoint[] = [];
  const problems = await database.read('the history', ['history'], (transaction) =>
    eachChunk(transaction.objectStore('history'), id, (chunk) => read.push(...chunk)),
  );
  expect(problems).toEqual([]);
  return read;
}

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const change = fc.record({
  key: fc.constantFrom('learningRate' as const, 'epochs' as const),
  from: finite,
  to: fc.option(finite),
});
const pointOf = (version: number) =>
  fc.record({
    version: fc.constant(version),
    decisions: fc.nat(),
    values: fc.dictionary(
      fc.constantFrom('meanReturn', 'entropy', 'winRate.bot', '__proto__x'),
      fc.option(finite),
    ),
    returnSpread: fc.option(finite),
    changed: fc.array(change, { maxLength: 2 }),
  });

describe('a history', () => {
  it('comes out of a chunk as it went in, to the last bit', () => {
    const some = fc
      .uniqueArray(fc.nat(1000), { maxLength: 20 })
      .chain((versions) => fc.tuple(...versions.sort((a, b) => a - b).map(pointOf)));
    fc.assert(
      fc.property(some, (chunk) => {
        expect(unpackChunk(packChunk(chunk))).toEqual(chunk);
      }),
    );
  });

  it('keeps what is not a number as null', () => {
    const odd = point(1, {
      values: { a: Number.NaN, b: Number.POSITIVE_INFINITY },
      returnSpread: Number.NaN,
    });
    expect(unpackChunk(packChunk([odd]))).toEqual([
      point(1, { values: { a: null, b: null }, returnSpread: null }),
    ]);
  });

  it('holds every update in order, however savings cut it, and wherever the run went back', async () => {
    const saving = fc.record({ back: fc.nat(700), count: fc.nat(900) });
    await fc.assert(
      fc.asyncProperty(fc.array(saving, { minLength: 1, maxLength: 6 }), async (savings) => {
        await deleteAll();
        let index = emptyHistory;
        let model: MetricPoint[] = [];
        for (const [round, { back, count }] of savings.entries()) {
          const from = Math.max(1, (model.at(-1)?.version ?? 0) + 1 - (round % 2 === 0 ? 0 : back));
          const added = points(from, from + count - 1).map((each) => ({ ...each, decisions: round }));
          if (added.length > 0) model = [...model.filter(({ version }) => version < from), ...added];
          index = await append(index, added);
        }
        expect(await all()).toEqual(model);
        expect(index).toMatchObject({
          points: model.length,
          lastVersion: model.at(-1)?.version ?? null,
          thinned: false,
        });
      }),
      { numRuns: 30 },
    );
  });

  it('thins older stretches beyond its bound and says so; the newest updates and all marks stay', async () => {
    const bound = 8 * chunkPoints;
    const total = 40 * chunkPoints;
    let index = emptyHistory;
    const marked = { key: 'epochs', from: 1, to: 2 } as const;
    for (let from = 1; from <= total; from += 100) {
      const added = points(from, Math.min(total, from + 99)).map((each) =>
        each.version % 1000 === 0 ? { ...each, changed: [marked] } : each,
      );
      index = await append(index, added, bound);
      expect(index.points).toBeLessThanOrEqual(bound);
    }
    const kept = await all();
    expect(index).toMatchObject({ points: kept.length, lastVersion: total, thinned: true });
    expect(kept.length).toBeGreaterThan(bound / 2);
    const versions = kept.map(({ version }) => version);
    expect(versions).toEqual([...versions].sort((a, b) => a - b));
    expect(versions[0]).toBe(1);
    expect(versions.slice(-100)).toEqual(points(total - 99, total).map(({ version }) => version));
    expect(kept.filter(({ changed }) => changed.length > 0)).toHaveLength(Math.floor(total / 1000));
    const gaps = versions.slice(1).map((version, at) => version - versions[at]!);
    expect(Math.max(...gaps)).toBeLessThan(64);
  });

  it('leaves a stretch that it cannot read where it is, tells of it, and goes on after it', async () => {
    const index = await append(emptyHistory, points(1, 10));
    await database.close();
    const raw = await openDB(name);
    const damaged = { versions: 'many' };
    await raw.put('history', damaged, [id, 1]);
    await append(index, points(11, 20));
    const read: MetricPoint[] = [];
    const problems = await database.read('the history', ['history'], (transaction) =>
      eachChunk(transaction.objectStore('history'), id, (chunk) => read.push(...chunk)),
    );
    expect(problems).toEqual([{ store: 'history', key: `${id}/1`, where: '' }]);
    expect(read).toEqual(points(11, 20));
    expect(await raw.get('history', [id, 1])).toEqual(damaged);
    raw.close();
  });
});

describe('ThinnedPoints', () => {
  it('keeps at most so many, the first, the newest and every mark, whatever the pieces', () => {
    const pieces = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(pieces, fc.integer({ min: 8, max: 100 }), (sizes, atMost) => {
        const thinned = new ThinnedPoints(atMost);
        let next = 1;
        for (const size of sizes) {
          thinned.add(points(next, next + size - 1));
          next += size;
        }
        const versions = thinned.points.map(({ version }) => version);
        expect(versions.length).toBeLessThanOrEqual(atMost);
        expect([versions[0], versions.at(-1)]).toEqual([1, next - 1]);
        expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
      }),
    );
  });
});

async function deleteAll(): Promise<void> {
  await database.write('the history', ['history'], (transaction) =>
    transaction.objectStore('history').clear(),
  );
}
