import { loadModule, type Stage } from '../contract';
import { loadScene } from '../game/load-scene';
import type { MountedGame } from '../game/scenes/mount';

/** The one place where a game is drawn: whatever is shown takes the place of what was. */
export class Screen {
  private readonly container: HTMLElement;
  private mounted: MountedGame | null = null;
  /** Counts what was to be shown, since fetching a scene takes its time. */
  private shown = 0;

  constructor(container: HTMLElement) {
    this.container = container;
  }

  /**
   * Draws a stage with the scene of its game. Resolves once that is seen, or when something else is to be shown.
   *
   * @throws PlaytrainError `not-loaded` where the scene does not come; then nothing is drawn.
   */
  async show(game: string, stage: Stage): Promise<void> {
    this.clear();
    const turn = this.shown;
    // Fetched beside the agent's start, so that the page is there before the game engine is.
    const [{ mountGame }, createScene] = await Promise.all([
      loadModule('The game engine', () => import('../game/scenes/mount')),
      loadScene(game),
    ]);
    if (turn !== this.shown) return;
    if (this.mounted === null) this.mounted = mountGame(this.container, createScene, stage);
    else this.mounted.show(createScene, stage);
    await this.mounted.drawn();
  }

  clear(): void {
    this.shown += 1;
    this.mounted?.clear();
  }
}
