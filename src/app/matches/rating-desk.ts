import { scoreOf } from '../../match/elo';
import { nextPair } from '../../match/round-robin';
import { RatingClient } from '../../workers/rating-client';
import type { RatingResult } from '../../workers/rating-host';
import { ratingWorker } from '../workers/rating-worker';
import { tooMany } from './generations';
import type { Library } from './library';
import { type Pairing, RatingRounds } from './rating-rounds';

/** So many generations of a run, spread over it, take part in rating matches. */
const generationsRated = 12;

export interface RatingDeskOptions {
  readonly library: Library;
  readonly pointsToWin: number;
  /** Ratings moved, or another match is played. */
  readonly changed: () => void;
  readonly failed: (error: unknown) => void;
  readonly nowMs: () => number;
}

/** Lets one game's agents meet in the background and counts what comes of it. */
export class RatingDesk {
  private readonly options: RatingDeskOptions;
  private readonly rounds: RatingRounds;
  /** How often two have met in this visit, by what they are rated under. */
  private readonly meetings = new Map<string, number>();
  private pairing: Pairing | null = null;

  constructor(options: RatingDeskOptions) {
    const { library, pointsToWin, changed, failed, nowMs } = options;
    this.options = options;
    this.rounds = new RatingRounds({
      game: library.simulation.game,
      pointsToWin,
      next: (isLeftOut) => this.next(isLeftOut),
      // Somebody may be gone since the pairing, such as a generation of a run that was left.
      source: (id) => library.roster.source(id).catch(() => null),
      playing: (pairing) => {
        if (pairing === this.pairing) return;
        this.pairing = pairing;
        changed();
      },
      played: (pairing, result) => this.count(pairing, result),
      failed,
      open: () => new RatingClient(ratingWorker),
      nowMs,
      sleep: (durationMs) => new Promise((resolve) => setTimeout(resolve, durationMs)),
    });
  }

  /** Such as “Novice – Steady”; null while none is played. */
  get match(): string | null {
    return this.pairing === null ? null : this.pairing.names.join(' – ');
  }

  /** @param share of a core that matches may take. */
  setShare(share: number): void {
    this.rounds.setShare(share);
  }

  dispose(): void {
    this.rounds.dispose();
  }

  private next(isLeftOut: (id: string) => boolean): Pairing | null {
    const { library } = this.options;
    const { roster, book } = library;
    const versions = roster.run?.generations.versions ?? [];
    const best = library.bestGeneration();
    const unrated = new Set(
      tooMany(versions, generationsRated, new Set(best === null ? [] : [best.version])),
    );
    const rated = versions.filter((version) => !unrated.has(version));
    const players = roster
      .contestants((key) => book.of(key), rated, null)
      .filter(({ id }) => !isLeftOut(id))
      .flatMap((each) => {
        const key = roster.keyOf(each.id);
        if (key === null) return [];
        // By key: the same id may be somebody else in another run.
        return [{ ...each, id: key, contestant: each.id, rating: book.expected(key).rating }];
      });
    const pair = nextPair(players, (a, b) => this.timesMet(a, b));
    if (pair === null || this.isSettled(pair[0].id, pair[1].id)) return null;
    const [a, b] = pair;
    // Sides change with each meeting.
    const [left, right] = this.timesMet(a.id, b.id) % 2 === 0 ? [a, b] : [b, a];
    return {
      ids: [left.contestant, right.contestant],
      names: [left.name, right.name],
      keys: [left.id, right.id],
    };
  }

  /** Two whose match would move nobody come last. */
  private timesMet(a: string, b: string): number {
    if (this.isSettled(a, b)) return Number.POSITIVE_INFINITY;
    return this.meetings.get(meetingOf(a, b)) ?? 0;
  }

  /** Whether both stand in the measured table, which no match moves. */
  private isSettled(a: string, b: string): boolean {
    const { book } = this.options.library;
    return book.isMeasured(a) && book.isMeasured(b);
  }

  private async count({ keys }: Pairing, { winner }: RatingResult): Promise<void> {
    const { library, changed } = this.options;
    const meeting = meetingOf(...keys);
    this.meetings.set(meeting, (this.meetings.get(meeting) ?? 0) + 1);
    await library.book.add({ keys, score: scoreOf(winner), moves: [true, true] });
    changed();
  }
}

/** The same whoever is named first. */
function meetingOf(a: string, b: string): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}
