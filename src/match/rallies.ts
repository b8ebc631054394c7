import {
  actionSize,
  type EpisodeEnding,
  maskSize,
  PlaytrainError,
  type Simulation,
  seatsOf,
} from '../contract';
import { hashBytes } from '../game/engine/state-hash';
import { SeededRandom } from '../random/seeded-random';

/** Of serves that are drawn until the one who is to serve does; each is as likely to. */
const mostDraws = 100;

/** Rallies as they stand at a moment, to be gone on from. Plain data. */
export interface RalliesSnapshot {
  readonly state: Float64Array; // [stateSize]
  readonly previousState: Float64Array; // [stateSize]
  readonly actions: Float32Array; // [2, actionSize]
  readonly episodeTerms: Float64Array; // [2, terms]
  readonly random: readonly number[];
  readonly rallyTicks: number;
  readonly playedTicks: number;
  readonly over: boolean;
}

/**
 * One arena in which two players meet rally after rally, from one seed. Between two calls its state and generator
 * follow from the seed and the rally ticks played, whatever pauses lay between.
 *
 * @throws PlaytrainError `bad-environment` for a game in which nobody meets, that names no winner, or that masks
 * actions.
 */
export class Rallies {
  readonly simulation: Simulation;
  readonly state: Float64Array; // [stateSize]
  readonly previousState: Float64Array; // [stateSize]
  /** In force, [2, actionSize]. */
  readonly actions: Float32Array;
  private random: SeededRandom;
  private readonly winTerm: number;
  private readonly server: 0 | 1 | null;
  private readonly tickTerms: Float64Array; // [2, terms]
  private readonly episodeTerms: Float64Array; // [2, terms]
  private rallyTicks = 0;
  private playedTicks = 0;
  private over = false;

  /** @param server who serves every rally, in a game in which somebody serves; null leaves it to chance. */
  constructor(simulation: Simulation, seed: number, server: 0 | 1 | null = null) {
    const { game, rewardTerms, winTerm, actionSpace, stateSize } = simulation;
    this.winTerm = rewardTerms.findIndex(({ name }) => name === winTerm);
    if (seatsOf(simulation) !== 2 || this.winTerm < 0 || maskSize(actionSpace) > 0) {
      throw new PlaytrainError(
        'bad-environment',
        `Nobody can play a match of “${game}”; choose a game with two seats, a term that says who won, and no masks.`,
      );
    }
    this.simulation = simulation;
    this.state = new Float64Array(stateSize);
    this.previousState = new Float64Array(stateSize);
    this.actions = new Float32Array(2 * actionSize(actionSpace));
    this.tickTerms = new Float64Array(2 * rewardTerms.length);
    this.episodeTerms = new Float64Array(2 * rewardTerms.length);
    this.random = SeededRandom.fromSeed(seed);
    this.server = server;
    this.begin();
  }

  /** Ticks of the rally that is running, or was last. */
  get ticks(): number {
    return this.rallyTicks;
  }

  /** Ticks of all rallies so far. */
  get totalTicks(): number {
    return this.playedTicks;
  }

  /** True from a rally's last tick until the next begins. */
  get rallyIsOver(): boolean {
    return this.over;
  }

  /** Sets the next rally up. */
  begin(): void {
    let draws = 0;
    do {
      this.simulation.reset(this.state, this.random);
      draws += 1;
    } while (!this.isWantedServe() && draws < mostDraws);
    this.previousState.set(this.state);
    this.actions.fill(0);
    this.episodeTerms.fill(0);
    this.rallyTicks = 0;
    this.over = false;
  }

  /** One tick under the actions in force. @returns how the rally ended, or null while it runs. */
  step(): EpisodeEnding | null {
    const { simulation, state, tickTerms, episodeTerms } = this;
    this.previousState.set(state);
    const terminated = simulation.step(state, this.actions, tickTerms);
    for (let i = 0; i < tickTerms.length; i++) episodeTerms[i] = episodeTerms[i]! + tickTerms[i]!;
    this.rallyTicks += 1;
    this.playedTicks += 1;
    const truncated = this.rallyTicks >= simulation.timeLimitTicks;
    if (!terminated && !truncated) return null;
    this.over = true;
    return {
      arena: 0,
      terminated,
      truncated,
      lengthTicks: this.rallyTicks,
      rewardTerms: Array.from(episodeTerms),
    };
  }

  private isWantedServe(): boolean {
    const { server, simulation, state } = this;
    return server === null || simulation.serverOf === undefined || simulation.serverOf(state) === server;
  }

  /** Time passes and nothing moves. */
  rest(): void {
    this.previousState.set(this.state);
  }

  /** The seat that won a rally; null where the time limit ended it, or both won as much. */
  winnerOf({ terminated, rewardTerms }: EpisodeEnding): 0 | 1 | null {
    const terms = rewardTerms.length / 2;
    const ahead = (rewardTerms[this.winTerm] ?? 0) - (rewardTerms[terms + this.winTerm] ?? 0);
    if (!terminated || ahead === 0) return null;
    return ahead > 0 ? 0 : 1;
  }

  snapshot(): RalliesSnapshot {
    const { state, previousState, actions, episodeTerms, random, rallyTicks, playedTicks, over } = this;
    return {
      state: state.slice(),
      previousState: previousState.slice(),
      actions: actions.slice(),
      episodeTerms: episodeTerms.slice(),
      random: random.state(),
      rallyTicks,
      playedTicks,
      over,
    };
  }

  /** Goes on from a moment of the same game's rallies, whatever was played since. */
  restore(snapshot: RalliesSnapshot): void {
    this.state.set(snapshot.state);
    this.previousState.set(snapshot.previousState);
    this.actions.set(snapshot.actions);
    this.episodeTerms.set(snapshot.episodeTerms);
    this.random = SeededRandom.fromState(snapshot.random);
    this.rallyTicks = snapshot.rallyTicks;
    this.playedTicks = snapshot.playedTicks;
    this.over = snapshot.over;
  }

  /** Of state and generator; equal hashes mean equal futures under equal actions. */
  hash(): number {
    return hashBytes(Int32Array.from(this.random.state()), hashBytes(this.state));
  }
}
