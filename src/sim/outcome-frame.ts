import { type DecisionOutcome, interruptions } from '../contract';
import { aligned, headerBytes, replyTypes, writeHeader } from './protocol';

/** Nothing but flags says how a frame of outcomes begins: how many final observations follow (uint32), and zeros. */
const headBytes = 8;

/** How large what is sent of one decision is. */
export interface OutcomeSizes {
  /** M. */
  readonly arenas: number;
  readonly seats: number;
  /** Seats that the other side plays: the first ones. */
  readonly servedSeats: number;
  readonly observationSize: number;
  readonly maskSize: number;
}

/** The frame of one decision's outcome, of the seats that are served: memory that is laid out once, and written anew. */
export class OutcomeFrame {
  // A agents.
  readonly observations: Float32Array; // [A, obs]
  readonly masks: Uint8Array; // [A, mask]
  readonly rewards: Float64Array; // [A]
  /** Without final observations, header included. */
  readonly fixedBytes: number;
  private readonly sizes: OutcomeSizes;
  private readonly bytes: Uint8Array<ArrayBuffer>;
  private readonly finalCount: Uint32Array; // [1]
  private readonly terminated: Uint8Array; // [A]
  private readonly truncated: Uint8Array; // [A]
  private readonly faulted: Uint8Array; // [A]
  private readonly finals: Float32Array; // [A, obs]; the first are of the arenas that ended
  /** The frame with so many arenas' final observations, made as they are first needed. */
  private readonly frames: (Uint8Array | undefined)[];

  constructor(sizes: OutcomeSizes) {
    const { arenas, servedSeats, observationSize, maskSize } = sizes;
    this.sizes = sizes;
    const agents = arenas * servedSeats;
    const rewardsAt = headerBytes + headBytes;
    const observationsAt = rewardsAt + 8 * agents;
    const flagsAt = observationsAt + 4 * agents * observationSize;
    const masksAt = flagsAt + 3 * agents;
    this.fixedBytes = aligned(masksAt + agents * maskSize);
    const rowFloats = agents * observationSize;
    const bytes = new ArrayBuffer(this.fixedBytes + 4 * rowFloats);
    this.bytes = new Uint8Array(bytes);
    this.finalCount = new Uint32Array(bytes, headerBytes, 1);
    this.rewards = new Float64Array(bytes, rewardsAt, agents);
    this.observations = new Float32Array(bytes, observationsAt, rowFloats);
    this.terminated = new Uint8Array(bytes, flagsAt, agents);
    this.truncated = new Uint8Array(bytes, flagsAt + agents, agents);
    this.faulted = new Uint8Array(bytes, flagsAt + 2 * agents, agents);
    this.masks = new Uint8Array(bytes, masksAt, agents * maskSize);
    this.finals = new Float32Array(bytes, this.fixedBytes, rowFloats);
    this.frames = Array.from({ length: arenas + 1 }, () => undefined);
  }

  /** Whether all seats are served, so that observations and masks are written where they are sent from. */
  get isWhole(): boolean {
    return this.sizes.servedSeats === this.sizes.seats;
  }

  /** @param rewardTerms of all seats, `[N, terms]`. @param weights `[terms]`. */
  writeRewards(rewardTerms: Float32Array, weights: Float64Array): void {
    const { seats } = this.sizes;
    const { rewards, isWhole } = this;
    const terms = weights.length;
    for (let agent = 0; agent < rewards.length; agent++) {
      const own = isWhole ? agent : agent * seats;
      let reward = 0;
      for (let term = 0; term < terms; term++) reward += weights[term]! * rewardTerms[own * terms + term]!;
      rewards[agent] = reward;
    }
  }

  /** Copies what is told of an arena, as far as it was not written here. */
  writeArena(outcome: DecisionOutcome, arena: number): void {
    const { seats, servedSeats, observationSize, maskSize } = this.sizes;
    for (let seat = 0; seat < servedSeats; seat++) {
      const from = arena * seats + seat;
      const to = arena * servedSeats + seat;
      this.terminated[to] = outcome.terminated[from]!;
      this.truncated[to] = outcome.truncated[from]!;
      this.faulted[to] = outcome.interrupted[from] === interruptions.fault ? 1 : 0;
      if (this.isWhole) continue;
      copyRow(outcome.observations, from, this.observations, to, observationSize);
      copyRow(outcome.masks, from, this.masks, to, maskSize);
    }
  }

  /** Adds an arena's final observations, as the `place`-th that ended. */
  addFinals(outcome: DecisionOutcome, arena: number, place: number): void {
    this.copyFinals(outcome, arena, this.finals, place);
  }

  /** Tells an arena's final observations in place of those that it would begin with. */
  endOnFinals(outcome: DecisionOutcome, arena: number): void {
    this.copyFinals(outcome, arena, this.observations, arena);
  }

  /** @param finals of so many arenas. @returns the frame, the same memory each time. */
  with(finals: number): Uint8Array {
    const { servedSeats, observationSize } = this.sizes;
    const length = this.fixedBytes + 4 * finals * servedSeats * observationSize;
    this.finalCount[0] = finals;
    writeHeader(this.bytes, replyTypes.outcome, length - headerBytes);
    const known = this.frames[finals];
    if (known !== undefined) return known;
    const made = this.bytes.subarray(0, length);
    this.frames[finals] = made;
    return made;
  }

  private copyFinals(outcome: DecisionOutcome, arena: number, into: Float32Array, place: number): void {
    const { seats, servedSeats, observationSize } = this.sizes;
    for (let seat = 0; seat < servedSeats; seat++) {
      copyRow(
        outcome.finalObservations,
        arena * seats + seat,
        into,
        place * servedSeats + seat,
        observationSize,
      );
    }
  }
}

function copyRow<Row extends Float32Array | Uint8Array>(
  source: Row,
  from: number,
  into: Row,
  to: number,
  width: number,
): void {
  for (let i = 0; i < width; i++) into[to * width + i] = source[from * width + i]!;
}
