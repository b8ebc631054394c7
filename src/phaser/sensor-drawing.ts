import type Phaser from 'phaser';
import type { AgentDefinition } from './agent-definition';
import { agentsOf } from './agents-of';
import { isSceneRunning } from './scene-status';

/** Draws what agents sense above their scene, in its world, at each frame of the game that is seen. */
export class SensorDrawing<Scene extends Phaser.Scene> {
  private readonly game: Phaser.Game;
  private readonly definition: AgentDefinition<Scene>;
  private pen: Phaser.GameObjects.Graphics | null = null;
  /** Steps that draw nothing tell of no renderer. */
  private readonly draw = (renderer: unknown) => {
    if (renderer !== null) this.drawNow();
  };

  /** It draws from now on. */
  constructor(game: Phaser.Game, definition: AgentDefinition<Scene>) {
    this.game = game;
    this.definition = definition;
    game.events.on('prerender', this.draw);
  }

  /** Nothing of it stays. */
  end(): void {
    this.game.events.off('prerender', this.draw);
    this.pen?.destroy();
    this.pen = null;
  }

  private drawNow(): void {
    const { game, definition } = this;
    const scene = game.scene.getScene<Scene>(definition.scene) as Scene | null;
    if (scene === null || !isSceneRunning(scene)) return;
    const pen = this.penIn(scene);
    pen.clear();
    for (const sensor of Object.values(definition.sensors ?? {})) {
      for (let who = 0; who < agentsOf(definition); who++) sensor.draw?.(scene, pen, who);
    }
  }

  /** A scene that begins anew has destroyed what was in it. */
  private penIn(scene: Scene): Phaser.GameObjects.Graphics {
    const { pen } = this;
    if (pen !== null && (pen.scene as Phaser.Scene | undefined) === scene) return pen;
    const made = scene.add.graphics().setDepth(Number.MAX_SAFE_INTEGER);
    // Once, where several cameras look at a scene.
    for (const camera of scene.cameras.cameras) if (camera !== scene.cameras.main) camera.ignore(made);
    this.pen = made;
    return made;
  }
}
