import fc from 'fast-check';
import { deleteDB } from 'idb';
import { describe, expect, it } from 'vitest';
import type { MetricPoint, RunId } from '../contract';
import type { StorageProblem } from './checked';
import { PageStorage } from './page-storage';
import { newRunId } from './run-id';
import type { KeptState } from './run-saving';
import { checkpoint, held, newRun, past, point } from './test-data';

/** What is kept of a run, by the plainest of records. */
interface KeptRun {
  readonly name: string;
  readonly latest: number | null;
  readonly best: number | null;
  /** Of each earlier policy that the latest checkpoint names, what is in it. */
  readonly past: readonly (readonly [version: number, content: number])[];
  readonly points: readonly MetricPoint[];
  readonly generations: readonly number[];
  readonly isRemoved: boolean;
}
type Kept = ReadonlyMap<RunId, KeptRun>;

/** Everything that storage says it keeps, in the model's words. */
async function keptBy(storage: PageStorage): Promise<Kept> {
  const { value, problems } = await storage.runs.list();
  expect(problems).toEqual([]);
  const kept = new Map<RunId, KeptRun>();
  for (const { id, name, removedAtMs } of [...value, ...(await storage.runs.removed())]) {
    const { latest } = await storage.runs.open(id);
    const best = (await storage.runs.state(id, 'best')).value;
    kept.set(id, {
      name,
      latest: latest === null ? null : versionIn(latest),
      best: best?.version ?? null,
      past: latest?.past.map(({ version, bytes }) => [version, bytes[0]!] as const) ?? [],
      points: (await storage.runs.history(id)).value.points,
      generations: await storage.generations.versions(id),
      isRemoved: removedAtMs !== null,
    });
  }
  return kept;
}

/** The version of a state whose bytes are those of that version; −1 for any other. */
function versionIn({ version, bytes }: KeptState): number {
  return bytes.join() === checkpoint(version).bytes.join() ? version : -1;
}

/** One thing that a person or a page does. `pick` chooses among the runs or files that are there. */
type Step =
  | { readonly kind: 'create' | 'reopen' | 'export'; readonly pick: number }
  | { readonly kind: 'rename'; readonly pick: number; readonly name: string }
  | { readonly kind: 'save'; readonly pick: number; readonly updates: number; readonly back: number }
  | { readonly kind: 'generation' | 'fork' | 'remove' | 'undo' | 'purge' | 'import'; readonly pick: number };

const pick = fc.nat(1000);
const plain = <
  Kind extends
    | 'create'
    | 'reopen'
    | 'export'
    | 'generation'
    | 'fork'
    | 'remove'
    | 'undo'
    | 'purge'
    | 'import',
>(
  ...kinds: readonly Kind[]
) => fc.record({ kind: fc.constantFrom(...kinds), pick });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: plain('create', 'reopen', 'generation', 'fork', 'undo', 'purge') },
  { weight: 6, arbitrary: plain('remove', 'export', 'import') },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('rename' as const), pick, name: fc.string({ maxLength: 5 }) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('save' as const),
      pick,
      updates: fc.integer({ min: 1, max: 6 }),
      back: fc.nat(4),
    }),
  },
);

/** Storage and model side by side. */
class Bench {
  readonly name = `test-${newRunId()}`;
  storage = new PageStorage({ name: this.name });
  readonly model = new Map<RunId, KeptRun>();
  private readonly files: { readonly file: Blob; readonly held: Kept }[] = [];
  readonly problems: StorageProblem[] = [];
  private saves = 0;

  async do(taken: Step): Promise<void> {
    const { storage, model } = this;
    const id = this.picked(taken.pick, false);
    const run = id === undefined ? undefined : model.get(id);
    if (taken.kind === 'create') {
      const record = await storage.runs.create(newRun({ name: 'New' }));
      const nothing = { latest: null, best: null, past: [], points: [], generations: [] };
      model.set(record.id, { name: 'New', ...nothing, isRemoved: false });
    } else if (taken.kind === 'reopen') {
      await storage.close();
      this.storage = new PageStorage({ name: this.name });
    } else if (taken.kind === 'export') {
      const { value, problems } = await storage.exportEverything();
      this.problems.push(...problems);
      this.files.push({ file: value, held: new Map([...model].filter(([, { isRemoved }]) => !isRemoved)) });
    } else if (taken.kind === 'import') {
      await this.import(taken.pick);
    } else if (taken.kind === 'undo') {
      const gone = this.picked(taken.pick, true);
      if (gone === undefined) return;
      await storage.runs.restore(gone);
      model.set(gone, { ...model.get(gone)!, isRemoved: false });
    } else if (taken.kind === 'purge') {
      await storage.runs.purgeRemoved(Number.MAX_SAFE_INTEGER);
      for (const [each, { isRemoved }] of model) if (isRemoved) model.delete(each);
    } else if (id !== undefined && run !== undefined) {
      await this.change(taken, id, run);
    }
  }

  async end(): Promise<void> {
    await this.storage.close();
    await deleteDB(this.name);
  }

  private async change(taken: Step, id: RunId, run: KeptRun): Promise<void> {
    const { storage, model } = this;
    if (taken.kind === 'rename') {
      await storage.runs.rename(id, taken.name);
      model.set(id, { ...run, name: taken.name });
    } else if (taken.kind === 'save') {
      model.set(id, await this.save(taken, id, run));
    } else if (taken.kind === 'generation') {
      const version = run.latest ?? 0;
      const lock = await held(storage, id);
      await storage.generations.save(lock, version, Uint8Array.of(version));
      await lock.release();
      model.set(id, {
        ...run,
        generations: [...new Set([...run.generations, version])].sort((a, b) => a - b),
      });
    } else if (taken.kind === 'remove') {
      const lock = await held(storage, id);
      await storage.runs.remove(lock);
      await lock.release();
      model.set(id, { ...run, isRemoved: true });
    } else if (taken.kind === 'fork' && run.latest !== null) {
      const { latest, points, generations } = run;
      const copy = await storage.runs.fork(id, 'latest', 'Fork');
      model.set(copy.id, {
        ...run,
        name: 'Fork',
        best: run.best !== null && run.best <= latest ? run.best : null,
        points: points.filter(({ version }) => version <= latest),
        generations: generations.filter((version) => version <= latest),
      });
    }
  }

  /** Saves some updates, perhaps from an earlier one on, with one earlier policy. */
  private async save(
    { updates, back }: Extract<Step, { kind: 'save' }>,
    id: RunId,
    run: KeptRun,
  ): Promise<KeptRun> {
    const content = ++this.saves % 256;
    const first = Math.max(1, (run.points.at(-1)?.version ?? 0) + 1 - back);
    const last = first + updates - 1;
    const points = Array.from({ length: updates }, (_, index) =>
      point(first + index, { decisions: this.saves }),
    );
    const file = past(first, content);
    const lock = await held(this.storage, id);
    await this.storage.runs.save(lock, {
      points,
      newPast: [file],
      latest: checkpoint(last, [file.name]),
      ...(last % 2 === 0 && { best: checkpoint(last, [file.name]) }),
    });
    await lock.release();
    const before = run.points.filter(({ version }) => version < first);
    return {
      ...run,
      latest: last,
      best: last % 2 === 0 ? last : run.best,
      past: [[first, content]],
      points: [...before, ...points],
    };
  }

  private async import(chosen: number): Promise<void> {
    const found = this.files[chosen % Math.max(1, this.files.length)];
    if (found === undefined) return;
    const { runs, problems } = await this.storage.importArchive(found.file);
    this.problems.push(...problems);
    const brought = [...found.held].sort(([a], [b]) => (a < b ? -1 : 1));
    if (runs.length !== brought.length) throw new Error('Not every run came along.');
    for (const [index, [own, run]] of brought.entries()) {
      const id = runs[index]!;
      if ((id === own) === this.model.has(own)) throw new Error('A run took the place of another.');
      this.model.set(id, run);
    }
  }

  private picked(chosen: number, isRemoved: boolean): RunId | undefined {
    const among = [...this.model].filter(([, run]) => run.isRemoved === isRemoved);
    return among[chosen % Math.max(1, among.length)]?.[0];
  }
}

describe('whatever is done, in whatever order', () => {
  it('nothing that is kept changes or is lost but what was asked for', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 24, size: 'max' }), async (steps) => {
        const bench = new Bench();
        try {
          for (const taken of steps) {
            await bench.do(taken);
            expect(await keptBy(bench.storage)).toEqual(bench.model);
            expect(bench.problems).toEqual([]);
          }
        } finally {
          await bench.end();
        }
      }),
      { numRuns: 80 },
    );
  });
});
