import {
  type DecisionOutcome,
  type EnvironmentSpec,
  type EnvironmentState,
  type EpisodeEnding,
  interruptions,
  seatsOf,
} from '../../contract';
import { EndingRing, endingsKept } from './ending-ring';

/** The parts of an environment’s plain data that a ledger keeps. */
export type LedgerState = Pick<
  EnvironmentState,
  | 'episodeTicks'
  | 'episodeRewardTerms'
  | 'rewardTerms'
  | 'terminated'
  | 'truncated'
  | 'interrupted'
  | 'lengthTicks'
  | 'finalObservations'
>;

/**
 * The book of M arenas' episodes: what each came to so far, and what the decision under way will be told. Knows nothing
 * of how an arena is moved.
 */
export class EpisodeLedger {
  /** As in `DecisionEnvironment`. */
  readonly episodeTicks: Int32Array; // [M]
  readonly episodeRewardTerms: Float64Array; // [N, terms]
  readonly lastRewardTerms: Float64Array; // [N, terms]
  private readonly seats: number;
  private readonly rowTerms: number; // seats · terms

  // Since the last decision.
  private readonly decisionTerms: Float64Array; // [N, terms]
  private readonly decisionTermsOf: readonly Float64Array[]; // each [seats, terms]
  private readonly terminated: Uint8Array; // [N]
  private readonly truncated: Uint8Array; // [N]
  private readonly interrupted: Uint8Array; // [N]
  private readonly lengthTicks: Int32Array; // [N]
  private readonly finalObservations: Float32Array; // [N, obs]
  private readonly finalObservationsOf: readonly Float32Array[]; // each [seats, obs]

  private readonly endings: EndingRing;

  constructor(spec: EnvironmentSpec, arenas: number) {
    const seats = seatsOf(spec);
    const agents = arenas * seats;
    const rowTerms = seats * spec.rewardTerms.length;
    const rowObservations = seats * spec.observationSpace.size;
    this.seats = seats;
    this.rowTerms = rowTerms;
    this.episodeTicks = new Int32Array(arenas);
    this.episodeRewardTerms = new Float64Array(arenas * rowTerms);
    this.lastRewardTerms = new Float64Array(arenas * rowTerms);
    this.decisionTerms = new Float64Array(arenas * rowTerms);
    this.terminated = new Uint8Array(agents);
    this.truncated = new Uint8Array(agents);
    this.interrupted = new Uint8Array(agents);
    this.lengthTicks = new Int32Array(agents);
    this.finalObservations = new Float32Array(arenas * rowObservations);
    // Views are made once, so that a decision makes none.
    this.decisionTermsOf = Array.from({ length: arenas }, (_, arena) =>
      this.decisionTerms.subarray(arena * rowTerms, (arena + 1) * rowTerms),
    );
    this.finalObservationsOf = Array.from({ length: arenas }, (_, arena) =>
      this.finalObservations.subarray(arena * rowObservations, (arena + 1) * rowObservations),
    );
    this.endings = new EndingRing(endingsKept, rowTerms);
  }

  /** Where the last observations of an arena's episode that ended belong, `[seats, obs]`. */
  finalOf(arena: number): Float32Array {
    return this.finalObservationsOf[arena]!;
  }

  /** An episode begins. */
  begin(arena: number): void {
    this.episodeTicks[arena] = 0;
    this.episodeRewardTerms.fill(0, arena * this.rowTerms, (arena + 1) * this.rowTerms);
  }

  /**
   * A tick passed.
   *
   * @param terms it paid, `[seats, terms]`. @param counts to the decision under way, too.
   * @returns ticks into the episode.
   */
  add(arena: number, terms: Float64Array, counts: boolean): number {
    const { rowTerms } = this;
    for (let term = 0; term < rowTerms; term++) {
      const amount = terms[term]!;
      // Most terms pay nothing at most ticks.
      if (amount === 0) continue;
      const cell = arena * rowTerms + term;
      if (counts) this.decisionTerms[cell] = this.decisionTerms[cell]! + amount;
      this.episodeRewardTerms[cell] = this.episodeRewardTerms[cell]! + amount;
    }
    const ticks = this.episodeTicks[arena]! + 1;
    this.episodeTicks[arena] = ticks;
    return ticks;
  }

  /** Tells the decision under way, which saw the episode, that it ended; its last observations are noted already. */
  report(arena: number, terminated: boolean, truncated: boolean): void {
    const [first, end] = this.agentsOf(arena);
    if (terminated) this.terminated.fill(1, first, end);
    if (truncated) this.truncated.fill(1, first, end);
    this.lengthTicks.fill(this.episodeTicks[arena]!, first, end);
  }

  /** An episode is over. */
  close(arena: number, terminated: boolean, truncated: boolean): void {
    const { rowTerms } = this;
    this.endings.add(arena, terminated, truncated, this.episodeTicks[arena]!, this.episodeRewardTerms);
    for (let cell = arena * rowTerms; cell < (arena + 1) * rowTerms; cell++) {
      this.lastRewardTerms[cell] = this.episodeRewardTerms[cell]!;
    }
  }

  /** Notes that neither rules nor limit ended the episode. @param why one of `interruptions`; the worst is told. */
  interrupt(arena: number, why: number): void {
    const [first, end] = this.agentsOf(arena);
    this.interrupted.fill(Math.max(why, this.interrupted[first]!), first, end);
  }

  /** The arena went wrong: what it did since the last decision is not reported. */
  abandon(arena: number): void {
    const [first, end] = this.agentsOf(arena);
    this.terminated.fill(0, first, end);
    this.truncated.fill(1, first, end);
    this.lengthTicks.fill(this.episodeTicks[arena]!, first, end);
    this.interrupt(arena, interruptions.fault);
    this.decisionTerms.fill(0, arena * this.rowTerms, (arena + 1) * this.rowTerms);
    this.finalOf(arena).fill(0);
  }

  /** Whether an episode that the decision under way saw ended since it was taken. */
  hasEnded(arena: number): boolean {
    const agent = arena * this.seats;
    return this.terminated[agent] !== 0 || this.truncated[agent] !== 0;
  }

  /** What an arena's agents earned since the last decision, `[seats, terms]`. */
  earnedBy(arena: number): Float64Array {
    return this.decisionTermsOf[arena]!;
  }

  /** Writes what happened since the last decision, and begins a new sum. */
  take(into: DecisionOutcome): void {
    into.finalObservations.set(this.finalObservations);
    into.rewardTerms.set(this.decisionTerms);
    into.terminated.set(this.terminated);
    into.truncated.set(this.truncated);
    into.interrupted.set(this.interrupted);
    into.lengthTicks.set(this.lengthTicks);
    this.decisionTerms.fill(0);
    this.terminated.fill(0);
    this.truncated.fill(0);
    this.interrupted.fill(interruptions.none);
  }

  takeEndings(): EpisodeEnding[] {
    return this.endings.take();
  }

  /** The ledger's own arrays, by the names of `EnvironmentState`: to be copied out of, and into. */
  get state(): LedgerState {
    return {
      episodeTicks: this.episodeTicks,
      episodeRewardTerms: this.episodeRewardTerms,
      rewardTerms: this.decisionTerms,
      terminated: this.terminated,
      truncated: this.truncated,
      interrupted: this.interrupted,
      lengthTicks: this.lengthTicks,
      finalObservations: this.finalObservations,
    };
  }

  /** Its arrays were written to: what ended before is not known any more. */
  forgetEndings(): void {
    this.endings.clear();
  }

  private agentsOf(arena: number): readonly [first: number, end: number] {
    return [arena * this.seats, (arena + 1) * this.seats];
  }
}
