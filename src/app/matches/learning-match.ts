import { controllers, type MatchSpeed, type MatchView, type Simulation, type Stage } from '../../contract';
import type { Driver } from '../../game/engine/driver';
import { Match } from '../../match/match';
import type { MatchPlayer } from '../../match/player';
import type { MatchRecord } from '../../match/record';
import { Countdown } from './countdown';
import type { MatchStageOptions, OnCourt } from './on-court';
import { TakenArena } from './taken-arena';

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

/**
 * A match in the run's first arena: the learner in one seat and a person in the other, so that what happens is
 * experience like all other. The arena begins anew from the match's seed.
 *
 * The score is kept, and what is drawn comes, from a match of two puppets beside it that do at every tick what was
 * done in the arena. So it can be recorded and repeated like any match.
 */
export class LearningMatch implements OnCourt {
  private readonly options: LearningMatchOptions;
  private readonly arena: TakenArena;
  private readonly puppets: Match;
  private readonly countdown: Countdown;
  /** What is drawn: the puppets' states after the run's last tick and the one before. */
  private readonly state: Float64Array;
  private readonly previousState: Float64Array;
  private readonly episodeTicks = new Int32Array(1);
  private pointTicksLeft = 0;
  private tickCount = 0;
  private isPaused = false;
  private hasLeft = false;
  readonly speed: MatchSpeed = '1';

  /** Takes the arena; `leave` gives it back. */
  constructor(options: LearningMatchOptions) {
    const { simulation, driver, personSeat, seed, countdownTicks } = options;
    this.options = options;
    this.countdown = new Countdown(countdownTicks * simulation.tickMs);
    this.arena = new TakenArena(driver, personSeat, seed, (hasMoved) => this.follow(hasMoved));
    this.puppets = puppetMatch(options, this.arena);
    this.state = this.puppets.state.slice();
    this.previousState = this.puppets.state.slice();
    options.setPace({ running: false });
  }

  get view(): MatchView {
    const { view } = this.puppets;
    const { personSeat: person } = this.options;
    if (!this.countdown.isOver) {
      return { ...view, person, phase: 'countdown', countdownSeconds: this.countdown.seconds };
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
    this.countdown.rest();
    this.setPace();
  }

  /** It is learned from at game speed. */
  setSpeed(): void {}

  frame(nowMs: number): void {
    const counts = !this.isPaused && !this.hasLeft && this.options.isReady();
    if (this.countdown.frame(nowMs, counts)) this.setPace();
  }

  stage(options: MatchStageOptions): Stage {
    return {
      arenas: 1,
      stateSize: this.state.length,
      states: this.state,
      previousStates: this.previousState,
      actions: this.puppets.actions,
      episodeTicks: this.episodeTicks,
      blend: () => this.arena.blend(),
      focusedArena: () => 0,
      focus: () => {},
      controller: () => controllers.person,
      takeEndings: () => this.puppets.takeEndings(),
      match: () => this.view,
      theme: () => options.theme(),
      reducedMotion: () => options.reducedMotion(),
      typeScale: () => options.typeScale?.() ?? 1,
      sound: () => options.sound(),
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
    this.arena.giveBack();
    this.options.setPace(null);
  }

  private setPace(): void {
    if (!this.hasLeft) this.options.setPace({ running: !this.isPaused && this.countdown.isOver });
  }

  /** The run has ticked. */
  private follow(hasMoved: boolean): void {
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

/** A match of two who do what is done in the arena. */
function puppetMatch(options: LearningMatchOptions, arena: TakenArena): Match {
  const { simulation, personSeat, names, seed, pointsToWin } = options;
  const puppet = (name: string): MatchPlayer => ({
    id: name,
    name,
    act: (_observations, seat, action) => action.set(arena.action(seat)),
  });
  return new Match({
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
}
