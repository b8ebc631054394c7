import * as v from 'valibot';
import type { RunId } from '../contract';
import type { Database } from './database';
import { finite } from './entry-parts';
import { newRunId } from './run-id';
import type { RunLock } from './run-lock';

// Where the browser has no locks, a run is held by an entry in the database that its holder renews. Hidden pages are
// woken once a minute at most, and sleeping ones not at all. So a page that finds an entry also asks, over a channel
// that reaches hidden pages, whether its holder is there. A page that slept through all of it finds, at its next
// saving, that the entry is not its own, and saves nothing.

const renewMs = 5_000;
/** An entry that was not renewed for so long is nobody's, even where there is no channel to ask over. */
const expiresMs = 150_000;
/** How long a holder may take to answer. */
const answerMs = 1_500;
const channelName = 'playtrain/leases';

const leaseSchema = v.object({ token: v.string(), expiresAtMs: finite });
const messageSchema = v.object({ kind: v.picklist(['who', 'here']), runId: v.string() });

/** Holds a run by an entry in the database. @returns null where another page holds it. @throws StorageError */
export async function leaseRun(database: Database, runId: RunId): Promise<RunLock | null> {
  const token = newRunId();
  const found = await readToken(database, runId);
  if (found !== null && (await isAnswered(runId))) return null;
  // Of two pages that both found nobody, one writes first.
  const isHeld = await database.write('the run', ['leases'], async (transaction) => {
    const store = transaction.objectStore('leases');
    const lease = v.safeParse(leaseSchema, await store.get(runId));
    const holder = lease.success && lease.output.expiresAtMs > Date.now() ? lease.output.token : null;
    if (holder !== found) return false;
    await store.put({ token, expiresAtMs: Date.now() + expiresMs }, runId);
    return true;
  });
  return isHeld ? new Lease(database, runId, token) : null;
}

/** Who has the run by an entry that is not over; null for nobody. */
function readToken(database: Database, runId: RunId): Promise<string | null> {
  return database.read('the run', ['leases'], async (transaction) => {
    const lease = v.safeParse(leaseSchema, await transaction.objectStore('leases').get(runId));
    return lease.success && lease.output.expiresAtMs > Date.now() ? lease.output.token : null;
  });
}

/** Whether a page says that it holds the run. Where pages cannot be asked, the entry is believed. */
function isAnswered(runId: RunId): Promise<boolean> {
  if (typeof BroadcastChannel === 'undefined') return Promise.resolve(true);
  const channel = new BroadcastChannel(channelName);
  return new Promise<boolean>((resolve) => {
    channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      const message = v.safeParse(messageSchema, data);
      if (message.success && message.output.kind === 'here' && message.output.runId === runId) resolve(true);
    };
    channel.postMessage({ kind: 'who', runId });
    setTimeout(resolve, answerMs, false);
  }).finally(() => channel.close());
}

/** A run held by an entry in the database. */
export class Lease implements RunLock {
  readonly runId: RunId;
  readonly token: string;
  readonly lost: Promise<void>;
  private readonly database: Database;
  private readonly channel: BroadcastChannel | null;
  private readonly renewal: ReturnType<typeof setInterval>;
  private tellLost: () => void = () => {};

  constructor(database: Database, runId: RunId, token: string) {
    this.database = database;
    this.runId = runId;
    this.token = token;
    this.lost = new Promise((resolve) => {
      this.tellLost = resolve;
    });
    this.channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(channelName);
    this.channel?.addEventListener('message', this.answer);
    this.renewal = setInterval(() => void this.renew(), renewMs);
    globalThis.addEventListener('pagehide', this.leave);
  }

  async release(): Promise<void> {
    this.stop();
    await this.changeOwn(async (store) => store.delete(this.runId));
  }

  /** A page that the browser sets aside may come back; one that needs the run meanwhile gets it, for want of an answer. */
  private readonly leave = ({ persisted }: PageTransitionEvent) => {
    if (!persisted) void this.release().catch(() => {});
  };

  private readonly answer = ({ data }: MessageEvent<unknown>) => {
    const message = v.safeParse(messageSchema, data);
    if (!message.success || message.output.kind !== 'who' || message.output.runId !== this.runId) return;
    this.channel?.postMessage({ kind: 'here', runId: this.runId });
  };

  /** Keeps the entry from being over, or finds that another page has it by now. */
  async renew(): Promise<void> {
    const lease = { token: this.token, expiresAtMs: Date.now() + expiresMs };
    // One that could not be renewed this time is renewed the next.
    const isOwn = await this.changeOwn((store) => store.put(lease, this.runId)).catch(() => true);
    if (isOwn) return;
    this.stop();
    this.tellLost();
  }

  /** Changes the entry where it is this page's. @returns whether it is. */
  private changeOwn(
    change: (store: {
      put(value: unknown, key: string): Promise<unknown>;
      delete(key: string): Promise<void>;
    }) => Promise<unknown>,
  ): Promise<boolean> {
    return this.database.write('the run', ['leases'], async (transaction) => {
      const store = transaction.objectStore('leases');
      const lease = v.safeParse(leaseSchema, await store.get(this.runId));
      if (!lease.success || lease.output.token !== this.token) return false;
      await change(store);
      return true;
    });
  }

  /** Answers nobody and renews nothing any more. */
  stop(): void {
    clearInterval(this.renewal);
    this.channel?.removeEventListener('message', this.answer);
    this.channel?.close();
    globalThis.removeEventListener('pagehide', this.leave);
  }
}
