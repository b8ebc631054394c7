import Phaser from 'phaser';
import type { EnvironmentSpec, ScriptedPlayer } from '../contract';
import type { SeededWorlds } from '../game/engine/seeded-worlds';
import { stream } from '../random/stream';
import type { AgentDefinition } from './agent-definition';
import { Ambience } from './ambience';
import { GameStepper } from './game-stepper';
import { LiveGame } from './live-game';
import { stepMs } from './step-length';

/** Of a game's own time at its first episode here: later than whatever it saw while it started. */
const firstMs = 3_600_000;
/** Between the ends of an episode's time and the next one's beginning. */
const marginSteps = 1_000;

/**
 * A live game, seen or not, whose episodes begin from a seed: two copies that begin from the same one as often as each
 * other, and are played alike, come to the same. Its time and chance are its own from then on, and only this moves it.
 */
export class SeededLive<Scene extends Phaser.Scene> implements SeededWorlds {
  readonly spec: EnvironmentSpec;
  readonly arenas: number;
  readonly scripted: readonly ScriptedPlayer[];
  private readonly ambience: Ambience;
  private readonly stepper: GameStepper;
  private readonly live: LiveGame<Scene>;
  private readonly spanMs: number;
  private begun = 0;

  /**
   * Begins the agent's scene of a game that only this moves from now on.
   *
   * @throws PlaytrainError `bad-environment` where the agent does not fit the game.
   */
  static async open<Scene extends Phaser.Scene>(
    game: Phaser.Game,
    definition: AgentDefinition<Scene>,
    ambience: Ambience = new Ambience(stream({ seed: 0, purpose: 'worlds' })),
  ): Promise<SeededLive<Scene>> {
    const stepper = new GameStepper(game, ambience, performance.now());
    const live = await LiveGame.open(stepper, definition, ambience);
    return new SeededLive(ambience, stepper, live, (definition.limit + marginSteps) * stepMs);
  }

  private constructor(ambience: Ambience, stepper: GameStepper, live: LiveGame<Scene>, spanMs: number) {
    this.ambience = ambience;
    this.stepper = stepper;
    this.live = live;
    this.spanMs = spanMs;
    this.spec = live.spec;
    this.arenas = live.arenas;
    this.scripted = live.scripted;
  }

  /** Whether steps draw the game: the last of a frame. */
  set draws(on: boolean) {
    this.stepper.draws = on;
  }

  beginFrom(seed: number): void {
    const { stepper, ambience, live } = this;
    const { draws } = stepper;
    stepper.draws = false;
    stepper.goTo(firstMs + this.begun * this.spanMs);
    this.begun += 1;
    ambience.sow(stream({ seed, purpose: 'worlds' }));
    stepper.within(() => Phaser.Math.RND.sow([`playtrain ${seed}`]));
    live.beginAll();
    stepper.draws = draws;
  }

  begin(arena: number): void {
    this.live.begin(arena);
  }

  move(actions: Float32Array, isMoving: (arena: number) => boolean): void {
    this.live.move(actions, isMoving);
  }

  step(arena: number, actions: Float32Array, terms: Float64Array): boolean {
    return this.live.step(arena, actions, terms);
  }

  observe(arena: number, observations: Float32Array): void {
    this.live.observe(arena, observations);
  }

  /** Live games forbid nothing. */
  mask(): void {}
}
