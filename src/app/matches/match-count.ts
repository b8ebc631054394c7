import type { MatchSetup, MatchSpeed, MatchView } from '../../contract';
import { type CountedMatch, countedMatch, type MatchPace, type SeatKeys } from '../../match/counting';

/** How one match counts for ratings: once, by who met and how fast it was played. */
export class MatchCount {
  private readonly setup: MatchSetup;
  private readonly keys: SeatKeys;
  private pace: MatchPace = 'game';
  private isTaken = false;

  /** @param keys what those who meet are rated under. */
  constructor(setup: MatchSetup, keys: SeatKeys) {
    this.setup = setup;
    this.keys = keys;
  }

  /** It is played at that speed for a while. Slow is slow, whatever else it was. */
  playedAt(speed: MatchSpeed): void {
    if (speed === '0.5') this.pace = 'slower';
    else if (speed !== '1' && this.pace === 'game') this.pace = 'faster';
  }

  /** How it would count if it were left now; null where it would not. */
  standing(view: MatchView): CountedMatch | null {
    const { setup, keys, pace } = this;
    return countedMatch({ setup, keys, pace, view });
  }

  /** As `standing`; null where it was taken before. */
  take(view: MatchView): CountedMatch | null {
    if (this.isTaken) return null;
    this.isTaken = true;
    return this.standing(view);
  }
}
