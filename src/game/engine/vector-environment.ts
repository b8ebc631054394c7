import {
  type ActionComponent,
  type ArenaFault,
  actionLayout,
  areFinite,
  type DecisionOutcome,
  type EnvironmentSpec,
  type EnvironmentState,
  type EpisodeEnding,
  interruptions,
  maskSize,
  PlaytrainError,
  type Simulation,
  seatsOf,
  type VectorEnvironment,
} from '../../contract';
import { randomStateSize, SeededRandom } from '../../random/seeded-random';
import { type ArenaOrigin, arenaStream } from '../../random/stream';
import { ArenaFaults, gaveNotFinite, threw, type Wrong } from './arena-faults';
import { hashBytes } from './state-hash';

/** How many copies, and where their chance comes from: each arena has a stream of its own. */
export interface VectorEnvironmentOptions {
  /** M. */
  readonly arenas: number;
  /** The run's. */
  readonly seed: number;
  /** Decisions that the run has taken already; other worlds follow than at its start. */
  readonly generation?: number;
  /** Which of the run's arenas is the first of these. */
  readonly firstArena?: number;
}

/** Endings kept for `takeEndings`; when nobody takes them the oldest are forgotten. */
export const endingsKept = 4096;

/** What an arena is doing. Values of `EnvironmentState.waiting`. */
const phases = {
  /** Ticks move it. */
  running: 0,
  /** A new episode began; its first observation has not been taken yet, so no answer can be meant for it. */
  unseen: 1,
  /** Its first observation has been taken; the next actions are meant for it. */
  seen: 2,
  /** Ticks move it under a person's actions, though its first observation has not been taken. */
  ahead: 3,
} as const;

/** The plain data by which an agent knows a simulation: it may be sent to a worker, functions may not. */
export function environmentSpec(simulation: Simulation): EnvironmentSpec {
  const { game, seats, winTerm, observationSpace, actionSpace, rewardTerms, tickMs, timeLimitTicks } =
    simulation;
  return {
    game,
    ...(seats === undefined ? {} : { seats }),
    ...(winTerm === undefined ? {} : { winTerm }),
    observationSpace,
    actionSpace,
    rewardTerms,
    tickMs,
    timeLimitTicks,
  };
}

/**
 * Sets up `arenas` copies of a simulation, each at the start of an episode and waiting for its first action.
 * The first `applyActions` releases them, whether or not a decision was taken before: nothing older can be under way.
 *
 * @throws PlaytrainError where the number of arenas or the seed cannot be used, or a masked space has no mask.
 */
export function createVectorEnvironment(
  simulation: Simulation,
  options: VectorEnvironmentOptions,
): VectorEnvironment {
  const { arenas, seed, generation = 0, firstArena = 0 } = options;
  if (!(Number.isInteger(arenas) && arenas >= 1)) {
    throw new PlaytrainError(
      'bad-settings',
      `${arenas} arenas cannot be set up; give a whole number of at least 1.`,
    );
  }
  if (!Number.isSafeInteger(seed)) {
    throw new PlaytrainError('bad-settings', `The seed is ${seed}; it must be a whole number.`);
  }
  if (maskSize(simulation.actionSpace) > 0 && simulation.mask === undefined) {
    throw new PlaytrainError(
      'bad-environment',
      `The action space of “${simulation.game}” is masked but its simulation has no mask function; write one, or drop “masked”.`,
    );
  }
  return new ArenaVector(simulation, arenas, { seed, generation, firstArena });
}

class ArenaVector implements VectorEnvironment {
  readonly spec: EnvironmentSpec;
  readonly arenas: number;
  readonly agents: number;
  readonly stateSize: number;
  readonly states: Float64Array; // [M, stateSize]
  readonly previousStates: Float64Array; // [M, stateSize]
  readonly actions: Float32Array; // [N, actionSize]
  readonly episodeTicks: Int32Array; // [M]
  readonly episodeRewardTerms: Float64Array; // [N, terms]
  readonly lastRewardTerms: Float64Array; // [N, terms]

  private readonly simulation: Simulation;
  private readonly seats: number;
  private readonly components: readonly ActionComponent[];
  private readonly actionSize: number;
  private readonly maskSize: number;
  private readonly terms: number;
  private readonly generators: SeededRandom[];
  private readonly phase: Uint8Array; // [M]

  // Since the last decision.
  private readonly decisionTerms: Float64Array; // [N, terms]
  private readonly terminated: Uint8Array; // [N]
  private readonly truncated: Uint8Array; // [N]
  private readonly interrupted: Uint8Array; // [N]
  private readonly lengthTicks: Int32Array; // [N]
  private readonly finalObservations: Float32Array; // [N, obs]

  // One view an arena, made once, so that a tick makes none.
  private readonly stateOf: Float64Array[];
  private readonly previousStateOf: Float64Array[];
  private readonly actionsOf: Float32Array[]; // each [seats, actionSize]
  private readonly finalObservationsOf: Float32Array[]; // each [seats, obs]
  private readonly tickTerms: Float64Array; // [seats, terms]
  private readonly observations: Float32Array; // [seats, obs]
  private readonly mask: Uint8Array; // [seats, mask]

  private readonly endings: EndingRing;
  private readonly faults: ArenaFaults;

  constructor(simulation: Simulation, arenas: number, origin: ArenaOrigin) {
    const observationSize = simulation.observationSpace.size;
    this.simulation = simulation;
    this.spec = environmentSpec(simulation);
    this.seats = seatsOf(simulation);
    this.arenas = arenas;
    this.agents = arenas * this.seats;
    this.stateSize = simulation.stateSize;
    const { components, actions, masks } = actionLayout(simulation.actionSpace);
    this.components = components;
    this.actionSize = actions;
    this.maskSize = masks;
    this.terms = simulation.rewardTerms.length;

    this.states = new Float64Array(arenas * this.stateSize);
    this.previousStates = new Float64Array(arenas * this.stateSize);
    this.actions = new Float32Array(this.agents * this.actionSize);
    this.episodeTicks = new Int32Array(arenas);
    this.phase = new Uint8Array(arenas);
    this.decisionTerms = new Float64Array(this.agents * this.terms);
    this.episodeRewardTerms = new Float64Array(this.agents * this.terms);
    this.lastRewardTerms = new Float64Array(this.agents * this.terms);
    this.terminated = new Uint8Array(this.agents);
    this.truncated = new Uint8Array(this.agents);
    this.interrupted = new Uint8Array(this.agents);
    this.lengthTicks = new Int32Array(this.agents);
    this.finalObservations = new Float32Array(this.agents * observationSize);
    this.tickTerms = new Float64Array(this.seats * this.terms);
    this.observations = new Float32Array(this.seats * observationSize);
    this.mask = new Uint8Array(this.seats * this.maskSize);
    this.endings = new EndingRing(endingsKept, this.seats * this.terms);
    this.faults = new ArenaFaults(arenas, origin.firstArena);

    this.generators = Array.from({ length: arenas }, (_, arena) => arenaStream(origin, 'worlds', arena));
    const rows = <T>(row: (arena: number) => T): T[] =>
      Array.from({ length: arenas }, (_, arena) => row(arena));
    const slice = (arena: number, size: number): [number, number] => [arena * size, (arena + 1) * size];
    this.stateOf = rows((arena) => this.states.subarray(...slice(arena, this.stateSize)));
    this.previousStateOf = rows((arena) => this.previousStates.subarray(...slice(arena, this.stateSize)));
    this.actionsOf = rows((arena) => this.actions.subarray(...slice(arena, this.seats * this.actionSize)));
    this.finalObservationsOf = rows((arena) =>
      this.finalObservations.subarray(...slice(arena, this.seats * observationSize)),
    );

    for (let arena = 0; arena < arenas; arena++) {
      this.startEpisode(arena);
      this.phase[arena] = phases.seen;
    }
  }

  tick(): void {
    for (let arena = 0; arena < this.arenas; arena++) {
      this.previousStateOf[arena]!.set(this.stateOf[arena]!);
      if (!this.isMoving(arena)) continue;
      try {
        this.step(arena);
      } catch (error) {
        this.abandonEpisode(arena, threw(error));
      }
    }
  }

  takeDecision(into: DecisionOutcome): void {
    for (let arena = 0; arena < this.arenas; arena++) {
      const wrong = this.view(arena, into) ?? this.wrongOutcome(arena);
      if (wrong !== null) {
        this.abandonEpisode(arena, wrong);
        const again = this.view(arena, into);
        if (again !== null) throw hopeless(arena, again.what);
      }
      if (this.phase[arena]! === phases.unseen) this.phase[arena] = phases.seen;
      else if (this.phase[arena]! === phases.ahead) this.phase[arena] = phases.running;
    }
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

  applyActions(actions: Float32Array): void {
    if (actions.length !== this.actions.length) {
      throw new PlaytrainError(
        'bad-actions',
        `${actions.length} action numbers came for ${this.agents} agents of ${this.actionSize} each; send ${this.actions.length}.`,
      );
    }
    for (let arena = 0; arena < this.arenas; arena++) {
      if (this.isUnseen(arena)) continue;
      for (let seat = 0; seat < this.seats; seat++) {
        const agent = arena * this.seats + seat;
        this.putInForce(agent, actions, agent * this.actionSize);
      }
      this.phase[arena] = phases.running;
    }
  }

  /**
   * Puts one agent's action in force: a person's, who sees the arena as it stands. Alone in its arena, it also releases
   * one whose first observation was not taken yet; what happens there until it is belongs to no decision.
   */
  applyAction(agent: number, action: Float32Array): void {
    if (!(Number.isInteger(agent) && agent >= 0 && agent < this.agents)) {
      throw new PlaytrainError(
        'bad-actions',
        `There is no agent ${agent}; the agents are 0 to ${this.agents - 1}.`,
      );
    }
    if (action.length !== this.actionSize) {
      throw new PlaytrainError(
        'bad-actions',
        `An action of ${action.length} numbers came for agent ${agent}; “${this.spec.game}” takes ${this.actionSize}.`,
      );
    }
    this.putInForce(agent, action, 0);
    if (this.seats === 1) this.phase[agent] = this.isUnseen(agent) ? phases.ahead : phases.running;
  }

  takeEndings(): EpisodeEnding[] {
    return this.endings.take();
  }

  takeFaults(): readonly ArenaFault[] {
    return this.faults.take();
  }

  restartArena(arena: number, seed: number): void {
    if (!(Number.isInteger(arena) && arena >= 0 && arena < this.arenas) || !Number.isSafeInteger(seed)) {
      throw new PlaytrainError(
        'bad-settings',
        `Arena ${arena} cannot begin anew from seed ${seed}; choose one of the arenas 0 to ${this.arenas - 1} and a whole number.`,
      );
    }
    // Of an episode nobody has seen nothing is cut.
    if (!this.isUnseen(arena)) this.cutEpisode(arena);
    this.generators[arena] = SeededRandom.fromSeed(seed);
    this.startEpisode(arena);
  }

  save(): EnvironmentState {
    return {
      states: this.states.slice(),
      episodeTicks: this.episodeTicks.slice(),
      random: this.randomStates(),
      waiting: this.phase.slice(),
      actions: this.actions.slice(),
      episodeRewardTerms: this.episodeRewardTerms.slice(),
      rewardTerms: this.decisionTerms.slice(),
      terminated: this.terminated.slice(),
      truncated: this.truncated.slice(),
      interrupted: this.interrupted.slice(),
      lengthTicks: this.lengthTicks.slice(),
      finalObservations: this.finalObservations.slice(),
    };
  }

  restore(state: EnvironmentState): void {
    const pairs: readonly (readonly [
      name: string,
      own: { readonly length: number },
      given: { readonly length: number },
    ])[] = [
      ['states', this.states, state.states],
      ['episodeTicks', this.episodeTicks, state.episodeTicks],
      ['random', { length: this.arenas * randomStateSize }, state.random],
      ['waiting', this.phase, state.waiting],
      ['actions', this.actions, state.actions],
      ['episodeRewardTerms', this.episodeRewardTerms, state.episodeRewardTerms],
      ['rewardTerms', this.decisionTerms, state.rewardTerms],
      ['terminated', this.terminated, state.terminated],
      ['truncated', this.truncated, state.truncated],
      ['interrupted', this.interrupted, state.interrupted],
      ['lengthTicks', this.lengthTicks, state.lengthTicks],
      ['finalObservations', this.finalObservations, state.finalObservations],
    ];
    for (const [name, own, given] of pairs) {
      if (own.length !== given.length) {
        throw new PlaytrainError(
          'bad-environment',
          `The saved environment’s “${name}” has ${given.length} numbers where ${this.arenas} arenas of “${this.spec.game}” need ${own.length}; restore it into an environment of the same game and number of arenas.`,
        );
      }
    }
    this.states.set(state.states);
    this.previousStates.set(state.states);
    this.episodeTicks.set(state.episodeTicks);
    this.phase.set(state.waiting);
    this.actions.set(state.actions);
    this.episodeRewardTerms.set(state.episodeRewardTerms);
    this.decisionTerms.set(state.rewardTerms);
    this.terminated.set(state.terminated);
    this.truncated.set(state.truncated);
    this.interrupted.set(state.interrupted);
    this.lengthTicks.set(state.lengthTicks);
    this.finalObservations.set(state.finalObservations);
    for (let arena = 0; arena < this.arenas; arena++) {
      const from = arena * randomStateSize;
      this.generators[arena] = SeededRandom.fromState(state.random.subarray(from, from + randomStateSize));
    }
    this.endings.clear();
  }

  hash(): number {
    let hash = hashBytes(this.states);
    hash = hashBytes(this.episodeTicks, hash);
    hash = hashBytes(this.phase, hash);
    return hashBytes(this.randomStates(), hash);
  }

  private randomStates(): Int32Array {
    const random = new Int32Array(this.arenas * randomStateSize);
    this.generators.forEach((generator, arena) => {
      random.set(generator.state(), arena * randomStateSize);
    });
    return random;
  }

  private startEpisode(arena: number): void {
    const state = this.stateOf[arena]!;
    this.simulation.reset(state, this.generators[arena]!);
    this.previousStateOf[arena]!.set(state);
    this.episodeTicks[arena] = 0;
    const terms = this.tickTerms.length;
    this.episodeRewardTerms.fill(0, arena * terms, (arena + 1) * terms);
    this.phase[arena] = phases.unseen;
  }

  /** One tick of an arena whose action is in force. Throws what the game throws. */
  private step(arena: number): void {
    const { simulation, tickTerms } = this;
    const terms = tickTerms.length;
    const ahead = this.phase[arena]! === phases.ahead;
    const terminated = simulation.step(this.stateOf[arena]!, this.actionsOf[arena]!, tickTerms);
    for (let term = 0; term < terms; term++) {
      const cell = arena * terms + term;
      if (!ahead) this.decisionTerms[cell] = this.decisionTerms[cell]! + tickTerms[term]!;
      this.episodeRewardTerms[cell] = this.episodeRewardTerms[cell]! + tickTerms[term]!;
    }
    const ticks = this.episodeTicks[arena]! + 1;
    this.episodeTicks[arena] = ticks;
    const truncated = ticks >= simulation.timeLimitTicks;
    if (!terminated && !truncated) return;
    this.endEpisode(arena, terminated, truncated);
    this.faults.endedWell(arena);
  }

  private endEpisode(arena: number, terminated: boolean, truncated: boolean): void {
    if (this.phase[arena]! !== phases.ahead) this.reportEnd(arena, terminated, truncated);
    this.endings.add(arena, terminated, truncated, this.episodeTicks[arena]!, this.episodeRewardTerms);
    const terms = this.tickTerms.length;
    for (let cell = arena * terms; cell < (arena + 1) * terms; cell++) {
      this.lastRewardTerms[cell] = this.episodeRewardTerms[cell]!;
    }
    this.startEpisode(arena);
  }

  /** To the decision under way, which saw the episode. */
  private reportEnd(arena: number, terminated: boolean, truncated: boolean): void {
    const [first, end] = this.agentsOf(arena);
    this.simulation.observe(this.stateOf[arena]!, this.finalObservationsOf[arena]!);
    if (terminated) this.terminated.fill(1, first, end);
    if (truncated) this.truncated.fill(1, first, end);
    this.lengthTicks.fill(this.episodeTicks[arena]!, first, end);
  }

  /** Ends an episode that neither rules nor limit ended. */
  private cutEpisode(arena: number): void {
    this.interrupt(arena, interruptions.restart);
    let wrong: Wrong | null;
    try {
      this.endEpisode(arena, false, true);
      wrong = this.wrongOutcome(arena);
    } catch (error) {
      wrong = threw(error);
    }
    if (wrong !== null) this.abandonEpisode(arena, wrong);
  }

  /**
   * Begins an arena anew that went wrong. What it did since the last decision is not reported.
   *
   * @throws PlaytrainError `bad-environment` where that is no help.
   */
  private abandonEpisode(arena: number, wrong: Wrong): void {
    const [first, end] = this.agentsOf(arena);
    const terms = this.tickTerms.length;
    this.faults.add(arena, this.episodeTicks[arena]!, wrong);
    this.terminated.fill(0, first, end);
    this.truncated.fill(1, first, end);
    this.lengthTicks.fill(this.episodeTicks[arena]!, first, end);
    this.interrupt(arena, interruptions.fault);
    this.decisionTerms.fill(0, arena * terms, (arena + 1) * terms);
    this.finalObservationsOf[arena]!.fill(0);
    try {
      this.startEpisode(arena);
    } catch (error) {
      throw hopeless(arena, threw(error).what);
    }
  }

  private interrupt(arena: number, why: number): void {
    const [first, end] = this.agentsOf(arena);
    this.interrupted.fill(Math.max(why, this.interrupted[first]!), first, end);
  }

  /** Whether no decision has seen the arena's episode yet, so that no answer can be meant for it. */
  private isUnseen(arena: number): boolean {
    const phase = this.phase[arena]!;
    return phase === phases.unseen || phase === phases.ahead;
  }

  private isMoving(arena: number): boolean {
    const phase = this.phase[arena]!;
    return phase === phases.running || phase === phases.ahead;
  }

  private agentsOf(arena: number): readonly [first: number, end: number] {
    return [arena * this.seats, (arena + 1) * this.seats];
  }

  /** Writes what an arena's agents see and may do. @returns what is wrong with it, or null. */
  private view(arena: number, into: DecisionOutcome): Wrong | null {
    const { simulation, observations } = this;
    const state = this.stateOf[arena]!;
    try {
      simulation.observe(state, observations);
      if (this.maskSize > 0) simulation.mask?.(state, this.mask);
    } catch (error) {
      return threw(error);
    }
    into.observations.set(observations, arena * observations.length);
    if (this.maskSize > 0) into.masks.set(this.mask, arena * this.mask.length);
    return this.wrongObservation(observations, 'observation component');
  }

  /** @returns what is wrong with what an arena did since the last decision, or null. */
  private wrongOutcome(arena: number): Wrong | null {
    const { decisionTerms, terms } = this;
    const first = arena * this.seats * terms;
    for (let i = 0; i < this.seats * terms; i++) {
      // As the record will hold it.
      const amount = Math.fround(decisionTerms[first + i]!);
      if (Number.isFinite(amount)) continue;
      const name = this.spec.rewardTerms[i % terms]?.name;
      return gaveNotFinite(amount, `reward term “${name}”`);
    }
    const agent = arena * this.seats;
    if (this.terminated[agent] === 0 && this.truncated[agent] === 0) return null;
    return this.wrongObservation(this.finalObservationsOf[arena]!, 'final observation’s component');
  }

  private wrongObservation(observations: Float32Array, part: string): Wrong | null {
    if (areFinite(observations)) return null;
    for (let i = 0; i < observations.length; i++) {
      if (Number.isFinite(observations[i]!)) continue;
      const component = i % this.spec.observationSpace.size;
      const name = this.spec.observationSpace.names[component];
      return gaveNotFinite(observations[i]!, `${part} ${component} (${name})`);
    }
    return null;
  }

  /** Copies the action that lies in `source` from `offset` on, clipped. */
  private putInForce(agent: number, source: Float32Array, offset: number): void {
    const own = agent * this.actionSize;
    for (let i = 0; i < this.actionSize; i++) {
      this.actions[own + i] = applicable(this.components[i]!, source[offset + i]!, i, agent);
    }
  }
}

function hopeless(arena: number, what: string): PlaytrainError {
  return new PlaytrainError(
    'bad-environment',
    `Arena ${arena} ${what}, at an episode’s very start, so it cannot even be begun anew; mend the game’s rules.`,
  );
}

/**
 * One number of an action as the simulation may see it: clipped where continuous.
 *
 * @throws PlaytrainError where it is not a number, or not one of the choices there are.
 */
function applicable(component: ActionComponent, value: number, index: number, agent: number): number {
  if (component.kind === 'axis') {
    const { low, high } = component;
    if (value < low) return low;
    if (value > high) return high;
    if (value >= low) return value;
    throw new PlaytrainError(
      'bad-actions',
      `The action for agent ${agent} has ${value} at component ${index}; it must be a number.`,
    );
  }
  const { count } = component;
  if (Number.isInteger(value) && value >= 0 && value < count) return value;
  throw new PlaytrainError(
    'bad-actions',
    `The action for agent ${agent} is choice ${value} at component ${index}; the choices are 0 to ${count - 1}.`,
  );
}

/** The last endings, in typed arrays of fixed length, so that an ending allocates nothing. */
class EndingRing {
  private readonly capacity: number;
  private readonly terms: number;
  private readonly arena: Int32Array;
  private readonly lengthTicks: Int32Array;
  private readonly flags: Uint8Array; // bit 0 terminated, bit 1 truncated
  private readonly rewardTerms: Float64Array; // [capacity, seats · terms]
  private next = 0;
  private held = 0;

  /** @param terms of all seats of an arena together. */
  constructor(capacity: number, terms: number) {
    this.capacity = capacity;
    this.terms = terms;
    this.arena = new Int32Array(capacity);
    this.lengthTicks = new Int32Array(capacity);
    this.flags = new Uint8Array(capacity);
    this.rewardTerms = new Float64Array(capacity * terms);
  }

  add(
    arena: number,
    terminated: boolean,
    truncated: boolean,
    lengthTicks: number,
    episodeTerms: Float64Array, // [M, seats · terms]
  ): void {
    const slot = this.next;
    this.arena[slot] = arena;
    this.lengthTicks[slot] = lengthTicks;
    this.flags[slot] = (terminated ? 1 : 0) | (truncated ? 2 : 0);
    for (let term = 0; term < this.terms; term++) {
      this.rewardTerms[slot * this.terms + term] = episodeTerms[arena * this.terms + term]!;
    }
    this.next = (slot + 1) % this.capacity;
    this.held = Math.min(this.held + 1, this.capacity);
  }

  /** Oldest first. */
  take(): EpisodeEnding[] {
    const taken: EpisodeEnding[] = [];
    const first = this.next - this.held + this.capacity;
    for (let i = 0; i < this.held; i++) {
      const slot = (first + i) % this.capacity;
      taken.push({
        arena: this.arena[slot]!,
        terminated: (this.flags[slot]! & 1) !== 0,
        truncated: (this.flags[slot]! & 2) !== 0,
        lengthTicks: this.lengthTicks[slot]!,
        rewardTerms: Array.from(this.rewardTerms.subarray(slot * this.terms, (slot + 1) * this.terms)),
      });
    }
    this.clear();
    return taken;
  }

  clear(): void {
    this.held = 0;
  }
}
