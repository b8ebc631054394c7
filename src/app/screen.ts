import type Phaser from 'phaser';
import { type Observable, Subject } from 'rxjs';
import { drawsInSoftware, loadModule, PlaytrainError, type Stage } from '../contract';
import { loadScene } from '../game/load-scene';
import type { MountedGame } from '../game/scenes/mount';
import type { VisibleGame } from '../phaser/visible-game';
import { pictureTexts } from '../texts/picture';
import { canDraw } from '../ui/kit/can-draw';
import { putInto } from './games/put-into';
import { NewestAsk } from './shell/newest-ask';

/** What a page asks of it. */
export type ScreenParts = Pick<Screen, 'show' | 'showLive' | 'clear' | 'drawn$' | 'isDrawnInSoftware'>;

/** The one place where a game is drawn: whatever is shown takes the place of what was. */
export class Screen {
  /** The game that is shown has just drawn a frame: told within its step. */
  readonly drawn$: Observable<void>;
  private readonly drew = new Subject<void>();
  private readonly container: HTMLElement;
  private mounted: MountedGame | null = null;
  private readonly asks = new NewestAsk();
  private hideLive: () => void = () => {};
  private drawing: Phaser.Game | null = null;
  /** Steps that draw nothing tell of no renderer. */
  private readonly drewFrame = (renderer: unknown) => {
    if (renderer !== null) this.drew.next();
  };

  constructor(container: HTMLElement) {
    this.container = container;
    this.drawn$ = this.drew.asObservable();
  }

  /** Whether no graphics processor draws the game that is shown. */
  get isDrawnInSoftware(): boolean {
    return this.drawing !== null && drawsInSoftware(this.drawing.renderer);
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
    this.listenTo(this.mounted.game);
    await this.mounted.drawn();
  }

  /** Shows somebody's own game in their place. */
  async showLive(visible: VisibleGame): Promise<void> {
    this.clear();
    this.hideLive = putInto(this.container, visible);
    this.listenTo(visible.game);
  }

  clear(): void {
    this.asks.withdraw();
    this.mounted?.clear();
    this.hideLive();
    this.hideLive = () => {};
    this.listenTo(null);
  }

  private listenTo(game: Phaser.Game | null): void {
    this.drawing?.events.off('postrender', this.drewFrame);
    this.drawing = game;
    game?.events.on('postrender', this.drewFrame);
  }
}
