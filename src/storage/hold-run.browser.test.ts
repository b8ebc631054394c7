import { deleteDB, openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PageStorage } from './page-storage';
import { newRunId } from './run-id';
import { Lease } from './run-lease';
import { checkpoint, held, newRun, reasonOf } from './test-data';

// Two storages stand for two pages here; tests/browser/two-tabs.spec.ts has real ones.

let name: string;
let first: PageStorage;
let second: PageStorage;
let id: string;

beforeEach(async () => {
  name = `test-${newRunId()}`;
  first = new PageStorage({ name });
  second = new PageStorage({ name });
  ({ id } = await first.runs.create(newRun()));
});
afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  await Promise.all([first.close(), second.close()]);
  await deleteDB(name);
});

/** What a page may find in place of the browser's locks. */
const kinds: readonly { readonly kind: string; readonly prepare: () => void }[] = [
  { kind: 'the browser’s locks', prepare: () => {} },
  {
    kind: 'no locks, as over plain http',
    prepare: () => vi.spyOn(navigator, 'locks', 'get').mockReturnValue(undefined as unknown as LockManager),
  },
  {
    kind: 'locks that refuse',
    prepare: () =>
      vi.spyOn(navigator.locks, 'request').mockRejectedValue(new DOMException('denied', 'SecurityError')),
  },
  {
    kind: 'locks that throw at once',
    prepare: () =>
      vi.spyOn(navigator.locks, 'request').mockImplementation(() => {
        throw new DOMException('denied', 'InvalidStateError');
      }),
  },
  {
    kind: 'neither locks nor channels',
    prepare: () => {
      vi.spyOn(navigator, 'locks', 'get').mockReturnValue(undefined as unknown as LockManager);
      vi.stubGlobal('BroadcastChannel', undefined);
    },
  },
];

describe.each(kinds)('with $kind', ({ prepare }) => {
  beforeEach(() => {
    prepare();
  });

  it('one page at a time holds a run, and the next once it is released', async () => {
    const lock = await held(first, id);
    expect(await second.holdRun(id)).toBeNull();
    expect(await first.holdRun(id)).toBeNull();
    await first.runs.save(lock, { latest: checkpoint(1) });
    await lock.release();
    const other = await held(second, id);
    expect(await first.holdRun(id)).toBeNull();
    await second.runs.save(other, { latest: checkpoint(2) });
    await other.release();
  });

  it('of many that ask at once one gets it', async () => {
    const asked = await Promise.all([first, second, first, second].map((each) => each.holdRun(id)));
    const locks = asked.filter((lock) => lock !== null);
    expect(locks).toHaveLength(1);
    await locks[0]?.release();
  });

  it('runs are held apart', async () => {
    const other = await first.runs.create(newRun());
    const locks = [await held(first, id), await held(second, other.id)];
    await Promise.all(locks.map((lock) => lock.release()));
  });
});

it('locks that never answer are not waited for, and those that answer late are let go', async () => {
  const waiting: (() => void)[] = [];
  const { locks } = navigator;
  const real = locks.request.bind(locks);
  vi.spyOn(locks, 'request').mockImplementation((...asked: unknown[]) => {
    return new Promise((resolve) => waiting.push(() => resolve(Reflect.apply(real, locks, asked))));
  });
  const [one, other] = [1, 2].map(() => new PageStorage({ name, lockPatienceMs: 10 }));
  if (one === undefined || other === undefined) throw new Error('Two were made.');
  const lock = await held(one, id);
  expect(lock).toBeInstanceOf(Lease);
  expect(await other.holdRun(id)).toBeNull();
  for (const answer of waiting) answer();
  await one.runs.save(lock, { latest: checkpoint(1) });
  await lock.release();
  vi.restoreAllMocks();
  const free = await held(first, id);
  expect(free.token).toBeNull();
  await free.release();
  await Promise.all([one.close(), other.close()]);
});

describe('without the browser’s locks', () => {
  beforeEach(() => {
    vi.spyOn(navigator, 'locks', 'get').mockReturnValue(undefined as unknown as LockManager);
  });

  /** A page that holds the run and then is gone without a word, or sleeps: it answers nobody and renews nothing. */
  async function silent(): Promise<Lease> {
    const lock = await held(first, id);
    if (!(lock instanceof Lease)) throw new Error('The browser’s own lock was taken.');
    lock.stop();
    return lock;
  }

  it('a run whose page is gone without a word can be held at once', async () => {
    await silent();
    const lock = await held(second, id);
    await second.runs.save(lock, { latest: checkpoint(2) });
    await lock.release();
  });

  it('a page that slept meanwhile saves nothing over what another saved, and learns that it was taken over', async () => {
    const asleep = await silent();
    const lock = await held(second, id);
    await second.runs.save(lock, { latest: checkpoint(20) });
    expect(await reasonOf(first.runs.save(asleep, { latest: checkpoint(3) }))).toBe('held');
    expect(await reasonOf(first.runs.truncateHistory(asleep, 0))).toBe('held');
    expect(await reasonOf(first.runs.remove(asleep))).toBe('held');
    expect(await reasonOf(first.generations.save(asleep, 3, Uint8Array.of(3)))).toBe('held');
    expect((await first.runs.open(id)).latest?.version).toBe(20);
    // Awake again, it finds the entry of the other page.
    await asleep.renew();
    await asleep.lost;
    // What it lets go is not the other page's.
    await asleep.release();
    expect(await first.holdRun(id)).toBeNull();
    await lock.release();
  });

  it('an entry that nobody renewed is nobody’s, also where pages cannot be asked', async () => {
    vi.stubGlobal('BroadcastChannel', undefined);
    await silent();
    expect(await second.holdRun(id)).toBeNull();
    const raw = await openDB(name);
    await raw.put('leases', { token: 'gone', expiresAtMs: Date.now() - 1 }, id);
    const lock = await held(second, id);
    await raw.put('leases', 'nonsense', id);
    raw.close();
    const again = await held(first, id);
    await Promise.all([lock.release(), again.release()]);
  });
});
