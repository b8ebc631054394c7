import {
  type ArenaFault,
  type Controller,
  controllers,
  DecisionBatch,
  type DecisionEnvironment,
  decisionShape,
  type PersonInput,
  type Simulation,
  seatsOf,
  type VectorEnvironment,
} from '../../contract';
import { FixedClock } from './clock';

/** What happens at a due tick whose action has not arrived: the last action stays in force, or the tick waits. */
export type WhenActionIsLate = 'hold' | 'wait';

/** What is to be known of a game besides its arenas: who sits there, and what a person's input stands for. */
export type PersonsGame = Pick<Simulation, 'seats' | 'personAction'>;

/** At most this much wall time is caught up after a pause of the page, so that it does not race. */
const longestCatchUpMs = 100;
/** The largest finite speed that is caught up in full. */
const fastestPace = 64;

/**
 * Turns passing time into ticks and ticks into questions for the actor.
 *
 * Time comes in as an argument, never from a clock, so that a test can play a whole run by hand. At most one
 * question is open. A question is asked as soon as its tick is over, so that the answer has until the next due
 * tick to arrive; an answer that is in time acts on exactly the state it was computed for.
 */
export class Driver<Environment extends DecisionEnvironment = VectorEnvironment> {
  readonly environment: Environment;
  private readonly simulation: PersonsGame;
  private readonly intervalTicks: number;
  private readonly seats: number;
  /** As wished, for the next question; and as the answer in force was asked for; `[N]`. */
  private readonly controllerOf: Uint8Array;
  private readonly controllerInForce: Uint8Array;
  private readonly personAction: Float32Array;

  private batch: DecisionBatch | null;
  private nextNumber = 0;
  private asked = false;
  private ticksToDecision = 0;
  private answeredBefore = false;
  private heldSinceAsked = false;

  private readonly clock: FixedClock;
  private lastMs: number | null = null;
  private dueTicks = 0;
  private stepCredit = 0;
  private eased = false;

  /** What people hold down, by agent. */
  private readonly people = new Map<number, PersonInput>();
  private recordedDecisions: number | null = null;
  private lateCount = 0;
  private tickCount = 0;

  /** How many times real time; Infinity for as fast as answers come. */
  speed = 1;
  running = true;
  whenActionIsLate: WhenActionIsLate = 'hold';
  /** Hears of every question, by its number, while the arenas stand as it tells. */
  whenAsked: ((question: number) => void) | null = null;
  /** Called after every tick, under whose actions it happened still in force. */
  afterTick: () => void = () => {};

  constructor(simulation: PersonsGame, environment: Environment, intervalTicks: number) {
    this.simulation = simulation;
    this.environment = environment;
    this.intervalTicks = intervalTicks;
    const { tickMs } = environment.spec;
    const maximumCatchUpTicks = Math.ceil((longestCatchUpMs * fastestPace) / tickMs);
    this.clock = new FixedClock({ tickMs, maximumCatchUpTicks });
    this.seats = seatsOf(simulation);
    this.controllerOf = new Uint8Array(environment.agents);
    this.controllerInForce = new Uint8Array(environment.agents);
    this.batch = new DecisionBatch(decisionShape(environment.spec, environment.arenas));
    this.personAction = new Float32Array(this.batch.shape.actionSize);
  }

  /** Decisions whose action was not there when a frame needed it. */
  get lateDecisions(): number {
    return this.lateCount;
  }

  /** Decisions recorded for the learner since the run began, by the last answer; null before the first. */
  get decisions(): number | null {
    return this.recordedDecisions;
  }

  /** Ticks since the driver was made. */
  get ticks(): number {
    return this.tickCount;
  }

  /** True while the game runs at no more than 1× because the actor has nowhere to record. */
  get isEased(): boolean {
    return this.eased;
  }

  /** What went wrong in single arenas since the last call. */
  takeFaults(): readonly ArenaFault[] {
    return this.environment.takeFaults();
  }

  /** How far the moment to draw lies between the last two states, 0 to 1. */
  blend(): number {
    if (!this.running || this.pace() === Infinity || this.dueTicks > 0) return 1;
    return this.clock.blend();
  }

  /** Who acts for an agent. */
  controller(agent: number): Controller {
    return this.controllerOf[agent] as Controller;
  }

  /** Takes hold at the next decision. */
  setController(agent: number, controller: Controller): void {
    this.controllerOf[agent] = controller;
  }

  /** What the person who plays `agent` holds down now. */
  setPersonInput(agent: number, input: PersonInput): void {
    this.people.set(agent, input);
  }

  /** Lets one tick happen while paused. */
  step(): void {
    this.stepCredit += 1;
  }

  /** Forgets an open question: its worker is gone, and a new one counts from 0. */
  reconnect(): void {
    this.batch = new DecisionBatch(decisionShape(this.environment.spec, this.environment.arenas));
    this.nextNumber = 0;
    this.asked = false;
    this.ticksToDecision = 0;
    this.answeredBefore = false;
    this.eased = false;
  }

  /** A frame is about to be drawn: due ticks happen now, held if need be. @returns a question to send, or null. */
  frame(nowMs: number): DecisionBatch | null {
    return this.advance(nowMs, this.whenActionIsLate === 'hold' && this.pace() !== Infinity);
  }

  /** Time has passed. @returns a question to send, or null. */
  wake(nowMs: number): DecisionBatch | null {
    return this.advance(nowMs, false);
  }

  /** The actor answered. @returns the next question, or null when no further tick is due. */
  answer(batch: DecisionBatch, nowMs: number): DecisionBatch | null {
    if (!this.asked || batch.number !== this.nextNumber - 1) return null;
    this.batch = batch;
    this.asked = false;
    this.answeredBefore = true;
    this.heldSinceAsked = false;
    this.eased = batch.buffersFull;
    this.recordedDecisions = batch.decisions;
    this.controllerInForce.set(batch.controllers);
    this.environment.applyActions(batch.actions);
    this.ticksToDecision = this.intervalTicks;
    return this.advance(nowMs, false);
  }

  private pace(): number {
    return this.eased ? Math.min(1, this.speed) : this.speed;
  }

  private advance(nowMs: number, force: boolean): DecisionBatch | null {
    this.collectTime(nowMs);
    let question: DecisionBatch | null = null;
    for (;;) {
      if (this.ticksToDecision === 0) {
        if (!this.asked) question = this.ask();
        // Before the first answer there is no action to hold.
        if (!force || !this.answeredBefore || !this.mayTick()) return question;
        if (!this.heldSinceAsked) this.lateCount += 1;
        this.heldSinceAsked = true;
        this.tick();
      } else {
        if (!this.mayTick()) return question;
        this.tick();
        this.ticksToDecision -= 1;
      }
    }
  }

  private mayTick(): boolean {
    if (!this.running) return this.stepCredit > 0;
    return this.pace() === Infinity || this.dueTicks >= 1;
  }

  private tick(): void {
    if (!this.running) this.stepCredit -= 1;
    else if (this.pace() !== Infinity) this.dueTicks -= 1;
    for (const [agent, input] of this.people) {
      if (this.controllerInForce[agent] !== controllers.person) continue;
      const seat = agent % this.seats;
      const episodeTick = this.environment.episodeTicks[(agent - seat) / this.seats] ?? 0;
      this.simulation.personAction(input, episodeTick, this.personAction, seat);
      this.environment.applyAction(agent, this.personAction);
    }
    this.environment.tick();
    this.tickCount += 1;
    this.afterTick();
  }

  private ask(): DecisionBatch | null {
    const batch = this.batch;
    if (batch === null) return null;
    this.environment.takeDecision(batch);
    this.whenAsked?.(this.nextNumber);
    batch.controllers.set(this.controllerOf);
    batch.number = this.nextNumber;
    this.nextNumber += 1;
    this.batch = null;
    this.asked = true;
    return batch;
  }

  private collectTime(nowMs: number): void {
    const elapsedMs = this.lastMs === null ? 0 : Math.max(0, nowMs - this.lastMs);
    // Frames are stamped with the moment at which drawing began, which may lie before the answer that came last.
    this.lastMs = Math.max(this.lastMs ?? nowMs, nowMs);
    const pace = this.pace();
    if (!this.running || pace === Infinity) {
      this.dueTicks = 0;
      this.clock.reset();
      return;
    }
    this.stepCredit = 0;
    const { tickMs } = this.environment.spec;
    const most = Math.max(1, Math.floor((longestCatchUpMs * pace) / tickMs));
    this.dueTicks = Math.min(most, this.dueTicks + this.clock.advance(elapsedMs, pace));
  }
}
