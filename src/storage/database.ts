import { type IDBPDatabase, type IDBPTransaction, openDB } from 'idb';
import { databaseName, type Schema, type StoreName, type UpgradeStep, upgradeSteps } from './schema';
import { StorageError, storageError } from './storage-error';
import { timeIsUp, timeLimit } from './time-limit';

export interface DatabaseOptions {
  readonly name?: string;
  readonly steps?: readonly UpgradeStep[];
  /** How long one attempt may take before it counts as lost: some browsers never answer. */
  readonly patienceMs?: number;
  /** How long a call waits for the database to open; later ones fail at once until it does, or counts as lost. */
  readonly openPatienceMs?: number;
  /** How long pages of an older version may take to let the database go. */
  readonly blockedPatienceMs?: number;
}

/** A transaction over some of the stores; which, is said where it is begun. */
export type ReadTransaction = IDBPTransaction<Schema, StoreName[], 'readonly'>;
export type WriteTransaction = IDBPTransaction<Schema, StoreName[], 'readwrite'>;
export type AnyTransaction = ReadTransaction | WriteTransaction;

/**
 * The page's connection to its database. Whatever goes wrong is thrown as a `StorageError`, and the next call starts
 * from nothing: a connection that broke, that the browser closed or that gave way to a newer page is opened again.
 */
export class Database {
  private readonly name: string;
  private readonly steps: readonly UpgradeStep[];
  private readonly patienceMs: number;
  private readonly openPatienceMs: number;
  private readonly blockedPatienceMs: number;
  private attempt: Attempt | null = null;
  /** True while nothing is to be changed: whoever writes gets what they would have got, and it is taken back. */
  rests = false;

  constructor(options: DatabaseOptions = {}) {
    this.name = options.name ?? databaseName;
    this.steps = options.steps ?? upgradeSteps;
    this.patienceMs = options.patienceMs ?? 30_000;
    this.openPatienceMs = options.openPatienceMs ?? 2_500;
    this.blockedPatienceMs = options.blockedPatienceMs ?? 1_000;
  }

  /**
   * Reads within one transaction, so that what is read belongs together.
   *
   * @param what is read, for the sentence of a failure: such as “the run”.
   * @throws StorageError
   */
  async read<Result>(
    what: string,
    stores: readonly StoreName[],
    task: (transaction: ReadTransaction) => Promise<Result>,
  ): Promise<Result> {
    const transaction = await this.begin(what, (connection) =>
      connection.transaction([...stores], 'readonly'),
    );
    return this.completed(what, transaction, task(transaction));
  }

  /**
   * Changes all of `stores` or, when it throws, none. The task waits for nothing but the transaction's own requests.
   *
   * @param what is changed, for the sentence of a failure: such as “the run”.
   * @throws StorageError
   */
  async write<Result>(
    what: string,
    stores: readonly StoreName[],
    task: (transaction: WriteTransaction) => Promise<Result>,
  ): Promise<Result> {
    const transaction = await this.begin(what, (connection) =>
      connection.transaction([...stores], 'readwrite'),
    );
    return this.rests
      ? this.takenBack(what, transaction, task(transaction))
      : this.completed(what, transaction, task(transaction));
  }

  /**
   * Puts one entry down and commits it, without waiting for an answer: where the connection is open, all of it is asked
   * of the browser before the task at hand ends, and the browser goes through with it though the page is gone.
   *
   * @throws StorageError
   */
  async putAndCommit(what: string, store: StoreName, value: unknown, key: string): Promise<void> {
    if (this.rests) return;
    await this.write(what, [store], async (transaction) => {
      const put = transaction.objectStore(store).put(value, key);
      transaction.commit();
      await put;
    });
  }

  /** Resolves once the database opens after all; null where nothing waits for it to. */
  opensLate(): Promise<void> | null {
    const { attempt } = this;
    if (attempt?.state() !== 'pending') return null;
    return attempt.connection.then(
      () => {},
      () => new Promise(() => {}),
    );
  }

  /** Lets the database go; the next call opens it again. */
  async close(): Promise<void> {
    const { attempt } = this;
    if (attempt === null) return;
    this.attempt = null;
    const isGone = letGo(attempt);
    // One that never opens is not waited for.
    if (attempt.state() !== 'pending') await isGone;
  }

  /** What a task came to, of which nothing stays. */
  private async takenBack<Result>(
    what: string,
    transaction: WriteTransaction,
    task: Promise<Result>,
  ): Promise<Result> {
    const clock = timeLimit(this.patienceMs);
    transaction.done.catch(() => {});
    try {
      return await Promise.race([task, clock.over]);
    } catch (cause) {
      if (cause === timeIsUp) void this.close();
      throw storageError(cause instanceof StorageError ? cause : (transaction.error ?? cause), what);
    } finally {
      abort(transaction);
      clock.stop();
    }
  }

  private async completed<Result>(
    what: string,
    transaction: AnyTransaction,
    task: Promise<Result>,
  ): Promise<Result> {
    const clock = timeLimit(this.patienceMs);
    try {
      const [result] = await Promise.race([Promise.all([task, transaction.done]), clock.over]);
      return result;
    } catch (cause) {
      abort(transaction);
      if (cause === timeIsUp) void this.close();
      // What the task met is mostly the echo of why the transaction ended.
      throw storageError(cause instanceof StorageError ? cause : (transaction.error ?? cause), what);
    } finally {
      clock.stop();
    }
  }

  /** A connection can be closed without a word, which shows only here; then nothing was done, and another is opened. */
  private async begin<Begun>(
    what: string,
    transaction: (connection: IDBPDatabase<Schema>) => Begun,
  ): Promise<Begun> {
    const connection = await this.connection(what);
    try {
      return transaction(connection);
    } catch {
      await this.close();
    }
    try {
      return transaction(await this.connection(what));
    } catch (cause) {
      throw storageError(cause, what);
    }
  }

  private async connection(what: string): Promise<IDBPDatabase<Schema>> {
    this.attempt ??= this.open();
    const { attempt } = this;
    try {
      return await attempt.connected();
    } catch (cause) {
      const error =
        cause === timeIsUp ? new StorageError('lost', what) : storageError(cause, what, 'refused');
      // One that takes long, or that another tab holds back, may come about after all.
      const isLost = performance.now() - attempt.begunAtMs >= this.patienceMs;
      if (cause === timeIsUp ? isLost : error.reason !== 'blocked') this.giveUp(attempt);
      throw new StorageError(error.reason, what, { cause });
    }
  }

  private giveUp(attempt: Attempt): void {
    if (this.attempt !== attempt) return;
    this.attempt = null;
    void letGo(attempt);
  }

  /** Rejects once another tab has been in the way for too long to wait any further. */
  private async heldBack(blocked: Promise<void>): Promise<never> {
    await blocked;
    await new Promise<void>((resolve) => setTimeout(resolve, this.blockedPatienceMs));
    throw new StorageError('blocked', this.name);
  }

  private open(): Attempt {
    let state: ReturnType<Attempt['state']> = 'pending';
    let tellBlocked: () => void = () => {};
    const blocked = new Promise<void>((resolve) => {
      tellBlocked = () => {
        state = 'blocked';
        resolve();
      };
    });
    const heldBack = this.heldBack(blocked);
    heldBack.catch(() => {});
    const forget = () => {
      if (this.attempt === attempt) this.attempt = null;
    };
    const connect = async () => {
      if (typeof indexedDB === 'undefined') throw new StorageError('refused', this.name);
      return openDB<Schema>(this.name, this.steps.length, {
        upgrade: (database, oldVersion, _newVersion, transaction) => {
          // Why it ended is what opening rejects with.
          transaction.done.catch(() => {});
          try {
            for (const step of this.steps.slice(oldVersion)) step(database);
          } catch {
            transaction.abort();
          }
        },
        blocked: tellBlocked,
        // Another tab needs a newer schema, or the site's data is being cleared: this page must not be in the way.
        blocking: (_current, _wanted, event) => {
          forget();
          (event.target as IDBDatabase).close();
        },
        terminated: forget,
      });
    };
    const connection = connect();
    const patience = timeLimit(this.openPatienceMs);
    const settle = () => {
      state = 'settled';
      patience.stop();
    };
    connection.then(settle, settle);
    // A promise that stays pending keeps all that ever raced against it.
    const connected = () =>
      state === 'settled' ? connection : Promise.race([connection, heldBack, patience.over]);
    const attempt: Attempt = {
      connection,
      connected,
      begunAtMs: performance.now(),
      state: () => state,
    };
    return attempt;
  }
}

/** One opening of the database. */
interface Attempt {
  readonly connection: Promise<IDBPDatabase<Schema>>;
  /** The connection; rejects where it, or another tab in its way, has taken too long: from then on at once. */
  readonly connected: () => Promise<IDBPDatabase<Schema>>;
  /** By `performance.now`. */
  readonly begunAtMs: number;
  /** `blocked` while another tab is in its way; `settled` once it came about or failed. */
  readonly state: () => 'pending' | 'blocked' | 'settled';
}

/** Closes a connection whenever it comes to be. */
async function letGo({ connection }: Attempt): Promise<void> {
  const database = await connection.catch(() => null);
  database?.close();
}

function abort(transaction: { abort(): void }): void {
  try {
    transaction.abort();
  } catch {
    // It had ended already.
  }
}
