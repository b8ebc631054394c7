import { deleteDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { initialiseParameters, policyLayout } from '../../agent/policy';
import { encodePolicy } from '../../agent/policy-file';
import { environmentSpec } from '../../game/engine/vector-environment';
import { volleyRules } from '../../game/volley/rules';
import { SeededRandom } from '../../random/seeded-random';
import { PageStorage } from '../../storage/page-storage';
import { newRunId } from '../../storage/run-id';
import type { RunLock } from '../../storage/run-lock';
import { generationPlayer } from '../../storage/standing';
import { GenerationKeeper } from './generation-keeper';

const spec = environmentSpec(volleyRules.simulation);
const sizes = { hiddenSizes: [2], activation: 'tanh' } as const;
const none = new Set<number>();

let storage: PageStorage;
let name: string;
let lock: RunLock;

/** A policy of that version, as a checkpoint offers it. */
function offered(version: number) {
  const parameters = initialiseParameters(policyLayout(spec, sizes), SeededRandom.fromSeed(version), 0);
  const policy = { spec, name: '', version, decisions: version, seed: 1, parameters, observations: null };
  return { bytes: encodePolicy({ ...policy, ...sizes }), version };
}

beforeEach(async () => {
  name = `test-${newRunId()}`;
  storage = new PageStorage({ name });
  const { id } = await storage.runs.create({
    name: 'Volley',
    game: 'volley',
    settings: volleyRules.presets.fast,
  });
  const held = await storage.holdRun(id);
  if (held === null) throw new Error('The run is held elsewhere.');
  lock = held;
});
afterEach(async () => {
  await lock.release();
  await storage.close();
  await deleteDB(name);
});

const keeperOf = () => new GenerationKeeper(storage.generations, spec, lock.runId);

describe('generations of a run', () => {
  it('are its first, and one every so many updates', async () => {
    const keeper = keeperOf();
    await keeper.load();
    for (let version = 1; version <= 25; version++) await keeper.offer(lock, offered(version), 10, none);
    expect(keeper.versions).toEqual([1, 11, 21]);
    const later = keeperOf();
    await later.load();
    expect(later.versions).toEqual([1, 11, 21]);
    expect(await later.file(11)).not.toBeNull();
  });

  it('stay spread over the run when there are too many, and so does the one that is to stay', async () => {
    const keeper = keeperOf();
    const best = new Set([2]);
    for (let version = 1; version <= 80; version++) await keeper.offer(lock, offered(version), 1, best);
    expect(keeper.versions).toHaveLength(60);
    expect(keeper.versions).toContain(2);
    expect([keeper.versions[0], keeper.versions.at(-1)]).toEqual([1, 80]);
    expect(await storage.generations.versions(lock.runId)).toEqual(keeper.versions);
  });

  it('have no rating of an earlier policy that had come to the same version', async () => {
    const before = keeperOf();
    await before.offer(lock, offered(20), 10, none);
    const player = generationPlayer(lock.runId, 20);
    await storage.ratings.change('volley', () => ({ [player]: { rating: 1500, matches: 9 } }));
    // Its newest state was lost, and the run comes to that version once more.
    const again = keeperOf();
    await again.load();
    await again.offer(lock, offered(20), 0, none);
    expect(again.versions).toEqual([20]);
    expect((await storage.ratings.load('volley')).value[player]).toBeUndefined();
  });
});
