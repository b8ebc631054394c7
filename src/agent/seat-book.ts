import {
  controllers,
  type DecisionBatch,
  type EnvironmentSpec,
  type EpisodeRecord,
  type Hyperparameters,
  type Opponents,
  type Policy,
  seatsOf,
} from '../contract';
import type { ArenaOrigin } from '../random/stream';
import { Casting, type Opponent, opponentName } from './casting';
import { EpisodeTracker } from './episode-tracker';

/**
 * Knows who sits where, arena by arena, and what becomes of their episodes: which agents are the learner's own, whom it
 * meets, and how that ended.
 */
export class SeatBook {
  private readonly seats: number;
  /** N. */
  private readonly agents: number;
  private readonly terms: number;
  /** Where among the reward terms winning is counted; −1 where agents do not meet. */
  private readonly winTerm: number;
  private readonly casting: Casting;
  private readonly episodes: EpisodeTracker;
  /** Amount of the win term in the running episode, `[N]`. */
  private readonly wins: Float64Array;
  /** 1 while nobody but those who were cast has played in the running episode, `[M]`. */
  private readonly asCast: Uint8Array;
  /** Made once, so that a decision makes none. */
  private readonly metBy = (agent: number) => this.met(agent);

  /** Draws everybody's first parts. */
  constructor(spec: EnvironmentSpec, settings: Hyperparameters, opponents: Opponents, origin: ArenaOrigin) {
    const { arenas, decisionIntervalTicks } = settings;
    this.seats = seatsOf(spec);
    this.agents = arenas * this.seats;
    this.terms = spec.rewardTerms.length;
    this.winTerm = spec.rewardTerms.findIndex(({ name }) => name === spec.winTerm);
    this.casting = new Casting(spec, settings, opponents, origin);
    this.episodes = new EpisodeTracker(this.agents, this.seats, decisionIntervalTicks);
    this.wins = new Float64Array(this.agents);
    this.asCast = new Uint8Array(arenas).fill(1);
  }

  /** The learner's episodes that ended in the outcome last noted. */
  get endedEpisodes(): readonly EpisodeRecord[] {
    return this.episodes.latest;
  }

  /** The learner's episodes that ended since the last call. */
  takeEpisodes(): readonly EpisodeRecord[] {
    return this.episodes.take();
  }

  /** Leaves out the episodes that are running, and those that ended and were not taken. */
  forgetEpisodes(): void {
    this.episodes.forget();
  }

  /** Shares and window hold from the next episode of each arena on. */
  setSettings(settings: Hyperparameters): void {
    this.casting.setSettings(settings);
  }

  addPast(policy: Policy): void {
    this.casting.addPast(policy);
  }

  arenaOf(agent: number): number {
    return Math.floor(agent / this.seats);
  }

  /**
   * Whether an agent is the learner's own. Where a person or a frozen policy sits, the other seat is.
   *
   * @param controllerOf `[N]`, as in `DecisionBatch`.
   */
  isOwn(controllerOf: Uint8Array, agent: number): boolean {
    if (controllerOf[agent] !== controllers.cast) return false;
    if (this.seats === 1) return true;
    const first = this.arenaOf(agent) * this.seats;
    for (let other = first; other < first + this.seats; other++) {
      if (controllerOf[other] !== controllers.cast) return true;
    }
    return this.casting.isOwn(agent);
  }

  /** Who was cast to sit opposite the learner in the arena of `agent`. */
  opponentOf(agent: number): Opponent {
    return this.casting.opponent(this.arenaOf(agent));
  }

  /** Somebody who was not cast plays `agent`. */
  takenOver(agent: number): void {
    this.asCast[this.arenaOf(agent)] = 0;
  }

  /**
   * Notes what a decision brought, and casts the arenas anew whose episode it ended.
   *
   * @param rewards weighted and unscaled, `[N]`; null where it is not known what they came of.
   * @param own 1 where the agent was the learner's own, `[N]`.
   * @param note whether episodes that end here are noted.
   */
  note(outcome: DecisionBatch, rewards: Float64Array | null, own: Uint8Array, note: boolean): void {
    this.countWins(outcome);
    if (rewards === null) this.episodes.skip(outcome);
    else this.episodes.step(rewards, own, outcome, note, this.metBy);
    for (let agent = 0; agent < this.agents; agent++) {
      if (outcome.terminated[agent] === 0 && outcome.truncated[agent] === 0) continue;
      this.wins[agent] = 0;
      if (agent % this.seats !== 0) continue;
      this.asCast[this.arenaOf(agent)] = 1;
      this.casting.recast(this.arenaOf(agent));
    }
  }

  private countWins({ rewardTerms }: DecisionBatch): void {
    if (this.winTerm < 0) return;
    for (let agent = 0; agent < this.agents; agent++) {
      this.wins[agent] = this.wins[agent]! + rewardTerms[agent * this.terms + this.winTerm]!;
    }
  }

  /** Whom the learner met in the episode that has just ended, and how it went; undefined where others than the cast played. */
  private met(agent: number): EpisodeRecord['against'] {
    const arena = this.arenaOf(agent);
    if (this.winTerm < 0 || this.asCast[arena] === 0) return undefined;
    const other = 2 * arena * this.seats + 1 - agent;
    const ahead = this.wins[agent]! - this.wins[other]!;
    return {
      opponent: opponentName(this.casting.opponent(arena)),
      outcome: ahead > 0 ? 1 : ahead < 0 ? -1 : 0,
    };
  }
}
