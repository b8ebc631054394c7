import Phaser from 'phaser';
import { PlaytrainError } from '../contract';
import type { AgentDefinition } from './agent-definition';
import type { Surroundings } from './ambience';
import type { GameStepper } from './game-stepper';
import { HeldInputs } from './held-inputs';
import { queuedOperations } from './phaser-internals';
import { isSceneRunning } from './scene-status';

/** Steps that a scene may take until it runs. */
const mostStepsToRun = 120;
/** Operations that end what goes on in the scene that they are on. */
const leavingOperations = ['stop', 'switch', 'remove', 'sleep'];

/** The scene that agents live in, of a game that is stepped by hand: begun and moved from outside, its own code untouched. */
export class LiveScene<Scene extends Phaser.Scene> {
  private readonly definition: AgentDefinition<Scene>;
  private readonly stepper: GameStepper;
  private readonly surroundings: Surroundings;
  /** What agents do with the game's own devices. */
  readonly inputs: HeldInputs;
  /** Scenes that run besides the agent's when its first episode begins. */
  private readonly companions: readonly string[];
  /** What the scene was first started with. */
  private readonly startData: object;
  private now: Scene;

  /**
   * Begins the scene.
   *
   * @throws PlaytrainError `bad-environment` where the game has no such scene.
   */
  static async open<Scene extends Phaser.Scene>(
    stepper: GameStepper,
    definition: AgentDefinition<Scene>,
    surroundings: Surroundings,
  ): Promise<LiveScene<Scene>> {
    const { game } = stepper;
    const scene = game.scene.getScene<Scene>(definition.scene) as Scene | null;
    if (scene === null) throw noScene(game, definition);
    // Scenes before it may load, or say what it starts with; one that waits for a person waits in vain.
    for (let step = 0; step < mostStepsToRun && !isSceneRunning(scene); step++) {
      stepper.step();
      await stepper.settle();
    }
    return new LiveScene(stepper, definition, surroundings, scene);
  }

  private constructor(
    stepper: GameStepper,
    definition: AgentDefinition<Scene>,
    surroundings: Surroundings,
    scene: Scene,
  ) {
    const { game } = stepper;
    this.stepper = stepper;
    this.definition = definition;
    this.surroundings = surroundings;
    this.inputs = new HeldInputs(game, () => stepper.nowMs);
    this.now = scene;
    this.companions = keysOf(game.scene.getScenes(true)).filter((key) => key !== definition.scene);
    this.startData = { ...scene.sys.settings.data };
    this.begin();
  }

  /** As it is now. */
  get scene(): Scene {
    return this.now;
  }

  /** Begins it anew. Throws what the game throws. */
  begin(): void {
    const { definition, stepper } = this;
    this.surroundings.clearTimers();
    stepper.within(() => {
      this.inputs.release();
      this.restart(stepper.game);
    });
    this.now = stepper.game.scene.getScene<Scene>(definition.scene);
    for (let step = 0; !this.isRunning || this.isAboutToBegin; step++) {
      if (step === mostStepsToRun) throw neverRuns(definition);
      stepper.step();
    }
    stepper.within(() => stepper.moveCameras());
  }

  /** One step of the whole game. @param act what agents do before it. */
  step(act: () => void): void {
    this.stepper.within(() => {
      act();
      this.inputs.hold();
    });
    this.stepper.step();
  }

  /** As `GameStepper.settle`. */
  settle(): Promise<void> {
    return this.stepper.settle();
  }

  /** Does something between two steps, under the game's own time and chance. */
  within<Result>(task: () => Result): Result {
    return this.stepper.within(task);
  }

  /** Whether the game leaves or restarts the scene: at its next step, so that all of it is still there. */
  isLeft(): boolean {
    const { scene: key } = this.definition;
    if (!this.isRunning && !this.now.scene.isPaused()) return true;
    return queuedOperations(this.stepper.game).some(
      ({ op, keyA }) => keyA === key && leavingOperations.includes(op),
    );
  }

  /** Whether the agent’s reset began the scene as a scene would, which takes place at the next step. */
  private get isAboutToBegin(): boolean {
    const { scene: key, reset } = this.definition;
    if (reset === undefined) return false;
    return queuedOperations(this.stepper.game).some(({ keyA, keyB }) => keyA === key || keyB === key);
  }

  private get isRunning(): boolean {
    return isSceneRunning(this.now);
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

function keysOf(scenes: readonly Phaser.Scene[]): string[] {
  return scenes.map((scene) => scene.sys.settings.key);
}

function noScene<Scene extends Phaser.Scene>(
  game: Phaser.Game,
  { name, scene }: AgentDefinition<Scene>,
): PlaytrainError {
  const why = [game.config.sceneConfig].flat().some(isForeign)
    ? "its scenes extend another copy of Phaser. In Vitest, set test.server.deps.inline to ['playtrain']"
    : `its scenes are: ${Object.keys(game.scene.keys).join(', ')}`;
  return new PlaytrainError(
    'bad-environment',
    `The agent “${name}” lives in the scene “${scene}”, which the game does not have; ${why}.`,
  );
}

/** Whether a scene's class extends one that is not this Phaser’s. */
function isForeign(scene: unknown): boolean {
  return (
    typeof scene === 'function' &&
    Object.getPrototypeOf(scene) !== Function.prototype &&
    !(scene.prototype instanceof Phaser.Scene)
  );
}

function neverRuns<Scene extends Phaser.Scene>({ scene }: AgentDefinition<Scene>): PlaytrainError {
  return new PlaytrainError(
    'bad-environment',
    `The scene “${scene}” did not begin within ${mostStepsToRun} steps; does it, or a scene before it, wait for a person or an answer from the network?`,
  );
}
