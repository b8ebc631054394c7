import type Phaser from 'phaser';
import { actionSize, type EnvironmentSpec, type ScriptedPlayer, seatsOf } from '../contract';
import type { Worlds } from '../game/engine/arena-environment';
import type { Hands } from './actions';
import type { AgentDefinition } from './agent-definition';
import { agentSpec } from './agent-spec';
import { agentsOf } from './agents-of';
import type { Surroundings } from './ambience';
import type { GameStepper } from './game-stepper';
import { LiveAgent } from './live-agent';
import { LiveScene } from './live-scene';
import { scriptedPlayers } from './scripted-players';
import { Sights } from './sights';

/**
 * One game as arenas: one, of an agent or of two that meet, or as many as there are bodies. Those share the scene, so they
 * step together; one whose episode is over is put back where its next is first looked at, and nothing acts on it until then.
 */
export class LiveGame<Scene extends Phaser.Scene> implements Worlds {
  readonly spec: EnvironmentSpec;
  readonly arenas: number;
  /** To be met by agents of this game alone: they look at its scene. */
  readonly scripted: readonly ScriptedPlayer[];
  private readonly definition: AgentDefinition<Scene>;
  private readonly live: LiveScene<Scene>;
  private readonly sights: Sights<Scene>;
  private readonly agents: readonly LiveAgent<Scene>[];
  private readonly seats: number;
  private readonly actionSize: number;
  /** 1 where a body is to be put back. */
  private readonly mustBegin: Uint8Array;
  /** Whether the scene is to be begun anew before anything else, of which all bodies have to hear. */
  private isStale = false;
  private isLeft = false;

  /** Made once, so that a step makes none. */
  private readonly hands: { scene: Scene; who: number } & Pick<Hands<Scene>, 'press' | 'point'>;

  /**
   * Begins a first episode, from which names and sizes come.
   *
   * @throws PlaytrainError `bad-environment` where the game has no such scene, or the agent sees nothing in it.
   */
  static async open<Scene extends Phaser.Scene>(
    stepper: GameStepper,
    definition: AgentDefinition<Scene>,
    surroundings: Surroundings,
  ): Promise<LiveGame<Scene>> {
    return new LiveGame(definition, await LiveScene.open(stepper, definition, surroundings));
  }

  private constructor(definition: AgentDefinition<Scene>, live: LiveScene<Scene>) {
    this.definition = definition;
    this.live = live;
    this.agents = Array.from(
      { length: agentsOf(definition) },
      (_, who) => new LiveAgent(definition, live.scene, who),
    );
    this.sights = live.within(() => new Sights(definition, live.scene));
    this.spec = agentSpec(definition, this.sights);
    this.seats = seatsOf(this.spec);
    this.arenas = this.agents.length / this.seats;
    this.actionSize = actionSize(this.spec.actionSpace);
    this.mustBegin = new Uint8Array(this.arenas);
    this.scripted = scriptedPlayers(definition, (task) => live.within(() => task(live.scene)));
    this.hands = {
      scene: live.scene,
      who: 0,
      press: live.inputs.press,
      point: live.inputs.point,
    };
  }

  /** Begins the scene, and an episode of every arena in it. */
  beginAll(): void {
    this.isStale = true;
    for (let arena = 0; arena < this.arenas; arena++) this.begin(arena);
    for (let arena = 0; arena < this.arenas; arena++) this.beginBody(arena);
  }

  begin(arena: number): void {
    if (this.definition.bodies !== undefined) {
      this.mustBegin[arena] = 1;
      return;
    }
    this.live.begin();
    for (let seat = 0; seat < this.seats; seat++) this.beginAgent(seat);
  }

  move(actions: Float32Array, isMoving: (arena: number) => boolean): void {
    const { live, arenas, seats } = this;
    for (let arena = 0; arena < arenas; arena++) if (isMoving(arena)) this.beginBody(arena);
    try {
      live.step(() => {
        for (let who = 0; who < arenas * seats; who++) {
          if (isMoving(Math.floor(who / seats))) this.act(actions, who);
        }
      });
      this.isLeft = live.isLeft();
    } catch (error) {
      this.isStale = true;
      throw error;
    }
    if (this.isLeft) this.isStale = true;
  }

  step(arena: number, _actions: Float32Array, terms: Float64Array): boolean {
    const { live, seats, agents } = this;
    const termsEach = this.spec.rewardTerms.length;
    return live.within(() => {
      let isOver = this.isLeft;
      for (let seat = 0; seat < seats; seat++) {
        isOver = agents[arena * seats + seat]!.outcome(terms, seat * termsEach) || isOver;
      }
      return isOver;
    });
  }

  observe(arena: number, observations: Float32Array): void {
    const { live, seats, sights } = this;
    this.beginBody(arena);
    live.within(() => {
      for (let seat = 0; seat < seats; seat++) {
        sights.write(live.scene, observations, seat * sights.space.size, arena * seats + seat);
      }
    });
  }

  /** Lets go of what agents hold. */
  release(): void {
    this.live.within(() => this.live.inputs.release());
  }

  /** Live games forbid nothing. */
  mask(): void {}

  readonly settle = (): Promise<void> => this.live.settle();

  private act(actions: Float32Array, who: number): void {
    const { hands } = this;
    hands.scene = this.live.scene;
    hands.who = who;
    this.definition.does.apply(hands, actions, who * this.actionSize);
  }

  /** Puts a body back whose episode is over. */
  private beginBody(arena: number): void {
    if (this.mustBegin[arena] === 0) return;
    if (this.isStale) {
      this.live.begin();
      this.isStale = false;
      this.mustBegin.fill(1);
    }
    this.live.within(() => this.definition.begin?.(this.live.scene, arena));
    this.beginAgent(arena);
    this.mustBegin[arena] = 0;
  }

  private beginAgent(who: number): void {
    const { live, sights, agents } = this;
    live.within(() => {
      agents[who]!.begin(live.scene);
      sights.begin(live.scene, who);
    });
  }
}
