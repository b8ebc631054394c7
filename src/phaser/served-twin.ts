import type { Hyperparameters } from '../contract';
import type { HandedAssets } from './assets/assets';
import type { AgentCheck, CheckOptions } from './check-agent';
import type { LiveOrigin, OpenLive } from './live-environment';

/** What a twin's file serves, for who runs that file without a page. */
export interface ServedTwin {
  /** The agent's. */
  readonly name: string;
  /** What it learns by. */
  readonly hyperparameters: Hyperparameters;
  /** @param arenas as many as the run has. */
  readonly open: (origin: LiveOrigin, arenas: number) => Promise<OpenLive>;
  readonly check: (options?: CheckOptions) => Promise<AgentCheck>;
}

/** Known to all copies of the library in a process: the file may have another than who runs it. */
const place = Symbol.for('playtrain.served-twin');
type Realm = { [place]?: ServedTwin };

/** Leaves what is served for `takeServed`. */
export function leaveServed(twin: ServedTwin): void {
  (globalThis as Realm)[place] = twin;
}

/** What was served last since the last call; null where that is nothing. */
export function takeServed(): ServedTwin | null {
  const realm = globalThis as Realm;
  const twin = realm[place] ?? null;
  delete realm[place];
  return twin;
}

/** What a twin’s worker answers its page besides gathering. */
export interface TwinAnswers {
  /** @param handed what the page has loaded. */
  checkAgent(handed: HandedAssets | undefined): Promise<AgentCheck>;
}
