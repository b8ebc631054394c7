import { deleteDB, type IDBPDatabase, openDB, unwrap } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Database, type DatabaseOptions } from './database';
import { newRunId } from './run-id';
import { type Schema, type UpgradeStep, upgradeSteps } from './schema';
import { fullAfter, reasonOf } from './test-data';

let name: string;
const opened: Database[] = [];

function database(options: DatabaseOptions = {}): Database {
  const made = new Database({ name, ...options });
  opened.push(made);
  return made;
}

beforeEach(() => {
  name = `test-${newRunId()}`;
});
afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  await Promise.all(opened.splice(0).map((each) => each.close()));
  await deleteDB(name);
});

const put = (into: Database, value: string) =>
  into.write('the choice', ['preferences'], (transaction) =>
    transaction.objectStore('preferences').put(value, 'theme'),
  );
const get = (from: Database) =>
  from.read(
    'the choice',
    ['preferences'],
    (transaction): Promise<unknown> => transaction.objectStore('preferences').get('theme'),
  );

describe('a database that is refused', () => {
  it('says so where the browser has none, and is opened once it has', async () => {
    const own = database();
    vi.stubGlobal('indexedDB', undefined);
    expect(await reasonOf(put(own, 'dark'))).toBe('refused');
    vi.unstubAllGlobals();
    await put(own, 'dark');
    expect(await get(own)).toBe('dark');
  });

  it('says so where opening throws at once', async () => {
    const own = database();
    const open = vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError');
    });
    expect(await reasonOf(get(own))).toBe('refused');
    open.mockRestore();
    expect(await get(own)).toBeUndefined();
  });

  it.each([
    ['QuotaExceededError', 'full'],
    ['UnknownError', 'refused'],
    ['InvalidStateError', 'refused'],
    ['VersionError', 'newer'],
  ])('tells %s at opening apart, as “%s”', async (errorName, reason) => {
    const own = database();
    const open = vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      const request = silentRequest();
      Object.defineProperty(request, 'error', { value: new DOMException('no', errorName) });
      setTimeout(() => request.dispatchEvent(new Event('error')));
      return request;
    });
    expect(await reasonOf(get(own))).toBe(reason);
    open.mockRestore();
    await put(own, 'dark');
  });
});

describe('a database that breaks', () => {
  it('opens again where the browser closed the connection', async () => {
    const own = database();
    await put(own, 'dark');
    const connection = await connectionOf(own);
    connection.close();
    connection.dispatchEvent(new Event('close'));
    expect(await get(own)).toBe('dark');
  });

  it('opens again where the connection was closed without a word', async () => {
    const own = database();
    await put(own, 'dark');
    (await connectionOf(own)).close();
    await put(own, 'light');
    expect(await get(own)).toBe('light');
  });

  it('changes nothing where there is no room, and says so', async () => {
    const own = database();
    await put(own, 'dark');
    const end = fullAfter(1);
    const both = own.write('the run', ['preferences'], async (transaction) => {
      await transaction.objectStore('preferences').put('light', 'theme');
      await transaction.objectStore('preferences').put(true, 'sound');
    });
    expect(await reasonOf(both)).toBe('full');
    end();
    expect(await get(own)).toBe('dark');
  });

  it('changes nothing where the transaction is aborted, and goes on with the next', async () => {
    const own = database();
    await put(own, 'dark');
    const aborted = own.write('the run', ['preferences'], async (transaction) => {
      await transaction.objectStore('preferences').put('light', 'theme');
      transaction.abort();
    });
    expect(await reasonOf(aborted)).toBe('lost');
    expect(await get(own)).toBe('dark');
    await put(own, 'light');
    expect(await get(own)).toBe('light');
  });

  it('changes nothing where the task itself fails', async () => {
    const own = database();
    await put(own, 'dark');
    const failed = own.write('the run', ['preferences'], async (transaction) => {
      await transaction.objectStore('preferences').put('light', 'theme');
      throw new RangeError('a mistake of ours');
    });
    await expect(failed).rejects.toMatchObject({ code: 'storage-failed', cause: expect.any(RangeError) });
    expect(await get(own)).toBe('dark');
  });

  it('says that it cannot be read where it is not ours, whatever its name says', async () => {
    (await openDB(name, upgradeSteps.length)).close();
    expect(await reasonOf(get(database()))).toBe('corrupt');
  });

  it('waits once for one that never answers, however much is asked of it', async () => {
    const own = database({ openPatienceMs: 200 });
    const open = vi.spyOn(indexedDB, 'open').mockImplementation(() => silentRequest());
    expect(await reasonOf(get(own))).toBe('lost');
    const setTimeout = vi.spyOn(globalThis, 'setTimeout');
    for (const value of ['dark', 'light']) {
      expect(await reasonOf(put(own, value))).toBe('lost');
      expect(await reasonOf(get(own))).toBe('lost');
    }
    expect(setTimeout).not.toHaveBeenCalled();
    expect(open).toHaveBeenCalledTimes(1);
  });

  it('uses one that answers late', async () => {
    const own = database({ openPatienceMs: 1 });
    let answer: () => void = () => {};
    const open = indexedDB.open.bind(indexedDB);
    const opening = vi.spyOn(indexedDB, 'open').mockImplementation((...asked) => {
      const request = silentRequest();
      answer = () => {
        const real = open(...asked);
        for (const kind of ['result', 'error', 'transaction'] as const) {
          Object.defineProperty(request, kind, { get: () => real[kind] });
        }
        real.onupgradeneeded = (event) =>
          request.dispatchEvent(new IDBVersionChangeEvent('upgradeneeded', event));
        real.onsuccess = () => request.dispatchEvent(new Event('success'));
      };
      return request;
    });
    expect(await reasonOf(get(own))).toBe('lost');
    const isOpen = own.opensLate();
    answer();
    await isOpen;
    await put(own, 'dark');
    expect(await get(own)).toBe('dark');
    expect(opening).toHaveBeenCalledTimes(1);
  });

  it('gives up on one that never answers, and asks anew the next time', async () => {
    const own = database({ patienceMs: 1_000, openPatienceMs: 1_000 });
    const open = vi.spyOn(indexedDB, 'open').mockImplementation(() => silentRequest());
    expect(await reasonOf(get(own))).toBe('lost');
    open.mockRestore();
    await put(own, 'dark');
    const never = own.write('the run', ['preferences'], async (transaction) => {
      await transaction.objectStore('preferences').put('light', 'theme');
      await new Promise<void>((resolve) => setTimeout(resolve, 10_000));
    });
    expect(await reasonOf(never)).not.toBeNull();
  });
});

describe('two versions of the page', () => {
  const added: UpgradeStep = (connection) => {
    (connection as unknown as IDBPDatabase).createObjectStore('lessons');
  };
  const newerSteps = [...upgradeSteps, added];

  it('lets the newer one have the database at once; the older one says so and harms nothing', async () => {
    const older = database();
    await put(older, 'dark');
    const newer = database({ steps: newerSteps });
    expect(await get(newer)).toBe('dark');
    expect(await reasonOf(put(older, 'light'))).toBe('newer');
    expect(await reasonOf(get(older))).toBe('newer');
    expect(await get(newer)).toBe('dark');
  });

  it('says that an older page is in the way, and goes on by itself once it is gone', async () => {
    // A page of before there was a way to give way.
    const stubborn = await openDB<Schema>(name, upgradeSteps.length, {
      upgrade: (connection) => {
        for (const step of upgradeSteps) step(connection);
      },
    });
    const newer = database({ steps: newerSteps, blockedPatienceMs: 20 });
    expect(await reasonOf(get(newer))).toBe('blocked');
    expect(await reasonOf(get(newer))).toBe('blocked');
    stubborn.close();
    await expect.poll(() => reasonOf(put(newer, 'dark')), { timeout: 30_000 }).toBeNull();
    expect(await get(newer)).toBe('dark');
  });

  it('leaves a database as it was where an upgrade fails', async () => {
    const older = database();
    await put(older, 'dark');
    const failing: UpgradeStep = () => {
      throw new RangeError('a mistake of ours');
    };
    expect(await reasonOf(get(database({ steps: [...upgradeSteps, added, failing] })))).not.toBeNull();
    expect(await get(older)).toBe('dark');
  });

  it('opens again where the site’s data was deleted under it', async () => {
    const own = database();
    await put(own, 'dark');
    await deleteDB(name);
    expect(await get(own)).toBeUndefined();
    await put(own, 'light');
    expect(await get(own)).toBe('light');
  });

  it('brings a database of every earlier schema version to the present one', async () => {
    for (let version = 1; version <= upgradeSteps.length; version++) {
      await deleteDB(name);
      const earlier = new Database({ name, steps: upgradeSteps.slice(0, version) });
      await put(earlier, 'dark');
      await earlier.close();
      const present = new Database({ name });
      expect(await get(present)).toBe('dark');
      await present.close();
    }
  });
});

/** The connection that a database has open, as the browser hands it to transactions. */
function connectionOf(own: Database): Promise<IDBDatabase> {
  return own.read('the choice', ['preferences'], async (transaction) => {
    await transaction.objectStore('preferences').get('theme');
    return unwrap(transaction.db) as unknown as IDBDatabase;
  });
}

/** A request to open a database of which nothing is heard. */
function silentRequest(): IDBOpenDBRequest {
  return Object.setPrototypeOf(new EventTarget(), IDBOpenDBRequest.prototype) as IDBOpenDBRequest;
}

describe('a database that rests', () => {
  it('answers whoever writes, and keeps none of it', async () => {
    const own = database();
    await put(own, 'dark');
    own.rests = true;
    const seen = await own.write('the choice', ['preferences'], async (transaction) => {
      const store = transaction.objectStore('preferences');
      await store.put('light', 'theme');
      await store.put(1, 'another');
      return store.get('theme') as Promise<unknown>;
    });
    expect(seen).toBe('light');
    await own.putAndCommit('the choice', 'preferences', 'light', 'theme');
    expect(await get(own)).toBe('dark');
    own.rests = false;
    expect(await get(database())).toBe('dark');
    await put(own, 'auto');
    expect(await get(own)).toBe('auto');
  });

  it('still says what goes wrong', async () => {
    const own = database();
    own.rests = true;
    const failing = own.write('the choice', ['preferences'], async () => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    expect(await reasonOf(failing)).toBe('full');
  });
});
