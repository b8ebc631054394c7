import type { RunId } from '../contract';
import { agentSchema } from './agents';
import { ArchiveWriter } from './archive-file';
import { type Checked, checkedEntry, type StorageProblem } from './checked';
import type { Database, ReadTransaction } from './database';
import { bytesSchema } from './entry-parts';
import { eachChunk } from './history';
import { keyedEntries } from './keyed-entries';
import { replaySchema } from './replays';
import { numbered } from './run-files';
import { type RunRow, runRowSchema, slotsOf } from './run-row';
import { standingSchema } from './standing';

// Where an archive has what:
//   runs/<id>/run.json                    the record and the index of its files
//   runs/<id>/latest.safetensors          training states, `best.safetensors`, and `at-<version>.safetensors`
//   runs/<id>/past/<name>                 earlier policies that they name
//   runs/<id>/history/<version>.json      points, from that version on
//   runs/<id>/generations/<version>       policy files to play against
//   standings.json, preferences.json      everybody's ratings; what was chosen
//   replays/<n>.json, agents/<n>.json     each with its game; an agent's policy is agents/<n>.safetensors

/** Every run, or those named, and nothing else. */
export async function exportRuns(database: Database, ids: readonly RunId[]): Promise<Checked<Blob>> {
  const archive = new ArchiveWriter();
  const problems: StorageProblem[] = [];
  for (const id of ids) await addRun(database, archive, id, problems);
  return { value: archive.finish(), problems };
}

/** Everything that is kept, deleted runs aside. What cannot be read is left out, and told. */
export async function exportEverything(database: Database): Promise<Checked<Blob>> {
  const archive = new ArchiveWriter();
  const problems: StorageProblem[] = [];
  const ids = await database.read('the list of runs', ['runs'], (transaction) =>
    transaction.objectStore('runs').getAllKeys(),
  );
  for (const id of ids) await addRun(database, archive, id, problems);
  await addStandings(database, archive, problems);
  await addReplays(database, archive, problems);
  await addAgents(database, archive, problems);
  await database.read('preferences', ['preferences'], async (transaction) => {
    const chosen = await keyedEntries(transaction.objectStore('preferences'));
    archive.addJson('preferences.json', Object.fromEntries(chosen.map(({ key, entry }) => [key, entry])));
  });
  return { value: archive.finish(), problems };
}

/** Adds a run as it stands, all of it from one moment. */
function addRun(
  database: Database,
  archive: ArchiveWriter,
  id: RunId,
  problems: StorageProblem[],
): Promise<void> {
  const stores = ['runs', 'checkpoints', 'past', 'history', 'generations'] as const;
  return database.read('the run', stores, async (transaction) => {
    const row = checkedEntry(
      runRowSchema,
      await transaction.objectStore('runs').get(id),
      'runs',
      id,
      problems,
    );
    if (row === null || row.removedAtMs !== null) return;
    const folder = `runs/${id}`;
    archive.addJson(`${folder}/run.json`, row);
    await addCheckpoints(transaction, archive, row, problems);
    problems.push(
      ...(await eachChunk(transaction.objectStore('history'), id, (points) => {
        archive.addJson(`${folder}/history/${points[0]?.version}.json`, points);
      })),
    );
    const generations = transaction.objectStore('generations');
    for (const key of await generations.getAllKeys(numbered(id))) {
      const bytes = checkedEntry(bytesSchema, await generations.get(key), 'generations', key, problems);
      if (bytes !== null) archive.addBytes(`${folder}/generations/${key[1]}`, bytes);
    }
  });
}

async function addCheckpoints(
  transaction: ReadTransaction,
  archive: ArchiveWriter,
  row: RunRow,
  problems: StorageProblem[],
): Promise<void> {
  const { id, past } = row;
  for (const slot of slotsOf(row)) {
    const key: [string, string] = [id, slot];
    const entry: unknown = await transaction.objectStore('checkpoints').get(key);
    const bytes = checkedEntry(bytesSchema, entry, 'checkpoints', key, problems);
    if (bytes !== null) archive.addBytes(`runs/${id}/${slot}.safetensors`, bytes);
  }
  for (const { name } of past) {
    const key: [string, string] = [id, name];
    const bytes = checkedEntry(
      bytesSchema,
      await transaction.objectStore('past').get(key),
      'past',
      key,
      problems,
    );
    if (bytes !== null) archive.addBytes(`runs/${id}/past/${name}`, bytes);
  }
}

async function addStandings(
  database: Database,
  archive: ArchiveWriter,
  problems: StorageProblem[],
): Promise<void> {
  const standings = await database.read('ratings', ['standings'], async (transaction) => {
    const entries = await keyedEntries(transaction.objectStore('standings'));
    return entries.flatMap(({ key, entry }) => {
      const standing = checkedEntry(standingSchema, entry, 'standings', key, problems);
      return standing === null ? [] : [{ game: key[0], player: key[1], standing }];
    });
  });
  archive.addJson('standings.json', standings);
}

function addReplays(database: Database, archive: ArchiveWriter, problems: StorageProblem[]): Promise<void> {
  return database.read('the matches', ['replays'], async (transaction) => {
    const store = transaction.objectStore('replays');
    for (const [index, key] of (await store.getAllKeys()).entries()) {
      const replay = checkedEntry(replaySchema, await store.get(key), 'replays', key, problems);
      if (replay !== null) archive.addJson(`replays/${index}.json`, { game: key[0], replay });
    }
  });
}

function addAgents(database: Database, archive: ArchiveWriter, problems: StorageProblem[]): Promise<void> {
  return database.read('the imported agents', ['agents'], async (transaction) => {
    const store = transaction.objectStore('agents');
    for (const [index, key] of (await store.getAllKeys()).entries()) {
      const agent = checkedEntry(agentSchema, await store.get(key), 'agents', key, problems);
      if (agent === null) continue;
      const { bytes, ...rest } = agent;
      archive.addJson(`agents/${index}.json`, { game: key[0], agent: rest });
      archive.addBytes(`agents/${index}.safetensors`, bytes);
    }
  });
}
