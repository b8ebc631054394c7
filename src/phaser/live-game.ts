import type Phaser from 'phaser';
import { type EnvironmentSpec, PlaytrainError } from '../contract';
import type { Hands } from './actions';
import type { AgentDefinition } from './agent-definition';
import { listenTo, type Told } from './agent-of';
import { agentSpec } from './agent-spec';
import type { Ambience } from './ambience';
import type { Earning, ToldEarning } from './earnings';
import type { GameStepper } from './game-stepper';
import { HeldKeys, type KeyName } from './held-keys';
import { queuedOperations } from './phaser-internals';
import { isSceneRunning } from './scene-status';
import { Sights } from './sights';

/** Steps that a scene may take until it runs. */
const mostStepsToRun = 120;
/** Operations that end what goes on in the scene that they are on. */
const leavingOperations = ['stop', 'switch', 'remove', 'sleep'];

/** One game with the scene that an agent lives in: begun, stepped and seen from outside, its own code untouched. */
export class LiveGame<Scene extends Phaser.Scene> {
  readonly spec: EnvironmentSpec;
  private readonly definition: AgentDefinition<Scene>;
  private readonly stepper: GameStepper;
  private readonly ambience: Ambience;
  private readonly heldKeys: HeldKeys;
  private readonly sights: Sights<Scene>;
  private readonly earnings: readonly (readonly [name: string, earning: Earning<Scene>])[];
  /** Scenes that run besides the agent's when its first episode begins. */
  private readonly companions: readonly string[];
  /** What the scene was first started with. */
  private readonly startData: object;

  private scene: Scene;
  private told: Told;
  private meters: readonly ((scene: Scene) => number)[] = [];
  private pressed: KeyName[] = [];
  /** Made once, so that a step makes none. */
  private readonly hands: { scene: Scene; readonly press: Hands<Scene>['press'] };

  /**
   * Begins a first episode, from which names and sizes come.
   *
   * @throws PlaytrainError `bad-environment` where the game has no such scene, or the agent sees nothing in it.
   */
  constructor(stepper: GameStepper, definition: AgentDefinition<Scene>, ambience: Ambience) {
    const { game } = stepper;
    this.stepper = stepper;
    this.definition = definition;
    this.ambience = ambience;
    this.earnings = Object.entries(definition.earns);
    this.heldKeys = new HeldKeys(game, () => stepper.nowMs);
    const scene = game.scene.getScene<Scene>(definition.scene) as Scene | null;
    if (scene === null) throw noScene(game, definition);
    this.scene = scene;
    this.told = listenTo(scene);
    // Scenes before it may load, or say what it starts with; one that waits for a person waits in vain.
    for (let step = 0; step < mostStepsToRun && !this.isRunning; step++) stepper.step();
    this.companions = keysOf(game.scene.getScenes(true)).filter((key) => key !== definition.scene);
    this.startData = { ...scene.sys.settings.data };
    this.beginScene();
    this.sights = new Sights(definition, this.scene);
    this.hands = {
      scene: this.scene,
      press: (names) => this.pressed.push(...names),
    };
    this.spec = agentSpec(definition, this.sights);
  }

  /** Begins an episode. Throws what the game throws. */
  begin(): void {
    this.beginScene();
    this.sights.begin(this.scene);
  }

  /**
   * One step of the whole game under an action.
   *
   * @param terms what it paid, unweighted `[terms]`. @returns whether the episode is over; the scene is as it was left.
   */
  step(action: Float32Array, terms: Float64Array): boolean {
    const { definition, stepper } = this;
    this.pressed = [];
    stepper.within(() => {
      this.hands.scene = this.scene;
      definition.does.apply(this.hands, action, 0);
      this.heldKeys.hold(this.pressed);
    });
    stepper.step();
    return stepper.within(() => this.outcome(terms));
  }

  /** Writes what the agent sees `[obs]`. */
  observe(observations: Float32Array): void {
    this.stepper.within(() => this.sights.write(this.scene, observations));
  }

  private beginScene(): void {
    const { definition, stepper } = this;
    this.heldKeys.hold([]);
    this.ambience.clearTimers();
    stepper.within(() => this.restart(stepper.game));
    this.scene = stepper.game.scene.getScene<Scene>(definition.scene);
    for (let step = 0; !this.isRunning; step++) {
      if (step === mostStepsToRun) throw neverRuns(definition);
      stepper.step();
    }
    this.told = listenTo(this.scene);
    this.told.clear();
    this.meters = this.earnings.map(([, earning]) => earning.meter(this.scene, definition.every));
  }

  private get isRunning(): boolean {
    return isSceneRunning(this.scene);
  }

  private outcome(terms: Float64Array): boolean {
    const { scene, told, definition } = this;
    this.earnings.forEach(([name, earning], index) => {
      terms[index] = isTold(earning) ? told.take(name) : this.meters[index]!(scene);
    });
    const [unheard] = told.unheard;
    if (unheard !== undefined) {
      throw new PlaytrainError(
        'bad-environment',
        `The scene “${definition.scene}” rewards “${unheard}”, which the agent “${definition.name}” does not earn; add “${unheard}: told()” to what it earns.`,
      );
    }
    const isEnded = definition.ends?.(scene) ?? false;
    return told.takeEnd() || isEnded || this.isLeft();
  }

  /** Whether the game leaves or restarts the scene: at its next step, so that all of it is still there. */
  private isLeft(): boolean {
    const { scene: key } = this.definition;
    if (!this.isRunning && !this.scene.scene.isPaused()) return true;
    return queuedOperations(this.stepper.game).some(
      ({ op, keyA }) => keyA === key && leavingOperations.includes(op),
    );
  }

  private restart(game: Phaser.Game): void {
    const { scene: key, reset } = this.definition;
    // Wherever the game was about to go.
    queuedOperations(game).length = 0;
    for (const other of keysOf(game.scene.getScenes(true))) {
      if (other !== key && !this.companions.includes(other)) game.scene.stop(other);
    }
    if (reset === undefined) {
      game.scene.stop(key);
      game.scene.start(key, this.startData);
    } else reset(game);
  }
}

function isTold<Scene>(earning: Earning<Scene>): earning is ToldEarning<Scene> {
  return 'isTold' in earning;
}

function keysOf(scenes: readonly Phaser.Scene[]): string[] {
  return scenes.map((scene) => scene.sys.settings.key);
}

function noScene<Scene extends Phaser.Scene>(
  game: Phaser.Game,
  { name, scene }: AgentDefinition<Scene>,
): PlaytrainError {
  const there = Object.keys(game.scene.keys).join(', ');
  return new PlaytrainError(
    'bad-environment',
    `The agent “${name}” lives in the scene “${scene}”, which the game does not have; its scenes are: ${there}.`,
  );
}

function neverRuns<Scene extends Phaser.Scene>({ scene }: AgentDefinition<Scene>): PlaytrainError {
  return new PlaytrainError(
    'bad-environment',
    `The scene “${scene}” did not begin within ${mostStepsToRun} steps; does it load files as it starts? Load them in a scene before it.`,
  );
}
