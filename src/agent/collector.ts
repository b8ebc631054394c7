import {
  type ArenaFault,
  DecisionBatch,
  type DecisionEnvironment,
  decisionShape,
  type EpisodeRecord,
} from '../contract';
import type { Actor } from './actor';
import type { CollectedNotes, FullRollout } from './full-rollout';
import { StateNotes } from './state-notes';

/** A rollout that a collector filled. */
export interface CollectedRollout extends FullRollout {
  readonly collected: CollectedNotes;
}

export interface CollectorOptions {
  readonly environment: DecisionEnvironment;
  /** Made for as many arenas. */
  readonly actor: Actor;
  readonly decisionIntervalTicks: number;
  /** Which of the run's arenas the environment's first is. */
  readonly firstArena: number;
  /** Wall time, milliseconds, from any start; only measures. */
  readonly clock: () => number;
}

/**
 * Plays headless: an environment, an actor, and nothing that one has to wait for the other with. Knows no thread; who
 * calls `decide` says how fast it goes, and gives rollouts back through the actor.
 *
 * No person and no frozen policy plays here; where agents meet, the actor casts the learner's opponents.
 */
export class Collector {
  readonly actor: Actor;
  private readonly environment: DecisionEnvironment;
  private readonly decisionIntervalTicks: number;
  private readonly firstArena: number;
  private readonly clock: () => number;
  private readonly batch: DecisionBatch;
  private readonly notes: StateNotes;
  /** Decisions since the last full rollout, and those among them that ended an episode: one entry an episode. */
  private step = 0;
  /** Of the decision under way, where it goes by frames. */
  private ticksLeft = 0;
  private episodeSteps: number[] = [];
  private faults: ArenaFault[] = [];

  /** Sees the arenas as they stand. @throws PlaytrainError `bad-environment` when what they show is not numbers. */
  constructor({ environment, actor, decisionIntervalTicks, firstArena, clock }: CollectorOptions) {
    this.environment = environment;
    this.notes = new StateNotes(environment);
    this.actor = actor;
    this.decisionIntervalTicks = decisionIntervalTicks;
    this.firstArena = firstArena;
    this.clock = clock;
    this.batch = new DecisionBatch(decisionShape(environment.spec, environment.arenas));
    environment.takeDecision(this.batch);
    actor.observe(this.batch, clock());
  }

  /** Episodes that the last decision ended, named by the run's arenas. */
  get endedEpisodes(): readonly EpisodeRecord[] {
    return this.actor.endedEpisodes.map((episode) => ({
      ...episode,
      arena: episode.arena + this.firstArena,
    }));
  }

  /** Notes the states of one of the run's arenas in rollouts that begin from now on; of another collector's none. */
  noteStates(arena: number | null): void {
    const own = arena === null ? -1 : arena - this.firstArena;
    this.notes.want(own >= 0 && own < this.environment.arenas ? own : null);
  }

  /**
   * One decision of all arenas: chooses actions for what was last seen, plays their ticks and sees what came of them.
   *
   * @returns the rollout that this filled, or null.
   * @throws PlaytrainError `bad-environment`, `bad-actions` or `not-finite`.
   */
  decide(): CollectedRollout | null {
    const { environment } = this;
    this.act();
    for (let tick = 0; tick < this.decisionIntervalTicks; tick++) environment.tick();
    return this.observe();
  }

  /** As `decide`, in a game that waits for more than ticks. */
  async decideSettled(): Promise<CollectedRollout | null> {
    const { environment } = this;
    this.act();
    for (let tick = 0; tick < this.decisionIntervalTicks; tick++) {
      environment.tick();
      await environment.settle?.();
    }
    return this.observe();
  }

  /**
   * One tick, for whoever goes by frames: the first of a decision chooses its actions, the last sees what came of them.
   *
   * @returns and throws as `decide`.
   */
  tick(): CollectedRollout | null {
    if (this.ticksLeft === 0) {
      this.act();
      this.ticksLeft = this.decisionIntervalTicks;
    }
    this.environment.tick();
    this.ticksLeft -= 1;
    return this.ticksLeft === 0 ? this.observe() : null;
  }

  /** Whether its game waits for more than ticks. */
  get hasToSettle(): boolean {
    return this.environment.settle !== undefined;
  }

  /** Chooses actions for what was last seen, and puts them in force. Its ticks and `observe` follow. */
  private act(): void {
    const { actor, batch, environment } = this;
    this.notes.decides(this.step === 0);
    actor.act(batch, this.clock());
    environment.applyActions(batch.actions);
  }

  /** Sees what came of the last actions. @returns the rollout that this filled, or null. */
  private observe(): CollectedRollout | null {
    const { actor, batch, environment } = this;
    environment.takeDecision(batch);
    batch.number += 1;
    for (const fault of environment.takeFaults()) this.faults.push(fault);
    const full = actor.observe(batch, this.clock());
    for (const _ of actor.endedEpisodes) this.episodeSteps.push(this.step);
    this.step += 1;
    if (full === null) return null;
    const { firstArena, episodeSteps } = this;
    const faults = [...this.faults, ...(full.faults ?? [])];
    this.step = 0;
    this.episodeSteps = [];
    this.faults = [];
    const states = this.notes.take();
    const collected = { firstArena, episodeSteps, ...(states && { states }) };
    return { ...full, faults, collected };
  }
}
