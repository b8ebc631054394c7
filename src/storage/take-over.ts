import * as v from 'valibot';
import { type Hyperparameters, type MetricPoint, PlaytrainError, type RunId } from '../contract';
import { agentSchema } from './agents';
import { checkedEntry, type StorageProblem } from './checked';
import type { Database, WriteTransaction } from './database';
import { type EarlierEntries, withEarlierEntries } from './earlier-entries';
import { bytesSchema, finite, whole } from './entry-parts';
import { replaySchema } from './replays';
import { runStores, savedRow } from './run-files';
import { newRunId } from './run-id';
import { newRow, type RunRow } from './run-row';
import type { StoreName } from './schema';
import { generationOfPlayer, generationPlayer, type KeptStanding, standingSchema } from './standing';
import { thumbnailOf } from './thumbnail';
import { timingsSchema, timingVersion } from './timings';

// Takes over what versions before the first one with a database of its own kept. Theirs is left as it is. Each run, and
// each list, is copied in one transaction with a note that it was; so an interrupted copy goes on where it stopped, and
// two tabs that copy at once copy everything once.

/** What is known of a run by its training state. */
export interface EarlierRun {
  readonly name: string;
  readonly settings: Hyperparameters;
  /** The curve that it remembers. */
  readonly points: readonly MetricPoint[];
}

/**
 * Opens a training state of an earlier version. Throws where it cannot be read: PlaytrainError `not-loaded` where it may
 * be at another time.
 */
export type ReadEarlierRun = (
  game: string,
  bytes: Uint8Array<ArrayBuffer>,
) => EarlierRun | Promise<EarlierRun>;

export interface TakenOver {
  /** Runs that were copied just now. */
  readonly runs: readonly RunId[];
  /** What could not be read, and stays where it was. */
  readonly problems: readonly StorageProblem[];
}

/** For so long a tab may still run an earlier version, and save what this one has copied already. */
const watchedMs = 14 * 24 * 3_600_000;
const finishedKey = 'finished';

const noteSchema = v.object({ savedAtMs: finite });
const slotSchema = v.object({
  bytes: bytesSchema,
  version: whole,
  decisions: whole,
  meanReturn: v.nullable(finite),
  savedAtMs: finite,
});
const runKey = /^playtrain\/([^/]+)\/(.+)\/latest$/;
const listKey = /^playtrain\/([^/]+)\/(ratings|replays|imported-agents)$/;
const timingsKey = /^playtrain\/timings\/(\d+)\/(.*)$/;
const preferencesKey = 'playtrain/play-preferences';
const preferencesSchema = v.object({
  sound: v.exactOptional(v.boolean()),
  rates: v.exactOptional(v.boolean()),
});
const versionSchema = v.pipe(v.string(), v.digits(), v.transform(Number), whole);

/** Copies what an earlier version kept and was not copied before. @throws StorageError */
export async function takeOver(
  database: Database,
  earlierName: string,
  readRun: ReadEarlierRun,
  nowMs: number,
): Promise<TakenOver> {
  const nothing = { runs: [], problems: [] };
  const finishedAtMs = await noted(database, finishedKey);
  if (finishedAtMs !== null && nowMs > finishedAtMs + watchedMs) return nothing;
  const taken = await withEarlierEntries(earlierName, async (entries) => {
    const copier = new Copier(database, entries, readRun, nowMs);
    for (const key of entries.keys) await copier.copy(key);
    return { runs: copier.runs, problems: copier.problems };
  });
  if (finishedAtMs === null) await noteFinished(database, nowMs);
  if (taken === null) return nothing;
  // What cannot be read is told once.
  return finishedAtMs === null ? taken : { ...taken, problems: [] };
}

/** Copies entries one by one. */
class Copier {
  readonly runs: RunId[] = [];
  readonly problems: StorageProblem[] = [];
  private readonly database: Database;
  private readonly entries: EarlierEntries;
  private readonly readRun: ReadEarlierRun;
  private readonly nowMs: number;

  constructor(database: Database, entries: EarlierEntries, readRun: ReadEarlierRun, nowMs: number) {
    this.database = database;
    this.entries = entries;
    this.readRun = readRun;
    this.nowMs = nowMs;
  }

  async copy(key: string): Promise<void> {
    const [, runGame, identity] = runKey.exec(key) ?? [];
    if (runGame !== undefined && identity !== undefined) return this.copyRun(key, runGame, identity);
    const [, game, list] = listKey.exec(key) ?? [];
    if (game !== undefined && list === 'ratings') return this.copyRatings(key, game);
    if (game !== undefined && list === 'replays') return this.copyReplays(key, game);
    if (game !== undefined && list === 'imported-agents') return this.copyAgents(key, game);
    const [, version, subject] = timingsKey.exec(key) ?? [];
    if (subject !== undefined && Number(version) === timingVersion) return this.copyTimings(key, subject);
    if (key === preferencesKey) return this.copyPreferences(key);
  }

  private async copyRun(key: string, game: string, identity: string): Promise<void> {
    const latest = this.checked(slotSchema, await this.entries.get(key), key);
    if (latest === null || (await noted(this.database, key)) === latest.savedAtMs) return;
    const run = await this.opened(game, latest.bytes, key);
    if (run === null) return;
    const base = key.slice(0, -'/latest'.length);
    const best = v.safeParse(slotSchema, await this.entries.get(`${base}/best`));
    const generations = await this.generations(base);
    const standings = await this.standings(game);
    const id = newRunId();
    const copied = await this.once(key, latest.savedAtMs, runStores, async (transaction) => {
      const { name, settings, points } = run;
      const saved = await savedRow(
        transaction,
        newRow({ id, game, name, settings, nowMs: latest.savedAtMs }),
        {
          points,
          thumbnail: thumbnailOf(points),
          latest: { ...latest, past: [] },
          ...(best.success && { best: { ...best.output, past: [] } }),
        },
      );
      const rated = new Map(standings.map(({ player, standing }) => [player, standing]));
      for (const [version, bytes] of generations) {
        await transaction.objectStore('generations').put(bytes, [id, version]);
        const standing = rated.get(generationPlayer(identity, version));
        if (standing === undefined) continue;
        await transaction.objectStore('standings').put(standing, [game, generationPlayer(id, version)]);
      }
      const row: RunRow = {
        ...saved,
        generations: Object.fromEntries(generations.map(([version, bytes]) => [version, bytes.byteLength])),
        // A training state remembers its curve more coarsely the longer it is.
        history: { ...saved.history, thinned: saved.history.points < latest.version },
      };
      await transaction.objectStore('runs').add(row, id);
    });
    if (copied) this.runs.push(id);
  }

  private async opened(
    game: string,
    bytes: Uint8Array<ArrayBuffer>,
    key: string,
  ): Promise<EarlierRun | null> {
    try {
      return await this.readRun(game, bytes);
    } catch (error) {
      if (error instanceof PlaytrainError && error.code === 'not-loaded') throw error;
      this.problems.push({ store: 'earlier version', key, where: 'bytes' });
      return null;
    }
  }

  /** A run's generations that can be read. */
  private async generations(
    base: string,
  ): Promise<(readonly [version: number, bytes: Uint8Array<ArrayBuffer>])[]> {
    const found: (readonly [number, Uint8Array<ArrayBuffer>])[] = [];
    const start = `${base}/generation/`;
    for (const key of this.entries.keys) {
      const version = key.startsWith(start) ? v.safeParse(versionSchema, key.slice(start.length)) : null;
      if (version === null || !version.success) continue;
      const bytes = this.checked(bytesSchema, await this.entries.get(key), key);
      if (bytes !== null) found.push([version.output, bytes]);
    }
    return found;
  }

  /** A game's ratings that can be read, those of generations included. */
  private async standings(game: string): Promise<{ player: string; standing: KeptStanding }[]> {
    const key = `playtrain/${game}/ratings`;
    if (!this.entries.keys.includes(key)) return [];
    const all = this.checked(v.record(v.string(), v.unknown()), await this.entries.get(key), key) ?? {};
    return Object.entries(all).flatMap(([player, entry]) => {
      const standing = this.checked(standingSchema, entry, `${key}/${player}`);
      return standing === null ? [] : [{ player, standing }];
    });
  }

  /** Everybody's but the generations', which come with their run. */
  private async copyRatings(key: string, game: string): Promise<void> {
    const standings = await this.standings(game);
    await this.once(key, 0, ['standings'], async (transaction) => {
      for (const { player, standing } of standings) {
        if (generationOfPlayer(player) !== null) continue;
        await addNew(transaction, 'standings', standing, [game, player]);
      }
    });
  }

  private async copyReplays(key: string, game: string): Promise<void> {
    const replays = await this.list(replaySchema, key);
    await this.once(key, 0, ['replays'], async (transaction) => {
      for (const replay of replays) await addNew(transaction, 'replays', replay, [game, replay.id]);
    });
  }

  private async copyAgents(key: string, game: string): Promise<void> {
    const agents = await this.list(v.omit(agentSchema, ['addedAtMs']), key);
    await this.once(key, 0, ['agents'], async (transaction) => {
      // The newest came first.
      for (const [index, agent] of agents.entries()) {
        await addNew(transaction, 'agents', { ...agent, addedAtMs: this.nowMs - index }, [game, agent.id]);
      }
    });
  }

  private async copyTimings(key: string, subject: string): Promise<void> {
    const entry = { version: timingVersion, timings: await this.entries.get(key) };
    const timings = this.checked(timingsSchema, entry, key);
    if (timings === null) return;
    await this.once(key, 0, ['timings'], (transaction) => addNew(transaction, 'timings', timings, subject));
  }

  private async copyPreferences(key: string): Promise<void> {
    const preferences = this.checked(preferencesSchema, await this.entries.get(key), key);
    await this.once(key, 0, ['preferences'], async (transaction) => {
      for (const [name, value] of Object.entries(preferences ?? {})) {
        await addNew(transaction, 'preferences', value, name);
      }
    });
  }

  /** The entries of a list that can be read. */
  private async list<Schema extends v.GenericSchema>(
    schema: Schema,
    key: string,
  ): Promise<v.InferOutput<Schema>[]> {
    const all = this.checked(v.array(v.unknown()), await this.entries.get(key), key) ?? [];
    return all.flatMap((entry, index) => {
      const checked = this.checked(schema, entry, `${key}/${index}`);
      return checked === null ? [] : [checked];
    });
  }

  private checked<Schema extends v.GenericSchema>(
    schema: Schema,
    entry: unknown,
    key: string,
  ): v.InferOutput<Schema> | null {
    return checkedEntry(schema, entry, 'earlier version', key, this.problems);
  }

  /**
   * Copies an entry unless it was copied already, as it was saved at that time.
   *
   * @returns whether it was copied now.
   */
  private once(
    key: string,
    savedAtMs: number,
    stores: readonly StoreName[],
    copy: (transaction: WriteTransaction) => Promise<unknown>,
  ): Promise<boolean> {
    return this.database.write(
      'what an earlier version kept',
      [...stores, 'takenOver'],
      async (transaction) => {
        const notes = transaction.objectStore('takenOver');
        const before = v.safeParse(noteSchema, await notes.get(key));
        if (before.success && before.output.savedAtMs === savedAtMs) return false;
        await copy(transaction);
        await notes.put({ savedAtMs }, key);
        return true;
      },
    );
  }
}

async function noteFinished(database: Database, nowMs: number): Promise<void> {
  await database.write('what an earlier version kept', ['takenOver'], (transaction) =>
    transaction.objectStore('takenOver').put({ savedAtMs: nowMs }, finishedKey),
  );
}

/** Which state of an entry was copied, by when it was saved; null where none was. */
function noted(database: Database, key: string): Promise<number | null> {
  return database.read('what an earlier version kept', ['takenOver'], async (transaction) => {
    const note = v.safeParse(noteSchema, await transaction.objectStore('takenOver').get(key));
    return note.success ? note.output.savedAtMs : null;
  });
}

/** Writes an entry where there is none under that key. */
async function addNew(
  transaction: WriteTransaction,
  name: 'standings' | 'replays' | 'agents' | 'timings' | 'preferences',
  entry: unknown,
  key: string | [string, string],
): Promise<void> {
  const store = transaction.objectStore(name);
  if ((await store.getKey(key)) === undefined) await store.put(entry, key);
}
