import {
  actionSize,
  type Controller,
  controllers,
  type MatchSpeed,
  type MatchView,
  type Simulation,
  type Stage,
} from '../../contract';
import type { Driver } from '../../game/engine/driver';
import { Match } from '../../match/match';
import type { MatchPlayer } from '../../match/player';
import type { MatchRecord } from '../../match/record';
import { noInput } from '../../streams/input/person-input';
import type { CourtWishes, OnCourt } from './on-court';

/** The arena of the run in which people are learned from. */
const arena = 0;
/** The scene celebrates a point for so long; the next rally may have begun meanwhile. */
const pointTicks = 60;

export interface LearningMatchOptions {
  readonly simulation: Simulation;
  readonly driver: Driver;
  /** Where the person sits. */
  readonly personSeat: 0 | 1;
  /** Left, right. */
  readonly names: readonly [string, string];
  readonly seed: number;
  readonly pointsToWin: number;
  readonly countdownTicks: number;
  /** Whether the run's agent is there and answers. */
  readonly isReady: () => boolean;
  /** Lets the run go on, or stand still, at the pace of a match; null gives its own pace back. */
  readonly setPace: (pace: { readonly running: boolean } | null) => void;
}

const longestFrameMs = 100;

/**
 * A match in the run's first arena: the learner in one seat and a person in the other, so that what happens is
 * experience like all other. The arena begins anew from the match's seed.
 *
 * The score is kept, and what is drawn comes, from a match of two puppets beside it that do at every tick what was
 * done in the arena. So it can be recorded and repeated like any match.
 */
export class LearningMatch implements OnCourt {
  private readonly options: LearningMatchOptions;
  private readonly puppets: Match;
  private readonly state: Float64Array;
  private readonly previousState: Float64Array;
  private readonly episodeTicks = new Int32Array(1);
  /** Whose actions counted before, agent by agent. */
  private readonly controllersBefore: readonly Controller[];
  private countdownMs: number;
  private pointTicksLeft = 0;
  private seenTicks = 0;
  private tickCount = 0;
  private lastMs: number | null = null;
  private isPaused = false;
  private hasLeft = false;
  readonly speed: MatchSpeed = '1';

  /** Takes the arena; `leave` gives it back. */
  constructor(options: LearningMatchOptions) {
    const { simulation, driver, personSeat, names, seed, pointsToWin, countdownTicks } = options;
    this.options = options;
    this.countdownMs = countdownTicks * simulation.tickMs;
    const { environment } = driver;
    const width = actionSize(simulation.actionSpace);
    const puppet = (name: string): MatchPlayer => ({
      id: name,
      name,
      act(_observations, seat, action) {
        const first = (2 * arena + seat) * width;
        action.set(environment.actions.subarray(first, first + width));
      },
    });
    this.puppets = new Match({
      // Puppets are asked at every tick: late answers and people act at any.
      simulation: { ...simulation, decisionIntervalTicks: 1 },
      seats: [
        { kind: 'player', player: puppet(names[0]), isPerson: personSeat === 0 },
        { kind: 'player', player: puppet(names[1]), isPerson: personSeat === 1 },
      ],
      seed,
      pointsToWin,
      countdownTicks: 0,
      pointTicks: 0,
    });
    this.state = this.puppets.state.slice();
    this.previousState = this.puppets.state.slice();
    this.controllersBefore = Array.from({ length: environment.agents }, (_, agent) =>
      driver.controller(agent),
    );
    for (let agent = 0; agent < environment.agents; agent++) {
      driver.setController(agent, controllers.cast);
    }
    driver.setController(2 * arena + personSeat, controllers.person);
    driver.setPersonInput(2 * arena + personSeat, noInput);
    environment.restartArena(arena, seed);
    driver.afterTick = () => this.follow();
    options.setPace({ running: false });
  }

  get view(): MatchView {
    const { view } = this.puppets;
    const { personSeat: person, simulation, countdownTicks } = this.options;
    if (this.countdownMs > 0) {
      const countdownSeconds = Math.min(this.countdownMs, countdownTicks * simulation.tickMs) / 1000;
      return { ...view, person, phase: 'countdown', countdownSeconds };
    }
    const phase = view.phase === 'rally' && this.pointTicksLeft > 0 ? 'point' : view.phase;
    return { ...view, person, phase };
  }

  get ticks(): number {
    return this.tickCount;
  }

  get paused(): boolean {
    return this.isPaused;
  }

  /** The run stands still with it. */
  setPaused(on: boolean): void {
    this.isPaused = on;
    this.lastMs = null;
    this.setPace();
  }

  /** It is learned from at game speed. */
  setSpeed(): void {}

  frame(nowMs: number): void {
    // A stall is not to eat the countdown.
    const elapsedMs = this.lastMs === null ? 0 : Math.min(nowMs - this.lastMs, longestFrameMs);
    this.lastMs = nowMs;
    if (this.countdownMs <= 0 || this.isPaused || this.hasLeft || !this.options.isReady()) return;
    this.countdownMs -= elapsedMs;
    if (this.countdownMs <= 0) this.setPace();
  }

  stage(wishes: CourtWishes): Stage {
    const { driver } = this.options;
    return {
      arenas: 1,
      stateSize: this.state.length,
      states: this.state,
      previousStates: this.previousState,
      actions: this.puppets.actions,
      episodeTicks: this.episodeTicks,
      blend: () => driver.blend(),
      focusedArena: () => 0,
      focus: () => {},
      controller: () => controllers.person,
      takeEndings: () => this.puppets.takeEndings(),
      match: () => this.view,
      theme: () => wishes.theme(),
      reducedMotion: () => wishes.reducedMotion(),
      sound: () => wishes.sound(),
    };
  }

  record(): MatchRecord {
    return this.puppets.record();
  }

  hash(): number {
    return this.puppets.hash();
  }

  leave(): void {
    if (this.hasLeft) return;
    this.hasLeft = true;
    const { driver, setPace } = this.options;
    driver.afterTick = () => {};
    for (const [agent, before] of this.controllersBefore.entries()) driver.setController(agent, before);
    setPace(null);
  }

  private setPace(): void {
    if (!this.hasLeft) this.options.setPace({ running: !this.isPaused && this.countdownMs <= 0 });
  }

  /** The run has ticked. An arena that waits for its first action has not moved; no rally ends with its first tick. */
  private follow(): void {
    const { driver } = this.options;
    const ticks = driver.environment.episodeTicks[arena] ?? 0;
    const hasMoved = ticks !== this.seenTicks;
    this.seenTicks = ticks;
    this.previousState.set(this.state);
    if (this.pointTicksLeft > 0) this.pointTicksLeft -= 1;
    if (!hasMoved) return;
    this.puppets.tick();
    this.previousState.set(this.puppets.previousState);
    this.state.set(this.puppets.state);
    this.tickCount += 1;
    this.episodeTicks[0] = this.puppets.episodeTicks;
    if (this.puppets.view.phase === 'point') this.pointTicksLeft = pointTicks;
    if (this.puppets.isOver) this.leave();
  }
}
