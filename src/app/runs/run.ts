import type { MetricPoint, RunId, RunRecord } from '../../contract';
import type { KeptCheckpoint } from '../../workers/protocol';
import type { PageGame } from '../games/page-game';
import type { KeptUpdates } from './kept-updates';
import type { RunHistory } from './run-history';
import type { RunKeeper } from './run-keeper';

/** What a run has reached, as a state to go back to. */
export type BestState = Omit<KeptCheckpoint, 'isBest'>;

/** One learner's life as long as it is open on the page: who it is, its history and its files. Sessions come and go. */
export class Run {
  readonly id: RunId;
  readonly name: string;
  readonly entry: PageGame;
  readonly origin: RunRecord['origin'];
  readonly history: RunHistory;
  readonly keeper: RunKeeper;
  /** Whose states stay kept. */
  readonly updates: KeptUpdates;
  /** The state with the best mean return; null before there is one, and where agents meet. */
  best: BestState | null;

  constructor(
    parts: Pick<Run, 'id' | 'name' | 'entry' | 'origin' | 'history' | 'keeper' | 'updates' | 'best'>,
  ) {
    this.id = parts.id;
    this.name = parts.name;
    this.entry = parts.entry;
    this.origin = parts.origin;
    this.history = parts.history;
    this.keeper = parts.keeper;
    this.updates = parts.updates;
    this.best = parts.best;
  }

  /** Whether it is never kept. */
  get isGuest(): boolean {
    return this.keeper.keeping.kind === 'guest';
  }

  /** The newest update; null before the first. */
  get newest(): MetricPoint | null {
    return this.history.points.at(-1) ?? null;
  }
}
