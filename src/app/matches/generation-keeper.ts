import { decodePolicy, encodePolicy } from '../../agent/policy-file';
import type { EnvironmentSpec, RunId } from '../../contract';
import type { Generations } from '../../storage/generations';
import type { RunLock } from '../../storage/run-lock';
import { contestantTexts } from '../../texts/contestants';
import type { KeptCheckpoint } from '../../workers/protocol';
import { tooMany } from './generations';

/** How many policies of a run's past are kept, some 50 kB each. */
const generationsKept = 60;

/** Keeps a run's policy every so often while it learns, spread over the whole run. */
export class GenerationKeeper {
  readonly runId: RunId;
  private readonly generations: Generations;
  private readonly spec: EnvironmentSpec;
  private kept: readonly number[] = [];
  /** One task at a time, in order. */
  private turn: Promise<unknown> = Promise.resolve();

  constructor(generations: Generations, spec: EnvironmentSpec, runId: RunId) {
    this.generations = generations;
    this.spec = spec;
    this.runId = runId;
  }

  /** Versions that are kept, ascending. */
  get versions(): readonly number[] {
    return this.kept;
  }

  /** Reads which versions are kept, once, before anything else is asked. */
  load(): Promise<void> {
    return this.inTurn(async () => {
      this.kept = await this.generations.versions(this.runId);
    });
  }

  /**
   * Keeps a checkpoint's policy where it is the first, or `interval` updates have passed since the last.
   *
   * @param lock leave to save the run.
   * @param staying versions that are not let go for it.
   * @returns whether it was kept. @throws PlaytrainError `storage-failed`.
   */
  offer(
    lock: RunLock,
    { bytes, version }: Pick<KeptCheckpoint, 'bytes' | 'version'>,
    interval: number,
    staying: ReadonlySet<number>,
  ): Promise<boolean> {
    return this.inTurn(async () => {
      const last = this.kept.findLast((each) => each <= version);
      if (last !== undefined && last !== version && version - last < Math.max(1, interval)) return false;
      // The run has come to that version once more, after it was lost; a rating of then is not this one's.
      if (this.kept.includes(version)) await this.generations.remove(lock, [version]);
      const policy = decodePolicy(bytes, this.spec);
      const file = encodePolicy({ ...policy, name: contestantTexts.generation(version) });
      await this.generations.save(lock, version, file);
      this.kept = [...new Set([...this.kept, version])].sort((a, b) => a - b);
      const gone = tooMany(this.kept, generationsKept, staying);
      await this.generations.remove(lock, gone);
      this.kept = this.kept.filter((each) => !gone.includes(each));
      return true;
    });
  }

  /** A generation's policy file, or null. */
  file(version: number): Promise<Uint8Array<ArrayBuffer> | null> {
    return this.generations.load(this.runId, version);
  }

  private inTurn<Result>(task: () => Promise<Result>): Promise<Result> {
    const result = this.turn.then(task);
    this.turn = result.catch(() => {});
    return result;
  }
}
