import type { RunStanding } from '../../contract';
import type { KeptCheckpoint } from '../../workers/protocol';

/** Each update that stays kept has at least so many times the number of the one before, so that a long run keeps few. */
const spread = 4;

/** The updates of a run whose states stay kept: its first, and then ever fewer, so that one can go back to what it was. */
export class KeptUpdates {
  private kept: readonly RunStanding[];
  private firstState: Omit<KeptCheckpoint, 'isBest'> | null = null;

  /** @param kept those that are kept already. */
  constructor(kept: readonly RunStanding[] = []) {
    this.kept = kept;
  }

  /** Ascending by version. */
  get list(): readonly RunStanding[] {
    return this.kept;
  }

  /** The earliest that this page has seen, also of a run that is not saved; null where it has seen none. */
  get first(): Omit<KeptCheckpoint, 'isBest'> | null {
    return this.firstState;
  }

  /** Takes a state in that somebody wants kept. @returns false where that update is kept already. */
  add(state: Omit<KeptCheckpoint, 'isBest'>): boolean {
    const { version, decisions, meanReturn } = state;
    if (this.kept.some((each) => each.version === version)) return false;
    const before = this.kept.filter((each) => each.version < version);
    this.kept = [...before, { version, decisions, meanReturn }];
    return true;
  }

  /** Takes a state in where it is to stay kept. @returns whether it is. */
  offer(state: Omit<KeptCheckpoint, 'isBest'>): boolean {
    const { version, decisions, meanReturn } = state;
    // The run may have gone back: what came after is of another past.
    const before = this.kept.filter((each) => each.version <= version);
    const last = before.at(-1);
    if (last !== undefined && version < spread * Math.max(1, last.version)) {
      this.kept = before;
      return false;
    }
    if (last === undefined) this.firstState = state;
    this.kept = [...before, { version, decisions, meanReturn }];
    return true;
  }
}
