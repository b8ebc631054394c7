import type Phaser from 'phaser';
import {
  type Controller,
  controllers,
  type EnvironmentSpec,
  loadModule,
  type ScriptedPlayer,
} from '../contract';
import type { AgentDefinition } from './agent-definition';
import { agentsOf } from './agents-of';
import { hearAll, hearNobody, hearPerson } from './heard';
import type { KeyName } from './held-keys';
import { sceneRuns } from './scene-status';
import { scriptedPlayers } from './scripted-players';
import { type Rival, SeenAgent } from './seen-agent';
import { SeenEpisodes } from './seen-episodes';
import { type SeenListener, unheard } from './seen-listener';
import { type Ask, PacedPlay, type Seat, type SeenPlay, type SeenPlayers } from './seen-play';
import { StepGate } from './step-gate';

type AnyAgent = AgentDefinition<Phaser.Scene>;

/** A live game on the page, with the place where its agent sits. It stands still until somebody lets it go. */
export class VisibleGame {
  readonly game: Phaser.Game;
  readonly definition: AnyAgent;
  readonly spec: EnvironmentSpec;
  /** What the game is drawn in; null where it is somewhere on the page already. */
  readonly element: HTMLElement | null;
  /** Whether it goes on, and how far it has come. */
  readonly gate = new StepGate();
  /** Stands where the worker of its twin is expected, once it is gathered in here; null before. */
  collector: (() => Worker) | null = null;
  listener: SeenListener = unheard;
  private readonly episodes: SeenEpisodes<Phaser.Scene>;
  private players: SeenPlayers = { player: controllers.cast, person: 0, rival: null };
  private play: SeenPlay;
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
    this.play = new PacedPlay(game, definition, this.ports);
  }

  /**
   * From now on it is gathered in here, many steps a frame, since it cannot be played elsewhere: see `collector`.
   *
   * @param seed where its chance begins.
   * @throws PlaytrainError `bad-environment` where the agent does not fit the game, `not-loaded`; nobody plays it then
   * until somebody is seated.
   */
  async gatherHere(seed: number): Promise<void> {
    if (this.collector !== null) return;
    const { GatheredPlay } = await loadModule('The part that gathers', () => import('./gathered-play'));
    this.play.end();
    try {
      const play = await GatheredPlay.open(this.game, this.definition, {
        ...this.ports,
        seed,
        faulted: (error) => this.listener.faulted(error),
        failed: (error) => this.listener.failed(error),
      });
      this.play = play;
      this.collector = play.collector;
    } catch (error) {
      this.play = new PacedPlay(this.game, this.definition, this.ports);
      throw error;
    } finally {
      this.play.setPlayers(this.players);
    }
  }

  /** Lets an agent play, in place of whoever did. @param ask sends a question, whose answer comes back to the seat. */
  seat(ask: Ask): Seat {
    return this.play.seat((question) => {
      this.episodes.write(question);
      ask(question);
    });
  }

  /** Those that its agent declares, who look at the game as it is seen. */
  get scripted(): readonly ScriptedPlayer[] {
    const { game, definition } = this;
    return scriptedPlayers(definition, (task) => task(game.scene.getScene(definition.scene)));
  }

  /** Who plays against a person, in the place of the agent; null for the agent. */
  setRival(rival: Rival | null): void {
    this.setPlayers({ ...this.players, rival });
  }

  /** Whom a person takes the place of, where several play: their number. */
  setPerson(person: number): void {
    this.setPlayers({ ...this.players, person });
    if (this.players.player === controllers.person) this.hear(true);
  }

  /** Begins the scene anew, in which somebody sits. */
  beginAnew(): void {
    this.play.beginAnew();
  }

  /** Who plays: the agent's newest policy, a frozen one, or a person by the game's own keys. */
  setPlayer(player: Controller): void {
    this.setPlayers({ ...this.players, player });
    this.hear(player === controllers.person);
  }

  /** No agent plays any more. */
  empty(): void {
    this.play.empty();
  }

  /** The game goes its own way again. */
  close(): void {
    this.play.end();
    this.dismiss();
    hearAll(this.game);
    this.episodes.end();
  }

  private get ports() {
    return { mayStep: () => this.gate.mayStep(), stepped: () => this.stepped() };
  }

  /** Whether a person’s keys reach the game. */
  private hear(on: boolean): void {
    this.dismiss();
    this.dismiss = on ? hearPerson(this.game, this.keysOfOthers()) : () => {};
  }

  /** Keys that a person might press in the place of who is none. */
  private keysOfOthers(): readonly KeyName[] {
    const { does } = this.definition;
    const keysOf = (who: number) => does.keysOf?.(who) ?? [];
    const own = keysOf(this.players.person);
    const others = Array.from({ length: agentsOf(this.definition) }, (_, who) => keysOf(who)).flat();
    return others.filter((key) => !own.includes(key));
  }

  private setPlayers(players: SeenPlayers): void {
    this.players = players;
    this.play.setPlayers(players);
  }

  private stepped(): void {
    this.gate.steps += 1;
    const endings = this.episodes.step();
    if (endings.length > 0) this.listener.ended(endings);
  }
}
