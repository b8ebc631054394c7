import type Phaser from 'phaser';
import {
  actionSize,
  type Controller,
  controllers,
  DecisionBatch,
  type DecisionShape,
  decisionShape,
  type EnvironmentSpec,
} from '../contract';
import type { AgentDefinition } from './agent-definition';
import { agentSpec } from './agent-spec';
import { agentsOf } from './agents-of';
import { HeldInputs } from './held-inputs';
import { isSceneRunning } from './scene-status';
import { Sights } from './sights';

/** Steps for which an episode may be over before the scene is begun anew: the game may do so itself, after showing it. */
const stepsUntilBegun = 90;

/** Fills in the actions of a question at once. */
export type Rival = (question: DecisionBatch) => void;

/**
 * The agents in the game that is seen, mostly one: they look every few steps, ask together, and do what was answered until
 * the next answer. The game goes its own way, and waits for nothing.
 */
export class SeenAgent<Scene extends Phaser.Scene> {
  readonly spec: EnvironmentSpec;
  private readonly game: Phaser.Game;
  private readonly definition: AgentDefinition<Scene>;
  private readonly ask: (question: DecisionBatch) => void;
  private readonly sights: Sights<Scene>;
  private readonly inputs: HeldInputs;
  private readonly shape: DecisionShape;
  private readonly actionSize: number;

  /** In force, `[N, actionSize]`; of those that were answered since they play. */
  private readonly actions: Float32Array;
  private readonly isAnswered: boolean[];
  /** Whom the agent plays; the others are a person's. */
  private readonly isOn: boolean[];
  private isAsking = false;
  private nextNumber = 0;
  private steps = 0;
  /** Whose policy it plays by: the newest, or a frozen one. */
  controller: Controller = controllers.cast;
  /** Who plays in its place, if anybody: it is asked nothing meanwhile, and so misses no number. */
  rival: Rival | null = null;
  /** For how long each one's episode has been over. */
  private readonly stepsOver: number[];
  private readonly forget = () => this.beginSights();

  /** @param ask sends a question, whose answer comes back by `answered`. The scene must run. */
  constructor(game: Phaser.Game, definition: AgentDefinition<Scene>, ask: (question: DecisionBatch) => void) {
    const agents = agentsOf(definition);
    this.game = game;
    this.definition = definition;
    this.ask = ask;
    this.sights = new Sights(definition, this.scene);
    this.spec = agentSpec(definition, this.sights);
    this.shape = decisionShape(this.spec, definition.bodies ?? 1);
    this.actionSize = actionSize(this.spec.actionSpace);
    this.actions = new Float32Array(agents * this.actionSize);
    this.isAnswered = Array.from({ length: agents }, () => false);
    this.isOn = Array.from({ length: agents }, () => true);
    this.stepsOver = Array.from({ length: agents }, () => 0);
    this.inputs = new HeldInputs(game, () => game.loop.time);
    this.scene.events.on('create', this.forget);
  }

  /** The scene is let go of. */
  end(): void {
    this.setOn(false);
    this.scene.events.off('create', this.forget);
  }

  /** Whether the agent plays; otherwise the game is a person's. @param who one of several; all where it is left out. */
  setOn(on: boolean, who?: number): void {
    for (let agent = 0; agent < this.isOn.length; agent++) {
      if (who !== undefined && who !== agent) continue;
      this.isOn[agent] = on;
      this.isAnswered[agent] = false;
    }
    if (!this.isAnswered.includes(true)) this.inputs.release();
  }

  /** Who answers is (again) there, and knows of no question. */
  connected(): void {
    this.isAsking = false;
    this.nextNumber = 0;
  }

  answered(answer: DecisionBatch): void {
    if (!this.isAsking || answer.number !== this.nextNumber - 1) return;
    this.isAsking = false;
    // What was asked before a rival took over is too late.
    if (this.rival === null) this.play(answer);
  }

  private play({ actions }: DecisionBatch): void {
    this.actions.set(actions);
    this.isOn.forEach((on, agent) => {
      this.isAnswered[agent] = on;
    });
  }

  /** To be called before each step of the game. */
  beforeStep(): void {
    if (!this.isAnswered.includes(true) || !isSceneRunning(this.scene)) return;
    const { press, point } = this.inputs;
    this.isAnswered.forEach((isAnswered, who) => {
      if (!isAnswered) return;
      this.definition.does.apply(
        { scene: this.scene, who, press, point },
        this.actions,
        who * this.actionSize,
      );
    });
    this.inputs.hold();
  }

  /** To be called after each step of the game. */
  afterStep(): void {
    if (!this.isOn.includes(true) || !isSceneRunning(this.scene)) return;
    this.steps += 1;
    this.beginAfterEnd();
    if (this.steps % this.definition.every !== 0) return;
    if (this.rival !== null) {
      const question = this.question();
      this.rival(question);
      this.play(question);
      return;
    }
    if (this.isAsking) return;
    const question = this.question();
    question.number = this.nextNumber;
    this.nextNumber += 1;
    this.isAsking = true;
    this.ask(question);
  }

  /** What is seen now, and who plays; not numbered yet. */
  private question(): DecisionBatch {
    const question = new DecisionBatch(this.shape);
    const { size } = this.spec.observationSpace;
    this.isOn.forEach((on, who) => {
      this.sights.write(this.scene, question.observations, who * size, who);
      question.controllers[who] = on ? this.controller : controllers.person;
    });
    return question;
  }

  /** Where the game does not do so itself. */
  private beginAfterEnd(): void {
    const { ends, bodies, begin } = this.definition;
    for (let who = 0; who < this.stepsOver.length; who++) {
      this.stepsOver[who] = ends?.(this.scene, who) === true ? this.stepsOver[who]! + 1 : 0;
      if (this.stepsOver[who]! < stepsUntilBegun) continue;
      this.stepsOver.fill(0, ...(bodies === undefined ? [] : [who, who + 1]));
      if (bodies !== undefined) {
        begin?.(this.scene, who);
        this.sights.begin(this.scene, who);
      } else this.beginAnew();
    }
  }

  /** Begins the scene anew, which went wrong. */
  beginAnew(): void {
    const { reset, scene: key } = this.definition;
    this.inputs.release();
    if (reset === undefined) this.game.scene.getScene(key).scene.restart();
    else reset(this.game);
  }

  private beginSights(): void {
    for (let who = 0; who < this.isOn.length; who++) this.sights.begin(this.scene, who);
  }

  private get scene(): Scene {
    return this.game.scene.getScene<Scene>(this.definition.scene);
  }
}
