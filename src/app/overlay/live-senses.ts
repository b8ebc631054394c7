import type Phaser from 'phaser';
import { loadModule, type SceneSenses, type Thought } from '../../contract';
import { isSceneRunning } from '../../phaser/scene-status';
import type { VisibleGame } from '../../phaser/visible-game';
import { overlayTexts } from '../../texts/overlay';
import { FramePen } from '../../ui/overlay/frame-pen';
import type { Box } from '../../ui/overlay/free-place';
import { GraphicsPen } from '../../ui/overlay/graphics-pen';
import type { LiveGame } from '../games/page-game';
import { cameraFrame } from './camera-frame';
import type { CardPlace, SenseSource, SizePx } from './sense-source';

/** What an agent's sensors say, drawn by themselves, and what else it sees, where the game's main camera shows it. */
export class LiveSenses implements SenseSource {
  readonly placed: number;
  private readonly visible: VisibleGame;
  private readonly pen = new GraphicsPen();
  private readonly framePen = new FramePen();
  private senses: SceneSenses<Phaser.Scene> | null = null;

  constructor({ visible, senses, spec }: Pick<LiveGame, 'visible' | 'senses' | 'spec'>) {
    const sensors = Object.values(visible.definition.sensors ?? {});
    this.visible = visible;
    const sensed = sensors.reduce((sum, { names }) => sum + names.length, 0);
    this.placed = senses === undefined ? sensed : spec.observationSpace.size;
    if (senses === undefined) return;
    loadModule(overlayTexts.sensesPart, senses).then(
      (loaded) => (this.senses = loaded),
      // What sensors say is drawn all the same.
      () => {},
    );
  }

  draw(
    context: CanvasRenderingContext2D,
    size: SizePx,
    thought: Thought | null,
    taken: readonly Box[],
    typeScale: number,
  ): void {
    const { game, definition } = this.visible;
    const scene = game.scene.getScene(definition.scene) as Phaser.Scene | null;
    if (scene === null || !isSceneRunning(scene)) return;
    const picture = this.cardPlace(size);
    const frame = cameraFrame(scene.cameras.main, picture, game.scale.gameSize.width);
    const { originXPx, originYPx, unitPx } = frame;
    if (!(unitPx > 0)) return;
    context.save();
    context.beginPath();
    context.rect(picture.xPx, picture.yPx, picture.widthPx, picture.heightPx);
    context.clip();
    const who = thought?.agent ?? 0;
    context.save();
    context.translate(originXPx, originYPx);
    context.scale(unitPx, unitPx);
    this.pen.begin(context, 1 / unitPx);
    for (const sensor of Object.values(definition.sensors ?? {})) sensor.draw?.(scene, this.pen, who);
    context.restore();
    this.framePen.begin(context, frame, picture, taken, typeScale);
    this.senses?.draw(this.framePen, scene, who);
    context.restore();
  }

  /** The game's canvas, as Phaser fits it into its place. */
  cardPlace({ widthPx, heightPx }: SizePx): CardPlace {
    const { width, height } = this.visible.game.scale.displaySize;
    const [xPx, yPx] = [(widthPx - width) / 2, (heightPx - height) / 2];
    return { xPx, yPx, widthPx: width, heightPx: height, corner: 'bottom' };
  }
}
