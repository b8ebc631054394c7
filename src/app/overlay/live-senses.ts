import type Phaser from 'phaser';
import { loadModule, type SceneSenses, type Thought } from '../../contract';
import { isSceneRunning } from '../../phaser/scene-status';
import type { VisibleGame } from '../../phaser/visible-game';
import { overlayTexts } from '../../texts/overlay';
import type { Box } from '../../ui/overlay/box';
import type { DisplayList } from '../../ui/overlay/display-list';
import { FramePen } from '../../ui/overlay/frame-pen';
import { GraphicsPen } from '../../ui/overlay/graphics-pen';
import { SightPen } from '../../ui/overlay/sight-pen';
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

  draw(size: SizePx, thought: Thought | null, taken: readonly Box[], typeScale: number): DisplayList {
    const { definition } = this.visible;
    const items: DisplayList = [];
    const seen = this.seen(size);
    if (seen === null) return items;
    const { scene, picture, frame } = seen;
    const who = thought?.agent ?? 0;
    this.pen.begin(items, frame, picture);
    for (const sensor of Object.values(definition.sensors ?? {})) sensor.draw?.(scene, this.pen, who);
    const sight = new SightPen(frame, picture, 'middle');
    this.senses?.draw(sight, scene, who);
    this.framePen.begin(items, frame, picture, [...taken, ...sight.boxes], typeScale);
    this.senses?.draw(this.framePen, scene, who);
    return items;
  }

  keptInSight(size: SizePx, thought: Thought | null): readonly Box[] {
    const seen = this.seen(size);
    if (seen === null) return [];
    const { definition } = this.visible;
    const who = thought?.agent ?? 0;
    const pen = new SightPen(seen.frame, seen.picture, 'whole');
    for (const sensor of Object.values(definition.sensors ?? {})) {
      const from = sensor.origin?.(seen.scene, who) ?? null;
      if (from !== null) pen.note([from.x, from.y]);
    }
    this.senses?.draw(pen, seen.scene, who);
    return pen.boxes;
  }

  /** What is seen of the game's canvas, which may be larger than its place. */
  cardPlace(size: SizePx): CardPlace {
    const { xPx, yPx, widthPx, heightPx } = this.picture(size);
    const [left, top] = [Math.max(0, xPx), Math.max(0, yPx)];
    return {
      xPx: left,
      yPx: top,
      widthPx: Math.min(size.widthPx, xPx + widthPx) - left,
      heightPx: Math.min(size.heightPx, yPx + heightPx) - top,
      corner: 'bottom',
    };
  }

  /** The scene and where it is seen; null while it is not. */
  private seen(size: SizePx) {
    const { game, definition } = this.visible;
    const scene = game.scene.getScene(definition.scene) as Phaser.Scene | null;
    if (scene === null || !isSceneRunning(scene)) return null;
    const picture = this.picture(size);
    const frame = cameraFrame(scene.cameras.main, picture, game.scale.gameSize.width);
    return frame.unitPx > 0 ? { scene, picture, frame } : null;
  }

  /** The game's canvas, as Phaser fits it into its place. */
  private picture({ widthPx, heightPx }: SizePx): Box {
    const { width, height } = this.visible.game.scale.displaySize;
    return { xPx: (widthPx - width) / 2, yPx: (heightPx - height) / 2, widthPx: width, heightPx: height };
  }
}
