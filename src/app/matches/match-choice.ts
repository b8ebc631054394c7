import { isPerson, type MatchSetup, personSeat, trainingId } from '../../contract';

/** Whom one can meet, as far as a choice has to know. */
export interface Known {
  knows(seat: string): boolean;
  /** Whom a newcomer meets first. */
  readonly gentlest: string;
}

/** What the next match is to be: proposed by the page until a person chooses. */
export class MatchChoice {
  private now: MatchSetup = { seats: [personSeat, trainingId], seed: null, learns: true };
  private isPersons = false;

  get setup(): MatchSetup {
    return this.now;
  }

  /** A person's own choice, which no proposal replaces. */
  choose(setup: MatchSetup): void {
    this.now = setup;
    this.isPersons = true;
  }

  /** Another game: whatever was chosen in the last one means nobody here. */
  begin({ gentlest }: Known): void {
    this.now = { seats: [personSeat, gentlest], seed: null, learns: true };
    this.isPersons = false;
  }

  /** Proposes the gentlest of those who are known by now, where nobody has chosen. */
  propose({ gentlest }: Known): void {
    if (!this.isPersons) this.now = { ...this.now, seats: [personSeat, gentlest] };
  }

  /** Puts the gentlest into seats of who is gone, such as a generation of a run that was left. */
  replaceMissing(everybody: Known): void {
    const [left, right] = this.now.seats;
    const present = (seat: string) => (isPerson(seat) || everybody.knows(seat) ? seat : everybody.gentlest);
    if (present(left) === left && present(right) === right) return;
    this.now = { ...this.now, seats: [present(left), present(right)] };
  }

  /** Seats who just came where an opponent sits; a person keeps their seat. */
  seatNewcomer(id: string): void {
    const [left, right] = this.now.seats;
    this.choose({ ...this.now, seats: isPerson(left) || !isPerson(right) ? [left, id] : [id, right] });
  }

  /** Seats an opponent against one person, on the side where that person sits already. */
  challenge(id: string): void {
    const seats: MatchSetup['seats'] = this.now.seats[1] === personSeat ? [id, personSeat] : [personSeat, id];
    this.choose({ ...this.now, seats, seed: null });
  }
}
