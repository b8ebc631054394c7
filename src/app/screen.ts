import { loadModule, PlaytrainError, type Stage } from '../contract';
import { loadScene } from '../game/load-scene';
import type { MountedGame } from '../game/scenes/mount';
import type { VisibleGame } from '../phaser/visible-game';
import { pictureTexts } from '../texts/picture';
import { canDraw } from '../ui/kit/can-draw';
import { putInto } from './games/put-into';
import { NewestAsk } from './shell/newest-ask';

/** The one place where a game is drawn: whatever is shown takes the place of what was. */
export class Screen {
  private readonly container: HTMLElement;
  private mounted: MountedGame | null = null;
  private readonly asks = new NewestAsk();
  private hideLive: () => void = () => {};

  constructor(container: HTMLElement) {
    this.container = container;
  }

  /**
   * Draws a stage with the scene of its game. Resolves once that is seen, or when something else is to be shown.
   *
   * @throws PlaytrainError `not-loaded` where the scene does not come, `canvas-refused` where the browser lets nothing be
   * drawn; then nothing is.
   */
  async show(game: string, stage: Stage): Promise<void> {
    this.clear();
    // The engine would fail as it loads.
    if (!canDraw()) throw new PlaytrainError('canvas-refused', pictureTexts.refused);
    const isNewest = this.asks.ask();
    // Fetched beside the agent's start, so that the page is there before the game engine is.
    const [{ mountGame }, createScene] = await Promise.all([
      loadModule('The game engine', () => import('../game/scenes/mount')),
      loadScene(game),
    ]);
    if (!isNewest()) return;
    if (this.mounted === null) this.mounted = mountGame(this.container, createScene, stage);
    else this.mounted.show(createScene, stage);
    await this.mounted.drawn();
  }

  /** Shows somebody's own game in their place. */
  async showLive(visible: VisibleGame): Promise<void> {
    this.clear();
    this.hideLive = putInto(this.container, visible);
  }

  clear(): void {
    this.asks.withdraw();
    this.mounted?.clear();
    this.hideLive();
    this.hideLive = () => {};
  }
}
