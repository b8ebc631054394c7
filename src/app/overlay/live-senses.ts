import type Phaser from 'phaser';
import type { Thought } from '../../contract';
import { isSceneRunning } from '../../phaser/scene-status';
import type { VisibleGame } from '../../phaser/visible-game';
import { GraphicsPen } from '../../ui/overlay/graphics-pen';
import type { CardPlace, SenseSource, SizePx } from './sense-source';

/** What an agent's sensors say, drawn by themselves, where the game's main camera shows it. */
export class LiveSenses implements SenseSource {
  readonly placed: number;
  private readonly visible: VisibleGame;
  private readonly pen = new GraphicsPen();

  constructor(visible: VisibleGame) {
    const sensors = Object.values(visible.definition.sensors ?? {});
    this.visible = visible;
    this.placed = sensors.reduce((sum, { names }) => sum + names.length, 0);
  }

  draw(context: CanvasRenderingContext2D, size: SizePx, thought: Thought | null): void {
    const { game, definition } = this.visible;
    const scene = game.scene.getScene(definition.scene) as Phaser.Scene | null;
    if (scene === null || !isSceneRunning(scene)) return;
    const { x, y, width, worldView } = scene.cameras.main;
    const picture = this.cardPlace(size);
    const scale = picture.widthPx / game.scale.gameSize.width;
    const zoom = (width / worldView.width) * scale;
    if (!Number.isFinite(zoom)) return;
    context.save();
    context.beginPath();
    context.rect(picture.xPx, picture.yPx, picture.widthPx, picture.heightPx);
    context.clip();
    context.translate(
      picture.xPx + x * scale - worldView.x * zoom,
      picture.yPx + y * scale - worldView.y * zoom,
    );
    context.scale(zoom, zoom);
    this.pen.begin(context, 1 / zoom);
    for (const sensor of Object.values(definition.sensors ?? {})) {
      sensor.draw?.(scene, this.pen, thought?.agent ?? 0);
    }
    context.restore();
  }

  /** The game's canvas, as Phaser fits it into its place. */
  cardPlace({ widthPx, heightPx }: SizePx): CardPlace {
    const { width, height } = this.visible.game.scale.displaySize;
    const [xPx, yPx] = [(widthPx - width) / 2, (heightPx - height) / 2];
    return { xPx, yPx, widthPx: width, heightPx: height, corner: 'bottom' };
  }
}
