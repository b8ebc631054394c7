import { decodePolicy, encodePolicy } from '../../agent/policy-file';
import type { EnvironmentSpec } from '../../contract';
import {
  forgetGenerations,
  keptGenerations,
  loadGeneration,
  saveGeneration,
} from '../../storage/generation-store';
import type { KeptCheckpoint } from '../../workers/protocol';
import { tooMany } from './generations';

/** How many policies of a run's past are kept, some 50 kB each. */
const generationsKept = 60;

/** By game and identity: one task at a time, in order, whoever keeps them. */
const turns = new Map<string, Promise<unknown>>();

/** Keeps a run's policy every so often while it learns, spread over the whole run. */
export class GenerationKeeper {
  readonly identity: string;
  private readonly spec: EnvironmentSpec;
  private readonly game: string;
  private kept: readonly number[] = [];

  constructor(spec: EnvironmentSpec, identity: string) {
    this.spec = spec;
    this.game = spec.game;
    this.identity = identity;
  }

  /** Versions that are kept, ascending. */
  get versions(): readonly number[] {
    return this.kept;
  }

  /**
   * Finds what is kept. Versions beyond the one from which the run goes on belong to a past that it has left.
   *
   * @param stays one of the kept versions that stays all the same, or null.
   * @returns the versions that were let go.
   */
  load(
    version: number,
    stays: (kept: readonly number[]) => Promise<number | null>,
  ): Promise<readonly number[]> {
    return this.inTurn(async () => {
      this.kept = await keptGenerations(this.game, this.identity);
      const staying = await stays(this.kept);
      return this.letGo(this.kept.filter((each) => each > version && each !== staying));
    });
  }

  /**
   * Keeps a checkpoint's policy where it is the first, or `interval` updates have passed since the last.
   *
   * @param staying versions that are not let go for it.
   * @returns the versions that were; null where nothing was kept.
   * @throws PlaytrainError `storage-failed`.
   */
  offer(
    { bytes, version }: Pick<KeptCheckpoint, 'bytes' | 'version'>,
    interval: number,
    staying: ReadonlySet<number>,
  ): Promise<readonly number[] | null> {
    return this.inTurn(async () => {
      const last = this.kept.findLast((each) => each <= version);
      if (last !== undefined && version - last < Math.max(1, interval)) return null;
      const policy = decodePolicy(bytes, this.spec);
      const file = encodePolicy({ ...policy, name: generationName(version) });
      await saveGeneration(this.game, this.identity, version, file);
      this.kept = [...this.kept, version].sort((a, b) => a - b);
      return this.letGo(tooMany(this.kept, generationsKept, staying));
    });
  }

  /** A generation's policy file, or null. */
  file(version: number): Promise<Uint8Array<ArrayBuffer> | null> {
    return loadGeneration(this.game, this.identity, version);
  }

  private async letGo(versions: readonly number[]): Promise<readonly number[]> {
    await forgetGenerations(this.game, this.identity, versions);
    this.kept = this.kept.filter((each) => !versions.includes(each));
    return versions;
  }

  private inTurn<Result>(task: () => Promise<Result>): Promise<Result> {
    const key = `${this.game}/${this.identity}`;
    const result = (turns.get(key) ?? Promise.resolve()).then(task);
    turns.set(
      key,
      result.catch(() => {}),
    );
    return result;
  }
}

export function generationName(version: number): string {
  return `Update ${version}`;
}
