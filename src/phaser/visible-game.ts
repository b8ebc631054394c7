import type Phaser from 'phaser';
import {
  type Controller,
  controllers,
  type EnvironmentSpec,
  type EpisodeEnding,
  type ScriptedPlayer,
} from '../contract';
import type { AgentDefinition } from './agent-definition';
import { hearNobody, hearPerson } from './heard';
import { paced } from './paced';
import { sceneRuns } from './scene-status';
import { scriptedPlayers } from './scripted-players';
import { type Rival, SeenAgent } from './seen-agent';
import { SeenEpisodes } from './seen-episodes';

type AnyAgent = AgentDefinition<Phaser.Scene>;
type AnySeen = SeenAgent<Phaser.Scene>;

/** A live game on the page, with the place where its agent sits. It stands still until somebody lets it go. */
export class VisibleGame {
  readonly game: Phaser.Game;
  readonly definition: AnyAgent;
  readonly spec: EnvironmentSpec;
  /** What the game is drawn in; null where it is somewhere on the page already. */
  readonly element: HTMLElement | null;
  isRunning = false;
  /** Steps since it was opened. */
  steps = 0;
  /** Called with episodes that ended, as they are seen. */
  onEndings: (endings: readonly EpisodeEnding[]) => void = () => {};
  private stepsAsked = 0;
  private readonly episodes: SeenEpisodes<Phaser.Scene>;
  private player: Controller = controllers.cast;
  private seated: AnySeen | null = null;
  private rival: Rival | null = null;
  private readonly leave: () => void;
  private dismiss: () => void = () => {};

  /**
   * @param element what the game is drawn in. @returns once the agent's scene runs.
   * @throws PlaytrainError `bad-environment` where the game has no such scene.
   */
  static async of(
    game: Phaser.Game,
    definition: AnyAgent,
    element: HTMLElement | null,
  ): Promise<VisibleGame> {
    await sceneRuns(game, definition.scene);
    return new VisibleGame(game, definition, element);
  }

  private constructor(game: Phaser.Game, definition: AnyAgent, element: HTMLElement | null) {
    this.game = game;
    this.definition = definition;
    this.element = element;
    const first = new SeenAgent(game, definition, () => {});
    this.spec = first.spec;
    first.end();
    hearNobody(game);
    this.episodes = new SeenEpisodes(game, definition);
    this.leave = paced(
      game,
      {
        beforeStep: () => this.seated?.beforeStep(),
        afterStep: () => this.stepped(),
      },
      { mayStep: () => this.mayStep() },
    );
  }

  /** Lets an agent play, in place of whoever did. @param ask as for `SeenAgent`. */
  seat(ask: ConstructorParameters<typeof SeenAgent>[2]): AnySeen {
    this.empty();
    this.seated = new SeenAgent(this.game, this.definition, (question) => {
      this.episodes.write(question);
      ask(question);
    });
    this.setPlayer(this.player);
    return this.seated;
  }

  /** Those that its agent declares, who look at the game as it is seen. */
  get scripted(): readonly ScriptedPlayer[] {
    const { game, definition } = this;
    return scriptedPlayers(definition, (task) => task(game.scene.getScene(definition.scene)));
  }

  /** Who plays against a person, in the place of the agent; null for the agent. */
  setRival(rival: Rival | null): void {
    this.rival = rival;
    this.seatRival();
  }

  /** Begins the scene anew, in which somebody sits. */
  beginAnew(): void {
    this.seated?.beginAnew();
  }

  /** Who plays: the agent's newest policy, a frozen one, or a person by the game's own keys. */
  setPlayer(player: Controller): void {
    const isPerson = player === controllers.person;
    this.player = player;
    if (this.seated !== null) {
      this.seatRival();
      this.seated.setOn(true);
      // Where several play, a person takes the first one's place.
      if (isPerson) this.seated.setOn(false, 0);
      // The others are still played by whoever played them.
      else this.seated.controller = player;
    }
    this.dismiss();
    this.dismiss = isPerson ? hearPerson(this.game) : () => {};
  }

  /** No agent plays any more. */
  empty(): void {
    this.seated?.end();
    this.seated = null;
  }

  /** Lets one step happen while the game stands still. */
  step(): void {
    this.stepsAsked += 1;
  }

  /** The game goes its own way again. */
  close(): void {
    this.empty();
    this.dismiss();
    this.episodes.end();
    this.leave();
  }

  private seatRival(): void {
    if (this.seated !== null) this.seated.rival = this.player === controllers.person ? this.rival : null;
  }

  private stepped(): void {
    this.steps += 1;
    const endings = this.episodes.step();
    this.seated?.afterStep();
    if (endings.length > 0) this.onEndings(endings);
  }

  private mayStep(): boolean {
    if (this.isRunning) return true;
    if (this.stepsAsked === 0) return false;
    this.stepsAsked -= 1;
    return true;
  }
}
