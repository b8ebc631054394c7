import type Phaser from 'phaser';
import {
  type Controller,
  controllers,
  DecisionBatch,
  type DecisionShape,
  decisionShape,
  type EnvironmentSpec,
} from '../contract';
import type { AgentDefinition } from './agent-definition';
import { agentSpec } from './agent-spec';
import { HeldKeys, type KeyName } from './held-keys';
import { isSceneRunning } from './scene-status';
import { Sights } from './sights';

/** Steps for which an episode may be over before the scene is begun anew: the game may do so itself, after showing it. */
const stepsUntilBegun = 90;

/**
 * The agent in the game that is seen: it looks every few steps, asks, and does what was answered until the next answer.
 * The game goes its own way, and waits for nothing.
 */
export class SeenAgent<Scene extends Phaser.Scene> {
  readonly spec: EnvironmentSpec;
  private readonly game: Phaser.Game;
  private readonly definition: AgentDefinition<Scene>;
  private readonly ask: (question: DecisionBatch) => void;
  private readonly sights: Sights<Scene>;
  private readonly heldKeys: HeldKeys;
  private readonly shape: DecisionShape;

  private action: Float32Array | null = null;
  private pressed: KeyName[] = [];
  private isAsking = false;
  private nextNumber = 0;
  private steps = 0;
  private stepsOver = 0;
  private isOn = true;
  /** Whose policy it plays by: the newest, or a frozen one. */
  controller: Controller = controllers.cast;
  private readonly forget = () => this.sights.begin(this.scene);

  /** @param ask sends a question, whose answer comes back by `answered`. The scene must run. */
  constructor(game: Phaser.Game, definition: AgentDefinition<Scene>, ask: (question: DecisionBatch) => void) {
    this.game = game;
    this.definition = definition;
    this.ask = ask;
    this.sights = new Sights(definition, this.scene);
    this.spec = agentSpec(definition, this.sights);
    this.shape = decisionShape(this.spec, 1);
    this.heldKeys = new HeldKeys(game, () => game.loop.time);
    this.scene.events.on('create', this.forget);
  }

  /** The scene is let go of. */
  end(): void {
    this.setOn(false);
    this.scene.events.off('create', this.forget);
  }

  /** Whether the agent plays; otherwise the game is a person's. */
  setOn(on: boolean): void {
    this.isOn = on;
    this.action = null;
    this.heldKeys.hold([]);
  }

  /** Who answers is (again) there, and knows of no question. */
  connected(): void {
    this.isAsking = false;
    this.nextNumber = 0;
  }

  answered(answer: DecisionBatch): void {
    if (!this.isAsking || answer.number !== this.nextNumber - 1) return;
    this.isAsking = false;
    this.action = answer.actions.slice();
  }

  /** To be called before each step of the game. */
  beforeStep(): void {
    if (!this.isOn || this.action === null || !isSceneRunning(this.scene)) return;
    this.pressed = [];
    const press = (names: readonly KeyName[]) => this.pressed.push(...names);
    this.definition.does.apply({ scene: this.scene, press }, this.action, 0);
    this.heldKeys.hold(this.pressed);
  }

  /** To be called after each step of the game. */
  afterStep(): void {
    if (!this.isOn || !isSceneRunning(this.scene)) return;
    this.steps += 1;
    this.beginAfterEnd();
    if (this.steps % this.definition.every !== 0 || this.isAsking) return;
    const question = new DecisionBatch(this.shape);
    this.sights.write(this.scene, question.observations);
    question.controllers.fill(this.controller);
    question.number = this.nextNumber;
    this.nextNumber += 1;
    this.isAsking = true;
    this.ask(question);
  }

  private beginAfterEnd(): void {
    const { ends, reset, scene: key } = this.definition;
    this.stepsOver = ends?.(this.scene) === true ? this.stepsOver + 1 : 0;
    if (this.stepsOver < stepsUntilBegun) return;
    this.stepsOver = 0;
    if (reset === undefined) this.game.scene.getScene(key).scene.restart();
    else reset(this.game);
  }

  private get scene(): Scene {
    return this.game.scene.getScene<Scene>(this.definition.scene);
  }
}
