import type Phaser from 'phaser';
import { type Controller, controllers, type DecisionBatch, type EnvironmentSpec } from '../contract';
import { ArenaEnvironment } from '../game/engine/arena-environment';
import { SeededRandom } from '../random/seeded-random';
import type { CollectorHost } from '../workers/collector-host';
import { pageCollector } from '../workers/page-collector';
import type { AgentDefinition } from './agent-definition';
import { agentsOf } from './agents-of';
import { Ambience, realm } from './ambience';
import { GameStepper } from './game-stepper';
import { LiveGame } from './live-game';
import { Pacer } from './pacer';
import { replaceLoop } from './phaser-internals';
import { type Rival, SeenAgent } from './seen-agent';

/** How long the game may be stepped in one frame, so that a page of sixty frames a second keeps them. */
const turboMs = 6;

export interface GatheringOptions {
  /** Whether it takes as many steps a frame as there is time for, under virtual time; else as many as its own time takes. */
  readonly isTurbo: boolean;
  readonly seed: number;
  /** Asks for what those do who are still the agent’s while others are a person’s; the answer comes by `answered`. */
  readonly ask: (question: DecisionBatch) => void;
  /** Told what the game throws while nobody gathers; it is begun anew. */
  readonly faulted: (error: unknown) => void;
  /** Told why nothing can be gathered here any more; the game goes on. */
  readonly failed: (error: unknown) => void;
  /** Whether the game goes on at the moment; it does unless told. */
  readonly mayStep?: () => boolean;
  /** Called after each step of the game, under its own time. */
  readonly stepped?: () => void;
}

/**
 * The game that is seen, where it is what experience is gathered in, since it cannot leave its page: many steps a frame,
 * under virtual time, or as many as its time takes. The agent acts in the page's own thread.
 */
export class SeenGathering<Scene extends Phaser.Scene> {
  readonly spec: EnvironmentSpec;
  private readonly game: Phaser.Game;
  private readonly stepper: GameStepper;
  private readonly live: LiveGame<Scene>;
  private readonly environment: ArenaEnvironment;
  private readonly options: GatheringOptions;
  private readonly pacer = new Pacer();
  private readonly leave: () => void;
  private readonly wasMuted: boolean;
  private host: CollectorHost | null = null;
  /** Whether the agent’s newest policy plays everybody, so that it gathers. */
  private isOn = true;
  private readonly definition: AgentDefinition<Scene>;
  private readonly isPlayed: boolean[];
  private controller: Controller = controllers.cast;
  /** Plays those who are not a person’s while nothing is gathered. */
  private seat: SeenAgent<Scene> | null = null;
  /** Whether a collector has gathered here. */
  private isUsed = false;

  /**
   * Begins the agent's scene.
   *
   * @throws PlaytrainError `bad-environment` where the agent does not fit the game.
   */
  static async open<Scene extends Phaser.Scene>(
    game: Phaser.Game,
    definition: AgentDefinition<Scene>,
    options: GatheringOptions,
  ): Promise<SeenGathering<Scene>> {
    const { isTurbo, seed } = options;
    // Virtual time goes on from the page's, so that nothing in the game sees it turn back.
    const surroundings = isTurbo ? new Ambience(SeededRandom.fromSeed(seed), performance.timeOrigin) : realm;
    const stepper = new GameStepper(game, surroundings, performance.now());
    const live = await LiveGame.open(stepper, definition, surroundings);
    return new SeenGathering(game, definition, stepper, live, options);
  }

  private constructor(
    game: Phaser.Game,
    definition: AgentDefinition<Scene>,
    stepper: GameStepper,
    live: LiveGame<Scene>,
    options: GatheringOptions,
  ) {
    this.game = game;
    this.definition = definition;
    this.isPlayed = Array.from({ length: agentsOf(definition) }, () => true);
    this.stepper = stepper;
    this.live = live;
    this.environment = new ArenaEnvironment(live.spec, live, live.arenas, 0, definition.every + 1);
    this.options = options;
    this.spec = live.spec;
    this.wasMuted = game.sound.mute;
    this.mute(true);
    this.leave = replaceLoop(game, (nowMs) => this.frame(nowMs));
  }

  /** Stands where a collector's worker is expected. */
  collector(): Worker {
    return pageCollector(
      async () => {
        // What it was in the middle of is nobody's any more.
        if (this.isUsed) this.environment.beginAnew();
        this.isUsed = true;
        return { environment: this.environment, scripted: this.live.scripted };
      },
      (host) => {
        this.host = host;
      },
    );
  }

  /**
   * Whether the agent plays. Where it plays everybody it gathers; otherwise the game goes at its own pace, and whoever is
   * not a person's is played by what it has learned so far.
   *
   * @param who one of several; all where it is left out.
   */
  setOn(on: boolean, who?: number): void {
    this.isPlayed.forEach((_, each) => {
      if (who === undefined || who === each) this.isPlayed[each] = on;
    });
    this.seatOthers();
  }

  /**
   * Whose policy plays whoever is not a person's. While that is not the newest nothing is gathered.
   *
   * @param rival plays in its place, if anybody does.
   */
  setController(controller: Controller, rival: Rival | null = null): void {
    this.controller = controller;
    this.seatOthers();
    if (this.seat !== null) this.seat.rival = rival;
  }

  /** Begins the scene anew. */
  beginAnew(): void {
    if (this.isOn) this.environment.beginAnew();
    else this.seat?.beginAnew();
  }

  /** Who answers is (again) there, and knows of no question. */
  connected(): void {
    this.seat?.connected();
  }

  /** What `ask` has asked for. */
  answered(answer: DecisionBatch): void {
    this.seat?.answered(answer);
  }

  /** The game goes its own way again. */
  end(): void {
    this.leave();
    this.mute(false);
    this.host = null;
    this.seat?.end();
    this.live.release();
  }

  private seatOthers(): void {
    const isOn = !this.isPlayed.includes(false) && this.controller === controllers.cast;
    if (isOn !== this.isOn) {
      this.isOn = isOn;
      this.mute(isOn);
      if (isOn) this.environment.beginAnew();
      else this.live.release();
    }
    // One for all times: whoever answers counts its questions.
    if (!isOn) this.seat ??= new SeenAgent(this.game, this.definition, this.options.ask);
    if (this.seat === null) return;
    this.seat.controller = this.controller;
    this.isPlayed.forEach((on, who) => {
      this.seat?.setOn(on && !isOn, who);
    });
  }

  /** At many times its speed a game is only noise. */
  private mute(on: boolean): void {
    this.game.sound.mute = this.wasMuted || (on && this.options.isTurbo);
  }

  private frame(nowMs: number): void {
    const due = this.pacer.stepsDue(nowMs);
    const { host } = this;
    if (!this.isOn || host === null || !host.isPlaying) this.repeat(due, () => this.stepAlone());
    else if (this.options.isTurbo && host.isFrameForWork) this.gatherFor(host, turboMs);
    else this.repeat(due, () => this.tick(host));
  }

  /** The last of them is drawn. */
  private repeat(count: number, step: () => void): void {
    for (let i = 1; i <= count && this.mayStep(); i++) {
      this.stepper.draws = i === count;
      step();
    }
  }

  /** The first of them is drawn, which may be the only one. */
  private gatherFor(host: CollectorHost, durationMs: number): void {
    const endMs = performance.now() + durationMs;
    this.repeat(1, () => this.tick(host));
    this.stepper.draws = false;
    while (this.host === host && performance.now() < endMs && this.mayStep()) this.tick(host);
  }

  private mayStep(): boolean {
    return this.options.mayStep?.() ?? true;
  }

  private stepAlone(): void {
    try {
      this.stepper.within(() => this.seat?.beforeStep());
      this.stepper.step();
      this.stepper.within(() => {
        this.options.stepped?.();
        this.seat?.afterStep();
      });
    } catch (error) {
      this.options.faulted(error);
      this.environment.beginAnew();
    }
  }

  private tick(host: CollectorHost): void {
    if (this.host !== host) return;
    try {
      host.tick();
      const { stepped } = this.options;
      if (stepped !== undefined) this.stepper.within(stepped);
    } catch (error) {
      this.host = null;
      this.options.failed(error);
    }
  }
}
