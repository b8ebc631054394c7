import { startingRating } from '../../match/elo';
import { nextPair } from '../../match/round-robin';
import type { RatingResult } from '../../workers/rating-host';
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
}

/** Lets one game's agents meet in the background and counts what comes of it. */
export class RatingDesk {
  private readonly options: RatingDeskOptions;
  private readonly rounds: RatingRounds;
  /** How often two have met in this visit. */
  private readonly meetings = new Map<string, number>();
  private pairing: Pairing | null = null;

  constructor(options: RatingDeskOptions) {
    const { library, pointsToWin, changed, failed } = options;
    this.options = options;
    this.rounds = new RatingRounds({
      game: library.simulation.game,
      pointsToWin,
      next: () => this.next(),
      // Somebody may be gone since the pairing, such as a generation of a run that was left.
      source: (id) => library.roster.source(id).catch(() => null),
      playing: (pairing) => {
        this.pairing = pairing;
        changed();
      },
      played: (pairing, result) => this.count(pairing, result),
      failed,
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

  private next(): Pairing | null {
    const { roster, book } = this.options.library;
    const versions = roster.run?.generations.versions ?? [];
    const best = this.options.library.bestGeneration();
    const leftOut = new Set(
      tooMany(versions, generationsRated, new Set(best === null ? [] : [best.version])),
    );
    const rated = versions.filter((version) => !leftOut.has(version));
    const players = roster
      .contestants((key) => book.of(key), rated, null)
      .filter(({ kind }) => kind !== 'training')
      .map((each) => ({ ...each, rating: each.rating ?? startingRating }));
    const pair = nextPair(players, (a, b) => this.meetings.get(meetingOf(a, b)) ?? 0);
    if (pair === null) return null;
    const [a, b] = pair;
    const times = this.meetings.get(meetingOf(a.id, b.id)) ?? 0;
    // Sides change with each meeting.
    const [left, right] = times % 2 === 0 ? [a, b] : [b, a];
    return { ids: [left.id, right.id], names: [left.name, right.name] };
  }

  private async count({ ids }: Pairing, { winner }: RatingResult): Promise<void> {
    const { library, changed } = this.options;
    const meeting = meetingOf(...ids);
    this.meetings.set(meeting, (this.meetings.get(meeting) ?? 0) + 1);
    const first = library.roster.keyOf(ids[0]);
    const second = library.roster.keyOf(ids[1]);
    if (first === null || second === null || !ids.every((id) => library.roster.knows(id))) return;
    const score = winner === null ? 0.5 : winner === 0 ? 1 : 0;
    await library.book.add({ keys: [first, second], score, moves: [true, true] });
    changed();
  }
}

/** The same whoever is named first. */
function meetingOf(a: string, b: string): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}
