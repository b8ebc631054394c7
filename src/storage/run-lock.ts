import type { RunId } from '../contract';

/** Leave to save a run, which one page has at a time. */
export interface RunLock {
  readonly runId: RunId;
  /** Names the holder in the database, where the browser has no locks of its own; null where it has. */
  readonly token: string | null;
  /** Resolves when another page took the run over, as can happen to a page that slept; never while it is held. */
  readonly lost: Promise<void>;
  /** Lets another page have the run. */
  release(): Promise<void>;
}
