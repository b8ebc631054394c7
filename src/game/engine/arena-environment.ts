import {
  type ActionComponent,
  type ArenaFault,
  actionLayout,
  areFinite,
  type DecisionEnvironment,
  type DecisionOutcome,
  type EnvironmentSpec,
  type EpisodeEnding,
  interruptions,
  PlaytrainError,
  seatsOf,
} from '../../contract';
import { actionInForce } from './action-in-force';
import { ArenaFaults, gaveNotFinite, threw, type Wrong } from './arena-faults';
import { EpisodeLedger } from './episode-ledger';

/**
 * M arenas of whatever kind, as an environment moves them: one at a time, and never beyond an episode's end. Whatever
 * is thrown here is a fault of that arena alone.
 */
export interface Worlds {
  /** Sets an arena to the start of an episode. */
  begin(arena: number): void;
  /**
   * Where arenas share one world: advances all of them that move by one tick, under `actions` `[N, actionSize]`. `step`
   * then only says what came of it in each. Where this throws, all that move went wrong.
   */
  move?(actions: Float32Array, isMoving: (arena: number) => boolean): void;
  /**
   * Advances an arena by one tick under `actions` `[seats, actionSize]` and writes each reward term into `rewardTerms`
   * `[seats, terms]`, unweighted. @returns whether the episode terminated; the arena stays as it is then.
   */
  step(arena: number, actions: Float32Array, rewardTerms: Float64Array): boolean;
  /** Writes what an arena's agents see into `observations` `[seats, obs]`. */
  observe(arena: number, observations: Float32Array): void;
  /** Writes 1 for each allowed choice, 0 for each forbidden one, into `masks` `[seats, maskSize]`. For masked spaces only. */
  mask(arena: number, masks: Uint8Array): void;
  /** As `DecisionEnvironment.settle`. */
  readonly settle?: () => Promise<void>;
}

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

/** The episodes of M arenas, whatever moves them: when each ticks, ends, begins anew, waits and is left alone. */
export class ArenaEnvironment implements DecisionEnvironment {
  /** What is seen, done and earned there. */
  readonly spec: EnvironmentSpec;
  readonly arenas: number;
  readonly agents: number;
  readonly actions: Float32Array; // [N, actionSize]
  readonly settle: (() => Promise<void>) | undefined;
  /** What episodes came to. */
  protected readonly ledger: EpisodeLedger;
  /** Where each arena is in its episode. */
  protected readonly phase: Uint8Array; // [M]

  private readonly worlds: Worlds;
  private readonly seats: number;
  private readonly components: readonly ActionComponent[];
  private readonly actionSize: number;
  private readonly faults: ArenaFaults;
  // One view an arena, and one row of each kind, made once, so that a tick makes none.
  private readonly actionsOf: readonly Float32Array[]; // each [seats, actionSize]
  private readonly tickTerms: Float64Array; // [seats, terms]
  private readonly observations: Float32Array; // [seats, obs]
  private readonly mask: Uint8Array; // [seats, mask]
  private readonly moving = (arena: number) => this.isMoving(arena);

  /**
   * Begins an episode in each arena, to wait for its first action. The first `applyActions` releases them, whether or
   * not a decision was taken before: nothing older can be under way.
   *
   * @param firstArena which of the run's arenas is the first of these.
   * @param soundTicks as `ArenaFaults`.
   */
  constructor(
    spec: EnvironmentSpec,
    worlds: Worlds,
    arenas: number,
    firstArena: number,
    soundTicks?: number,
  ) {
    const seats = seatsOf(spec);
    const { components, actions, masks } = actionLayout(spec.actionSpace);
    const rowActions = seats * actions;
    this.spec = spec;
    this.worlds = worlds;
    this.settle = worlds.settle;
    this.seats = seats;
    this.arenas = arenas;
    this.agents = arenas * seats;
    this.components = components;
    this.actionSize = actions;
    this.actions = new Float32Array(arenas * rowActions);
    this.actionsOf = Array.from({ length: arenas }, (_, arena) =>
      this.actions.subarray(arena * rowActions, (arena + 1) * rowActions),
    );
    this.phase = new Uint8Array(arenas);
    this.tickTerms = new Float64Array(seats * spec.rewardTerms.length);
    this.observations = new Float32Array(seats * spec.observationSpace.size);
    this.mask = new Uint8Array(seats * masks);
    this.ledger = new EpisodeLedger(spec, arenas);
    this.faults = new ArenaFaults(arenas, firstArena, soundTicks);
    for (let arena = 0; arena < arenas; arena++) {
      this.startEpisode(arena);
      this.phase[arena] = phases.seen;
    }
  }

  get episodeTicks(): Int32Array {
    return this.ledger.episodeTicks;
  }

  get episodeRewardTerms(): Float64Array {
    return this.ledger.episodeRewardTerms;
  }

  /** What the last decision earned, a number a term. */
  get lastRewardTerms(): Float64Array {
    return this.ledger.lastRewardTerms;
  }

  tick(): void {
    const wrong = this.moveTogether();
    for (let arena = 0; arena < this.arenas; arena++) {
      if (!this.isMoving(arena)) continue;
      if (wrong !== null) {
        this.abandonEpisode(arena, wrong);
        continue;
      }
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
        if (again !== null) throw hopeless(arena, again);
      }
      if (this.phase[arena]! === phases.unseen) this.phase[arena] = phases.seen;
      else if (this.phase[arena]! === phases.ahead) this.phase[arena] = phases.running;
    }
    this.ledger.take(into);
  }

  applyActions(actions: Float32Array, holds?: Uint8Array): void {
    if (actions.length !== this.actions.length) {
      throw new PlaytrainError(
        'bad-actions',
        `${actions.length} action numbers came for ${this.agents} agents of ${this.actionSize} each; send ${this.actions.length}.`,
      );
    }
    for (let arena = 0; arena < this.arenas; arena++) {
      if (this.isUnseen(arena) || (holds !== undefined && holds[arena] !== 0)) continue;
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

  /**
   * Begins all arenas anew, where something else than their actions moved them: nothing is learned from the decision under
   * way. Throws what the game throws.
   */
  beginAnew(): void {
    for (let arena = 0; arena < this.arenas; arena++) {
      this.ledger.abandon(arena);
      this.startEpisode(arena);
    }
  }

  takeEndings(): EpisodeEnding[] {
    return this.ledger.takeEndings();
  }

  takeFaults(): readonly ArenaFault[] {
    return this.faults.take();
  }

  /** Sets an arena to the start of an episode that no decision has seen. Throws what the game throws. */
  protected startEpisode(arena: number): void {
    this.worlds.begin(arena);
    this.ledger.begin(arena);
    this.phase[arena] = phases.unseen;
  }

  /** Ends an episode that neither rules nor limit ended; of one that nobody has seen nothing is cut. */
  protected cutEpisode(arena: number): void {
    if (this.isUnseen(arena)) return;
    this.ledger.interrupt(arena, interruptions.restart);
    let wrong: Wrong | null;
    try {
      this.endEpisode(arena, false, true);
      wrong = this.wrongOutcome(arena);
    } catch (error) {
      wrong = threw(error);
    }
    if (wrong !== null) this.abandonEpisode(arena, wrong);
  }

  /** Where arenas share one world. @returns what went wrong in all that move, or null. */
  private moveTogether(): Wrong | null {
    if (this.worlds.move === undefined || !this.phase.some(moves)) return null;
    try {
      this.worlds.move(this.actions, this.moving);
      return null;
    } catch (error) {
      return threw(error);
    }
  }

  /** One tick of an arena whose action is in force. Throws what the game throws. */
  private step(arena: number): void {
    const counts = this.phase[arena]! !== phases.ahead;
    const terminated = this.worlds.step(arena, this.actionsOf[arena]!, this.tickTerms);
    const ticks = this.ledger.add(arena, this.tickTerms, counts);
    const truncated = ticks >= this.spec.timeLimitTicks;
    if (!terminated && !truncated) return;
    this.endEpisode(arena, terminated, truncated);
    this.faults.endedWell(arena);
  }

  private endEpisode(arena: number, terminated: boolean, truncated: boolean): void {
    const { ledger } = this;
    if (this.phase[arena]! !== phases.ahead) {
      // While the arena still stands at the episode's end.
      this.worlds.observe(arena, ledger.finalOf(arena));
      ledger.report(arena, terminated, truncated);
    }
    ledger.close(arena, terminated, truncated);
    this.startEpisode(arena);
  }

  /**
   * Begins an arena anew that went wrong. What it did since the last decision is not reported.
   *
   * @throws PlaytrainError `bad-environment` where that is no help.
   */
  private abandonEpisode(arena: number, wrong: Wrong): void {
    this.faults.add(arena, this.ledger.episodeTicks[arena]!, wrong);
    this.ledger.abandon(arena);
    try {
      this.startEpisode(arena);
    } catch (error) {
      throw hopeless(arena, threw(error));
    }
  }

  /** Whether no decision has seen the arena's episode yet, so that no answer can be meant for it. */
  private isUnseen(arena: number): boolean {
    const phase = this.phase[arena]!;
    return phase === phases.unseen || phase === phases.ahead;
  }

  private isMoving(arena: number): boolean {
    return moves(this.phase[arena]!);
  }

  /** Writes what an arena's agents see and may do. @returns what is wrong with it, or null. */
  private view(arena: number, into: DecisionOutcome): Wrong | null {
    const { observations, mask } = this;
    try {
      this.worlds.observe(arena, observations);
      if (mask.length > 0) this.worlds.mask(arena, mask);
    } catch (error) {
      return threw(error);
    }
    into.observations.set(observations, arena * observations.length);
    if (mask.length > 0) into.masks.set(mask, arena * mask.length);
    return this.wrongObservation(observations, 'observation component');
  }

  /** @returns what is wrong with what an arena did since the last decision, or null. */
  private wrongOutcome(arena: number): Wrong | null {
    const earned = this.ledger.earnedBy(arena);
    for (let i = 0; i < earned.length; i++) {
      // As the record will hold it.
      const amount = Math.fround(earned[i]!);
      if (Number.isFinite(amount)) continue;
      const name = this.spec.rewardTerms[i % this.spec.rewardTerms.length]?.name;
      return gaveNotFinite(amount, `reward term “${name}”`);
    }
    if (!this.ledger.hasEnded(arena)) return null;
    return this.wrongObservation(this.ledger.finalOf(arena), 'final observation’s component');
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
      this.actions[own + i] = actionInForce(this.components[i]!, source[offset + i]!, i, agent);
    }
  }
}

/** Whether ticks move an arena in this phase. */
function moves(phase: number): boolean {
  return phase === phases.running || phase === phases.ahead;
}

/** What a declaration is at fault for says so itself, and what to mend. */
function hopeless(arena: number, { what, error }: Wrong): PlaytrainError {
  if (error instanceof PlaytrainError && error.code === 'bad-environment') return error;
  const cure = error === undefined ? '; mend the game’s rules' : '';
  return new PlaytrainError(
    'bad-environment',
    `Arena ${arena} ${what}, at an episode’s very start, so it cannot even be begun anew${cure}.`,
    { cause: error },
  );
}
