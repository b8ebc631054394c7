import { decodePolicy, encodePolicy } from '../../agent/policy-file';
import type { EnvironmentSpec } from '../../contract';
import {
  forgetGenerations,
  keptGenerations,
  loadGeneration,
  saveGeneration,
} from '../../storage/generation-store';
import type { KeptCheckpoint } from '../../workers/doors';
import { tooMany } from './generations';

/** How many policies of a run's past are kept, some 50 kB each. */
const generationsKept = 60;

/** Keeps a run's policy every so often while it learns, spread over the whole run. */
export class GenerationKeeper {
  readonly identity: string;
  private readonly spec: EnvironmentSpec;
  private readonly game: string;
  private kept: readonly number[] = [];
  /** One at a time, in order. */
  private turn: Promise<unknown> = Promise.resolve();

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
   * @returns the versions that were let go.
   */
  load(version: number): Promise<readonly number[]> {
    return this.inTurn(async () => {
      this.kept = await keptGenerations(this.game, this.identity);
      return this.letGo(this.kept.filter((each) => each > version));
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
      const last = this.kept.at(-1);
      if (last !== undefined && version - last < Math.max(1, interval)) return null;
      const policy = decodePolicy(bytes, this.spec);
      const file = encodePolicy({ ...policy, name: generationName(version) });
      await saveGeneration(this.game, this.identity, version, file);
      this.kept = [...this.kept, version];
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
    const result = this.turn.then(task);
    this.turn = result.catch(() => {});
    return result;
  }
}

export function generationName(version: number): string {
  return `Update ${version}`;
}
