import * as v from 'valibot';
import { type MetricPoint, type RunId, type RunSlot, updateSlot } from '../contract';
import { agentSchema } from './agents';
import { ArchiveReader } from './archive-file';
import { checkedEntry, type StorageProblem } from './checked';
import type { Database, WriteTransaction } from './database';
import { appendPoints, emptyHistory } from './history';
import { pointSchema } from './history-chunk';
import { isPreference, joinedPreference } from './preferences';
import { replaySchema } from './replays';
import { withoutUnnamedPast } from './run-files';
import { newRunId } from './run-id';
import { type CheckpointIndex, indexOf, type RunRow, runRowSchema } from './run-row';
import type { StoreName } from './schema';
import { generationOfPlayer, generationPlayer, standingSchema } from './standing';

const ratedPlayerSchema = v.object({ game: v.string(), player: v.string(), standing: standingSchema });

/** What came out of an archive. Nothing that was kept before has changed. */
export interface Imported {
  readonly runs: readonly RunId[];
  readonly replays: number;
  readonly agents: number;
  /** Parts that could not be read and were left out. */
  readonly problems: readonly StorageProblem[];
}

/**
 * Takes in what an archive holds, beside what is kept: a run whose id is taken becomes a run of another id; ratings,
 * agents and preferences that are there already stay as they are; what is kept entry by entry gains the others.
 *
 * @throws PlaytrainError `bad-file` where it is no archive, or damaged: then nothing is taken in. StorageError where
 * there is no room: then what was taken in before stays.
 */
export async function importArchive(database: Database, blob: Blob): Promise<Imported> {
  const archive = await ArchiveReader.open(blob);
  const importer = new Importer(database, archive, await takenIds(database));
  await importer.importRuns();
  await importer.importStandings();
  await importer.importReplays();
  await importer.importAgents();
  await importer.importPreferences();
  return importer;
}

async function takenIds(database: Database): Promise<ReadonlySet<RunId>> {
  const ids = await database.read('the list of runs', ['runs'], (transaction) =>
    transaction.objectStore('runs').getAllKeys(),
  );
  return new Set(ids);
}

class Importer implements Imported {
  readonly runs: RunId[] = [];
  replays = 0;
  agents = 0;
  readonly problems: StorageProblem[] = [];
  private readonly database: Database;
  private readonly archive: ArchiveReader;
  /** By the id in the archive, the id here. */
  private readonly ids: ReadonlyMap<RunId, RunId>;

  constructor(database: Database, archive: ArchiveReader, taken: ReadonlySet<RunId>) {
    this.database = database;
    this.archive = archive;
    const own = archive.names('runs/').flatMap((name) => /^runs\/([^/]+)\/run\.json$/.exec(name)?.[1] ?? []);
    this.ids = new Map(own.map((id) => [id, taken.has(id) ? newRunId() : id]));
  }

  async importRuns(): Promise<void> {
    for (const [from, id] of this.ids) {
      const folder = `runs/${from}`;
      const row = this.checked(runRowSchema, 'runs', `${folder}/run.json`);
      if (row === null) continue;
      const stores = ['runs', 'checkpoints', 'past', 'history', 'generations'] as const;
      await this.database.write('the run', stores, async (transaction) => {
        const copied = await this.withFiles(transaction, { ...row, id }, folder);
        await transaction.objectStore('runs').add(copied, id);
      });
      this.runs.push(id);
    }
  }

  /** Players as they stand, those of a run under its id here; nobody's rating is replaced. */
  async importStandings(): Promise<void> {
    const standings = this.list(ratedPlayerSchema, 'standings', 'standings.json');
    await this.database.write('ratings', ['standings'], async (transaction) => {
      const store = transaction.objectStore('standings');
      for (const { game, player, standing } of standings) {
        const own = this.playerHere(player);
        if (own === null || (await store.getKey([game, own])) !== undefined) continue;
        await store.put(standing, [game, own]);
      }
    });
  }

  async importReplays(): Promise<void> {
    for (const name of this.archive.names('replays/')) {
      const found = this.checked(v.object({ game: v.string(), replay: replaySchema }), 'replays', name);
      if (found === null) continue;
      const { game, replay } = found;
      const isAdded = await this.database.write('the match', ['replays'], async (transaction) => {
        const store = transaction.objectStore('replays');
        const before = v.safeParse(replaySchema, await store.get([game, replay.id]));
        if (before.success && before.output.text === replay.text) return false;
        const isTaken = (await store.getKey([game, replay.id])) !== undefined;
        const id = isTaken ? newRunId() : replay.id;
        await store.add({ ...replay, id }, [game, id]);
        return true;
      });
      if (isAdded) this.replays++;
    }
  }

  /** An agent's id tells its file, so one that is there already is the same. */
  async importAgents(): Promise<void> {
    const schema = v.object({ game: v.string(), agent: v.omit(agentSchema, ['bytes']) });
    for (const name of this.archive.names('agents/').filter((each) => each.endsWith('.json'))) {
      const found = this.checked(schema, 'agents', name);
      const bytes = this.archive.bytes(name.replace(/json$/, 'safetensors'));
      if (found === null || bytes === null) continue;
      const { game, agent } = found;
      const isAdded = await this.database.write('the imported agent', ['agents'], async (transaction) => {
        const store = transaction.objectStore('agents');
        if ((await store.getKey([game, agent.id])) !== undefined) return false;
        await store.add({ ...agent, bytes }, [game, agent.id]);
        return true;
      });
      if (isAdded) this.agents++;
    }
  }

  async importPreferences(): Promise<void> {
    const found = v.safeParse(v.record(v.string(), v.unknown()), this.archive.json('preferences.json'));
    await this.database.write('preferences', ['preferences'], async (transaction) => {
      const store = transaction.objectStore('preferences');
      for (const [key, value] of Object.entries(found.success ? found.output : {})) {
        if (!isPreference(key, value)) continue;
        const here: unknown = await store.get(key);
        await store.put(here === undefined ? value : joinedPreference(key, value, here), key);
      }
    });
  }

  /** Writes a run's files. @returns its row, which tells of those that are there. */
  private async withFiles(transaction: WriteTransaction, row: RunRow, folder: string): Promise<RunRow> {
    const past = await this.withPast(transaction, row, folder);
    const slot = async (name: RunSlot): Promise<CheckpointIndex | null> => {
      const index = indexOf(row, name);
      const bytes = this.archive.bytes(`${folder}/${name}.safetensors`);
      if (index === null || bytes === null) return null;
      await transaction.objectStore('checkpoints').put(bytes, [row.id, name]);
      const named = index.past.filter((each) => past.some((kept) => kept.name === each));
      return { ...index, bytes: bytes.byteLength, past: named };
    };
    const latest = await slot('latest');
    const best = await slot('best');
    const updates: CheckpointIndex[] = [];
    for (const { version } of row.updates) {
      const kept = await slot(updateSlot(version));
      if (kept !== null) updates.push(kept);
    }
    const history = await this.withHistory(transaction, row, folder);
    const generations = await this.withGenerations(transaction, row, folder);
    const forkOf = row.forkOf && { ...row.forkOf, id: this.ids.get(row.forkOf.id) ?? row.forkOf.id };
    const copied: RunRow = {
      ...row,
      past,
      latest,
      best,
      updates,
      history,
      generations,
      forkOf,
      removedAtMs: null,
    };
    return withoutUnnamedPast(transaction, copied);
  }

  private async withPast(
    transaction: WriteTransaction,
    row: RunRow,
    folder: string,
  ): Promise<RunRow['past']> {
    const past: RunRow['past'] = [];
    for (const { name, version } of row.past) {
      const bytes = this.archive.bytes(`${folder}/past/${name}`);
      if (bytes === null) continue;
      await transaction.objectStore('past').put(bytes, [row.id, name]);
      past.push({ name, version, bytes: bytes.byteLength });
    }
    return past;
  }

  private async withHistory(
    transaction: WriteTransaction,
    row: RunRow,
    folder: string,
  ): Promise<RunRow['history']> {
    let history: RunRow['history'] = { ...emptyHistory, thinned: row.history.thinned };
    const chunks = this.archive
      .names(`${folder}/history/`)
      .map((name) => this.list(pointSchema, 'history', name));
    // The order of parts in a zip file is the writer's; that of updates is theirs.
    for (const points of chunks.sort((a, b) => firstVersion(a) - firstVersion(b))) {
      history = await appendPoints(transaction.objectStore('history'), row.id, history, points);
    }
    return history;
  }

  private async withGenerations(
    transaction: WriteTransaction,
    row: RunRow,
    folder: string,
  ): Promise<RunRow['generations']> {
    const generations: RunRow['generations'] = {};
    for (const version of Object.keys(row.generations)) {
      const bytes = this.archive.bytes(`${folder}/generations/${version}`);
      if (bytes === null) continue;
      await transaction.objectStore('generations').put(bytes, [row.id, Number(version)]);
      generations[version] = bytes.byteLength;
    }
    return generations;
  }

  /** As who a player is rated here; null for a generation of a run that did not come along. */
  private playerHere(player: string): string | null {
    const generation = generationOfPlayer(player);
    if (generation === null) return player;
    const id = this.ids.get(generation.runId);
    if (id === undefined || !this.runs.includes(id)) return null;
    return generationPlayer(id, generation.version);
  }

  /** The entries of a part that is a list, as far as they can be read. */
  private list<Schema extends v.GenericSchema>(
    schema: Schema,
    store: StoreName,
    name: string,
  ): v.InferOutput<Schema>[] {
    const list = v.safeParse(v.array(v.unknown()), this.archive.json(name));
    return (list.success ? list.output : []).flatMap((entry, index) => {
      const checked = checkedEntry(schema, entry, store, `${name}/${index}`, this.problems);
      return checked === null ? [] : [checked];
    });
  }

  private checked<Schema extends v.GenericSchema>(
    schema: Schema,
    store: StoreName,
    name: string,
  ): v.InferOutput<Schema> | null {
    return checkedEntry(schema, this.archive.json(name), store, name, this.problems);
  }
}

function firstVersion(points: readonly MetricPoint[]): number {
  return points[0]?.version ?? 0;
}
