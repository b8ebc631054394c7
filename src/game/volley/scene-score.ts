import type Phaser from 'phaser';
import type { MatchView } from '../../contract';
import { depths } from '../scenes/arena-scene';
import { cssColour } from '../scenes/palette';
import { type CourtPalette, courtPaletteOf } from './scene-palette';
import type { CourtView } from './scene-view';

const textFamily = 'ui-sans-serif, system-ui, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif';
const popMs = 380;

type Pair = readonly [Phaser.GameObjects.Text, Phaser.GameObjects.Text];

/** A match's score and names at the top, below them what the next point is worth, and its countdown in the middle. Who won is the page's to say. */
export class Score {
  private readonly points: Pair;
  private readonly names: Pair;
  private readonly colon: Phaser.GameObjects.Text;
  private readonly stakes: Phaser.GameObjects.Text;
  private readonly announcement: Phaser.GameObjects.Text;
  private readonly sinceScoreMs: [number, number] = [popMs, popMs];
  private sinceStakesMs = popMs;
  private sinceAnnouncementMs = popMs;
  private palette: CourtPalette = courtPaletteOf('dark');
  private nameWidthPx = 1;
  private shown = true;

  constructor(scene: Phaser.Scene) {
    const text = () => scene.add.text(0, 0, '', { fontFamily: textFamily }).setDepth(depths.text);
    this.points = [text(), text()];
    this.names = [text(), text()];
    this.colon = text().setText(':');
    this.stakes = text();
    this.announcement = text();
  }

  arrange(view: CourtView, palette: CourtPalette, pixelRatio: number, typeScale: number): void {
    const { rectangle, netXPx } = view;
    this.palette = palette;
    const mostPx = Math.min(78 * typeScale, rectangle.widthPx * 0.085, rectangle.heightPx * 0.16);
    const pointsPx = Math.max(30, mostPx);
    const namesPx = Math.max(13 * typeScale, pointsPx * 0.26);
    const topPx = rectangle.yPx + Math.max(6, pointsPx * 0.16);
    const style = (text: Phaser.GameObjects.Text, sizePx: number, colour: number) =>
      text
        .setResolution(pixelRatio)
        .setFontSize(sizePx)
        .setFontStyle('800')
        .setColor(cssColour(colour))
        .setStroke(cssColour(palette.textEdge), Math.max(3, sizePx * 0.12));
    for (const seat of [0, 1] as const) {
      const side = seat === 0 ? -1 : 1;
      style(this.points[seat], pointsPx, palette.seats[seat])
        .setOrigin(0.5, 0.5)
        .setPosition(netXPx + side * pointsPx * 0.62, topPx + pointsPx * 0.55);
      style(this.names[seat], namesPx, palette.text)
        .setFontStyle('600')
        .setOrigin(seat === 0 ? 1 : 0, 0.5)
        .setPosition(netXPx + side * pointsPx * 1.25, topPx + pointsPx * 0.55);
    }
    style(this.colon, pointsPx * 0.6, palette.text)
      .setOrigin(0.5, 0.5)
      .setPosition(netXPx, topPx + pointsPx * 0.5);
    style(this.stakes, Math.max(15 * typeScale, pointsPx * 0.36), palette.text)
      .setOrigin(0.5, 0)
      .setPosition(netXPx, topPx + pointsPx * 1.12);
    this.nameWidthPx = rectangle.widthPx / 2 - pointsPx * 1.25 - 14;
    style(this.announcement, Math.max(40, pointsPx * 1.5), palette.text)
      .setOrigin(0.5, 0.5)
      .setPosition(netXPx, rectangle.yPx + (view.floorYPx - rectangle.yPx) * 0.42);
  }

  update(match: MatchView | null, elapsedMs: number, calm: boolean): void {
    this.show(match !== null);
    if (match === null) return;
    for (const seat of [0, 1] as const) {
      const points = this.points[seat];
      const wanted = String(match.score[seat]);
      if (points.text !== wanted) {
        points.setText(wanted);
        this.sinceScoreMs[seat] = 0;
      }
      this.sinceScoreMs[seat] += elapsedMs;
      points.setScale(calm ? 1 : popped(this.sinceScoreMs[seat], 0.5));
      const name = this.names[seat];
      if (name.text !== match.names[seat]) name.setText(match.names[seat]);
      name.setScale(Math.min(1, this.nameWidthPx / Math.max(1, name.width)));
    }
    this.tellStakes(match, elapsedMs, calm);
    this.announce(announcementOf(match), elapsedMs, calm);
  }

  /** What the next point is worth, in the colour of who may win by it. */
  private tellStakes(match: MatchView, elapsedMs: number, calm: boolean): void {
    const { stakes, palette } = this;
    const words = stakesOf(match);
    if (stakes.text !== words) {
      const { matchPoint } = match;
      const isOnes = matchPoint === 0 || matchPoint === 1;
      stakes.setText(words).setColor(cssColour(isOnes ? palette.seats[matchPoint] : palette.text));
      this.sinceStakesMs = 0;
    }
    this.sinceStakesMs += elapsedMs;
    stakes.setScale(calm ? 1 : popped(this.sinceStakesMs, 0.8));
  }

  private announce(words: string, elapsedMs: number, calm: boolean): void {
    const { announcement } = this;
    if (announcement.text !== words) {
      announcement.setText(words);
      this.sinceAnnouncementMs = 0;
    }
    if (words === '') return;
    this.sinceAnnouncementMs += elapsedMs;
    announcement.setScale(calm ? 1 : popped(this.sinceAnnouncementMs, 0.6));
  }

  private show(visible: boolean): void {
    if (visible === this.shown) return;
    this.shown = visible;
    for (const text of [...this.points, ...this.names, this.colon, this.stakes, this.announcement]) {
      text.setVisible(visible);
    }
  }
}

function announcementOf({ phase, countdownSeconds }: MatchView): string {
  return phase === 'countdown' ? String(Math.max(1, Math.ceil(countdownSeconds))) : '';
}

function stakesOf({ phase, matchPoint, deuce }: MatchView): string {
  if (phase === 'over') return '';
  if (deuce) return 'Deuce';
  if (matchPoint === 'both') return 'Last point';
  return matchPoint === null ? '' : 'Match point';
}

/** A scale that starts `more` above 1 and falls to it. */
function popped(sinceMs: number, more: number): number {
  const left = Math.max(0, 1 - sinceMs / popMs);
  return 1 + more * left * left;
}
