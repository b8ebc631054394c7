import type Phaser from 'phaser';
import type { Rectangle } from './arena-layout';
import { arc, type PaintedTextures } from './painted-textures';
import { cssColour, type Palette, type PlayerSign } from './palette';

const textFamily = 'ui-sans-serif, system-ui, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif';
/** Texts are drawn anew this often at most; a frame's figures cannot be read anyway. */
const textEveryMs = 100;
const progressPx = 4;
const dotPx = 10;
/** Letters' sizes, and between what stands in one line. */
const usualPx = 15;
const smallPx = 13;
const leastGapPx = 8;
/** Below this width there is no room for more than the step. */
const narrowPx = 360;

/** What the texts over the focused arena tell. */
export interface ArenaFacts {
  readonly arena: number;
  readonly player: PlayerSign;
  readonly ticks: number;
  readonly timeLimitTicks: number;
  readonly tickMs: number;
  /** False in a match, which has a score of its own. */
  readonly isShown: boolean;
}

/** Over the focused arena: who plays which, how far the episode is, and a bar of it along the lower edge. */
export class ArenaTexts {
  private readonly progress: Phaser.GameObjects.Image;
  private readonly playerDot: Phaser.GameObjects.Image;
  private readonly title: Phaser.GameObjects.Text;
  private readonly steps: Phaser.GameObjects.Text;
  private widthPx = 1;
  private typeScale = 1;
  private sinceTextMs = Number.POSITIVE_INFINITY;

  /** @param depths of the bar, and of the texts. */
  constructor(scene: Phaser.Scene, depths: { readonly scenery: number; readonly text: number }) {
    const image = (depth: number) => scene.add.image(0, 0, '__WHITE').setDepth(depth);
    const text = () => scene.add.text(0, 0, '', { fontFamily: textFamily }).setDepth(depths.text);
    this.progress = image(depths.scenery).setOrigin(0, 1);
    this.playerDot = image(depths.text).setOrigin(0, 0.5);
    this.title = text().setFontStyle('600');
    this.steps = text();
  }

  arrange(
    focus: Rectangle,
    palette: Palette,
    textures: PaintedTextures,
    { pixelRatio, typeScale }: { readonly pixelRatio: number; readonly typeScale: number },
  ): void {
    this.widthPx = focus.widthPx;
    this.typeScale = typeScale;
    this.progress.setPosition(focus.xPx + 8, focus.yPx + focus.heightPx - 6);
    const sizePx = (focus.widthPx < 420 ? smallPx : usualPx) * typeScale;
    for (const text of [this.title, this.steps]) {
      // A halo, since what is behind may be of any colour: a sky, a cloud, the sun.
      text
        .setResolution(pixelRatio)
        .setFontSize(sizePx)
        .setColor(cssColour(palette.text))
        .setStroke(cssColour(palette.panel), 3 * typeScale);
    }
    textures.paint(
      'dot',
      dotPx * typeScale,
      dotPx * typeScale,
      (context, size) => {
        arc(context, size / 2, size / 2, size / 2 - 0.5);
        context.fillStyle = '#ffffff';
        context.fill();
      },
      [this.playerDot],
    );
    const lineY = focus.yPx + 12;
    this.playerDot.setPosition(focus.xPx + 14, lineY + sizePx / 2 + 2);
    this.title.setPosition(focus.xPx + 20 + dotPx * typeScale, lineY);
    this.steps.setOrigin(1, 0).setPosition(focus.xPx + focus.widthPx - 14, lineY);
    this.renew();
  }

  /** What is told is another arena's: writes at the next frame. */
  renew(): void {
    this.sinceTextMs = Number.POSITIVE_INFINITY;
  }

  /** A frame is about to be drawn; texts are written only every so often. @returns whether they were. */
  update(elapsedMs: number, facts: ArenaFacts): boolean {
    const { player, ticks, timeLimitTicks, isShown } = facts;
    const share = Math.max(0, Math.min(1, ticks / timeLimitTicks));
    this.progress.setDisplaySize(Math.max(1, (this.widthPx - 16) * share), progressPx).setTint(player.colour);

    this.sinceTextMs += elapsedMs;
    if (this.sinceTextMs < textEveryMs) return false;
    this.sinceTextMs = 0;
    for (const sign of [this.progress, this.playerDot, this.title, this.steps]) sign.setVisible(isShown);
    this.playerDot.setTint(player.colour);
    // setText draws nothing where the words are the same.
    this.title.setText(`Arena ${facts.arena + 1} · ${player.words}`);
    this.steps.setText(stepsText(facts, this.widthPx / this.typeScale));
    // Who plays comes before how long.
    const roomPx = this.steps.x - this.steps.width - (this.title.x + this.title.width);
    if (roomPx < leastGapPx) this.steps.setVisible(false);
    return true;
  }
}

function stepsText({ ticks, timeLimitTicks, tickMs }: ArenaFacts, widthPx: number): string {
  if (ticks < 0) return '';
  if (widthPx < narrowPx) return `step ${ticks}`;
  return `step ${ticks} of ${timeLimitTicks} · ${((ticks * tickMs) / 1000).toFixed(1)} s`;
}
