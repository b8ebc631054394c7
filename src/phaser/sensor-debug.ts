import type Phaser from 'phaser';
import type { AgentDefinition } from './agent-definition';
import { SensorDrawing } from './sensor-drawing';

/** Whether what an agent senses is drawn on its game: known before the game is there. */
export class SensorDebug {
  private isOn = false;
  private begin: (() => SensorDrawing<never>) | null = null;
  private drawing: SensorDrawing<never> | null = null;

  set(on: boolean): void {
    this.isOn = on;
    this.drawing?.end();
    this.drawing = on && this.begin !== null ? this.begin() : null;
  }

  /** The game is there. */
  open<Scene extends Phaser.Scene>(game: Phaser.Game, definition: AgentDefinition<Scene>): void {
    this.begin = () => new SensorDrawing(game, definition) as unknown as SensorDrawing<never>;
    this.set(this.isOn);
  }

  /** Nothing of it stays. */
  end(): void {
    this.begin = null;
    this.set(false);
  }
}
