import type { BackendChoice } from '../src/contract';

/** What a benchmark hands back: its JSON fields, and the same as a table for people. */
export interface BenchmarkResult {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly table: string;
  /** Name and version. */
  readonly browser: string;
  /** WebGL's renderer string. */
  readonly renderer: string;
}

/** What those are asked that measure one live game, again and again. */
export interface GameWish {
  readonly game: string;
  readonly seeds: number;
}

/**
 * A benchmark of `npm run bench`; `backend` is the page's, for those that measure the page, and `minutes` how long one
 * may take that takes as long as it is given. Throws an Error with a
 * sentence when it could not measure.
 */
export type Benchmark = (backend: BackendChoice, minutes: number, wish: GameWish) => Promise<BenchmarkResult>;
