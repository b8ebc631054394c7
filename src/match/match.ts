import {
  actionSize,
  type EpisodeEnding,
  type MatchView,
  type PersonInput,
  rulesVersionOf,
  type Simulation,
} from '../contract';
import { ActionCode } from './action-code';
import { choosesAt, type MatchPlayer } from './player';
import { Rallies } from './rallies';
import { hashEveryTicks, type MatchRecord, packBytes, recordedName } from './record';
import { type MatchRules, Referee } from './referee';

/** Who sits in a seat. */
export type Seat =
  | {
      readonly kind: 'player';
      readonly player: MatchPlayer;
      /** True for a puppet that does what a person does elsewhere. */
      readonly isPerson?: boolean;
    }
  | {
      readonly kind: 'person';
      /** As the page calls the person; records have a name of their own. */
      readonly name: string;
    };

/** Who meets, where, and by which rules. */
export interface MatchOptions extends MatchRules {
  readonly simulation: Simulation;
  /** Left, right. */
  readonly seats: readonly [Seat, Seat];
  /** Of the serves. */
  readonly seed: number;
  /** Who serves every rally; left to chance where nobody is named. */
  readonly server?: 0 | 1;
}

/** What people hold down who hold nothing down. */
export const idlePeople: readonly [PersonInput, PersonInput] = [
  { horizontal: 0, vertical: 0, primary: false },
  { horizontal: 0, vertical: 0, primary: false },
];

/**
 * A match in an arena of its own. Players are asked in the same turn in which their tick is due, from a rally's first
 * tick on, each at its own decision interval or else the game's; what people hold down acts at every tick. The same
 * seed, players and people's actions give the same match, at any speed.
 *
 * It is won with `pointsToWin` points and a lead of two, or with the deciding points of `decidingPoints`. A rally that
 * the time limit ends gives nobody a point; after sixty rallies (or four times as many as points are needed) the match
 * is over with whoever leads. An endless one, for practice, is over when it is left.
 */
export class Match {
  /** After the last tick and the one before, `[stateSize]`. The same arrays for the match's life. */
  readonly state: Float64Array;
  readonly previousState: Float64Array;
  /** In force, `[2, actionSize]`. */
  readonly actions: Float32Array;
  private readonly simulation: Simulation;
  private readonly seed: number;
  private readonly pointsToWin: number;
  private readonly isEndless: boolean;
  private readonly seats: [Seat, Seat];
  private readonly rallies: Rallies;
  private readonly referee: Referee;
  private readonly code: ActionCode;
  private readonly observations: Float32Array; // [2, obs]
  /** Parts of `actions`. */
  private readonly actionOf: readonly [Float32Array, Float32Array];
  private recorded = new Uint8Array(2048);
  private recordedBytes = 0;
  private readonly hashes: number[] = [];

  /** @throws PlaytrainError for a game that cannot be played or recorded as a match, and points that nobody can win. */
  constructor(options: MatchOptions) {
    const { simulation, seats, seed } = options;
    const width = actionSize(simulation.actionSpace);
    this.simulation = simulation;
    this.seed = seed;
    this.pointsToWin = options.pointsToWin;
    this.isEndless = options.isEndless === true;
    this.seats = [...seats];
    this.rallies = new Rallies(simulation, seed, options.server);
    this.referee = new Referee(this.rallies, options);
    this.code = new ActionCode(simulation.actionSpace);
    this.state = this.rallies.state;
    this.previousState = this.rallies.previousState;
    this.actions = this.rallies.actions;
    this.actionOf = [this.actions.subarray(0, width), this.actions.subarray(width)];
    this.observations = new Float32Array(2 * simulation.observationSpace.size);
  }

  /** What there is to show of the match. */
  get view(): MatchView {
    const { score, phase, countdownSeconds, matchPoint, isDeuce, winner } = this.referee;
    return {
      score,
      pointsToWin: this.isEndless ? null : this.pointsToWin,
      names: this.names,
      person: this.person,
      phase,
      countdownSeconds,
      matchPoint,
      deuce: isDeuce,
      winner,
    };
  }

  /** Whether somebody has won. */
  get isOver(): boolean {
    return this.referee.phase === 'over';
  }

  /** Ticks into the rally that is running, or was last. */
  get episodeTicks(): number {
    return this.rallies.ticks;
  }

  /**
   * One tick of match time: of the countdown, of a rally, of the pause after a point, or, once it is over, of nothing.
   *
   * @param people what the persons in the left and the right seat hold down.
   * @throws PlaytrainError `bad-actions` when a player chooses what there is not; what players throw.
   */
  tick(people: readonly [PersonInput, PersonInput] = idlePeople): void {
    if (!this.referee.rallyTickIsDue()) return;
    this.choose(people);
    this.recordActions();
    const ending = this.rallies.step();
    if (this.rallies.totalTicks % hashEveryTicks === 0) this.hashes.push(this.rallies.hash());
    if (ending !== null) this.referee.count(ending);
  }

  /** Puts another player in a seat, from the next decision on. */
  setPlayer(seat: 0 | 1, player: MatchPlayer): void {
    this.seats[seat] = { kind: 'player', player };
  }

  /** Rallies that ended since the last call. */
  takeEndings(): EpisodeEnding[] {
    return this.referee.takeEndings();
  }

  /** Of state and generator; equal hashes mean equal futures under equal actions. */
  hash(): number {
    return this.rallies.hash();
  }

  /** The match so far. */
  record(): MatchRecord {
    return {
      format: 'playtrain-match',
      formatVersion: 1,
      game: this.simulation.game,
      seed: this.seed,
      rulesVersion: rulesVersionOf(this.simulation),
      pointsToWin: this.pointsToWin,
      leadToWin: this.referee.leadToWin,
      names: this.recordedNames,
      person: this.person,
      actions: packBytes(this.recorded.subarray(0, this.recordedBytes)),
      hashes: this.hashes.slice(),
      finalHash: this.hash(),
      score: this.referee.score,
    };
  }

  private get names(): readonly [string, string] {
    const name = (seat: Seat) => (seat.kind === 'person' ? seat.name : seat.player.name);
    return [name(this.seats[0]), name(this.seats[1])];
  }

  /** People are `Person` to everybody who reads a record. */
  private get recordedNames(): readonly [string, string] {
    const people = this.seats.filter(isPersons).length;
    const recorded = (name: string, seat: Seat, number: number) => {
      if (!isPersons(seat)) return recordedName(name);
      return people === 2 ? `Person ${number}` : 'Person';
    };
    const [left, right] = this.names;
    return [recorded(left, this.seats[0], 1), recorded(right, this.seats[1], 2)];
  }

  /** Where the only person sits. */
  private get person(): 0 | 1 | null {
    const [left, right] = this.seats;
    if (isPersons(left) === isPersons(right)) return null;
    return isPersons(left) ? 0 : 1;
  }

  private choose(people: readonly [PersonInput, PersonInput]): void {
    const { simulation, rallies, seats } = this;
    const choosing = seats.some(
      (seat) => seat.kind === 'player' && choosesAt(rallies.ticks, seat.player, simulation),
    );
    if (choosing) simulation.observe(this.state, this.observations);
    this.chooseFor(0, people[0]);
    this.chooseFor(1, people[1]);
  }

  private chooseFor(seat: 0 | 1, input: PersonInput): void {
    const { simulation, rallies } = this;
    const sitting = this.seats[seat];
    const action = this.actionOf[seat];
    if (sitting.kind === 'person') simulation.personAction(input, rallies.ticks, action, seat);
    else if (choosesAt(rallies.ticks, sitting.player, simulation)) {
      sitting.player.act(this.observations, seat, action);
    }
  }

  private recordActions(): void {
    if (this.recordedBytes + 2 > this.recorded.length) {
      const longer = new Uint8Array(2 * this.recorded.length);
      longer.set(this.recorded);
      this.recorded = longer;
    }
    this.recorded[this.recordedBytes++] = this.code.encode(this.actions, 0);
    this.recorded[this.recordedBytes++] = this.code.encode(this.actions, this.actions.length / 2);
  }
}

function isPersons(seat: Seat): boolean {
  return seat.kind === 'person' || seat.isPerson === true;
}
