import {
  type Contestant,
  isPerson,
  type MatchKind,
  type MatchSetup,
  matchKind,
  type SeatChoice,
} from '../../contract';
import { withKind } from './seats';

/** The last setup of each kind of match, so that looking at another kind changes none of them. */
export class LastSetups {
  private readonly lastOf = new Map<MatchKind, MatchSetup>();
  /** The last with an agent in it. */
  private withAgents: MatchSetup | null = null;

  /** This is what is set up now. */
  note(setup: MatchSetup): void {
    if (setup.seats.some((seat) => !isPerson(seat))) this.withAgents = setup;
    this.lastOf.set(matchKind(setup), setup);
  }

  /** The match of that kind that was set up last, where everybody in it is still there; else one like the present. */
  of(kind: MatchKind, present: MatchSetup, contestants: readonly Contestant[]): MatchSetup {
    const last = this.lastOf.get(kind);
    const isThere = (seat: SeatChoice) => isPerson(seat) || contestants.some(({ id }) => id === seat);
    if (last?.seats.every(isThere)) return last;
    return withKind(present, kind, this.withAgents, contestants);
  }
}
