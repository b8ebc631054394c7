import type Phaser from 'phaser';
import type { Rectangle } from '../scenes/arena-layout';
import { type ArenaMoment, depths, type TileViews } from '../scenes/arena-scene';
import { arc, type PaintedTextures, type Painter } from '../scenes/painted-textures';
import { cssColour, type Palette } from '../scenes/palette';
import { court, playerState, volleyState } from './court';
import { paintTileCourt } from './scene-ground';
import { type CourtPalette, courtPaletteOf } from './scene-palette';
import { type CourtView, viewOf, xPxOf, yPxOf } from './scene-view';

/** At a tile's size the players would be dots, and the ball a speck. */
const tilePlayerRadius = 1.3 * court.playerRadius;
const tileBallRadius = 1.5 * court.ballRadius;
const leastPlayerPx = 7;
const leastBallPx = 5;

/** Two dots, a ball and a net in each tile. */
export class VolleyTiles implements TileViews {
  /** By seat, then arena. */
  private readonly players: readonly Phaser.GameObjects.Image[][];
  private readonly balls: Phaser.GameObjects.Image[];
  private readonly isNight: () => boolean;
  private views: readonly CourtView[] = [];
  /** What is drawn larger than it is stands on the floor all the same. */
  private playerLiftPx = 0;

  constructor(scene: Phaser.Scene, arenas: number, isNight: () => boolean) {
    const images = (depth: number) =>
      Array.from({ length: arenas }, () => scene.add.image(0, 0, '__WHITE').setDepth(depths.tiles + depth));
    this.isNight = isNight;
    this.players = [images(1), images(1)];
    this.balls = images(2);
  }

  arrange(rectangles: readonly Rectangle[], _palette: Palette, textures: PaintedTextures): void {
    const palette = this.courtPalette();
    this.views = rectangles.map(viewOf);
    const { metrePx } = this.views[0]!;
    const playerPx = Math.max(leastPlayerPx, 2 * tilePlayerRadius * metrePx);
    this.playerLiftPx = playerPx / 2 - court.playerRadius * metrePx;
    this.players.forEach((players, seat) => {
      const painter = discPainter(palette.seats[seat as 0 | 1], palette.textEdge);
      textures.paint(`tile-player-${seat}`, playerPx, playerPx, painter, players);
    });
    const ballPx = Math.max(leastBallPx, 2 * tileBallRadius * metrePx);
    textures.paint('tile-ball', ballPx, ballPx, discPainter(0xffffff, 0x23263f), this.balls);
  }

  paintGround(context: CanvasRenderingContext2D, tile: Rectangle): void {
    paintTileCourt(context, tile, viewOf(tile), this.courtPalette());
  }

  draw(moment: ArenaMoment): void {
    const { arena } = moment;
    const view = this.views[arena]!;
    for (let seat = 0; seat < 2; seat++) {
      const player = volleyState.players[seat]!;
      const image = this.players[seat]![arena]!;
      image.x = xPxOf(view, blended(moment, player + playerState.x));
      image.y = yPxOf(view, blended(moment, player + playerState.y)) - this.playerLiftPx;
    }
    const ball = this.balls[arena]!;
    ball.x = xPxOf(view, blended(moment, volleyState.ballX));
    // Above the tile it waits at the edge.
    ball.y = Math.max(view.rectangle.yPx + 4, yPxOf(view, blended(moment, volleyState.ballY)));
  }

  private courtPalette(): CourtPalette {
    return courtPaletteOf(this.isNight() ? 'dark' : 'light');
  }
}

/** A component of the state, blended between two ticks. */
function blended({ state, previousState, blend }: ArenaMoment, component: number): number {
  const before = previousState[component]!;
  return before + (state[component]! - before) * blend;
}

function discPainter(colour: number, edge: number): Painter {
  return (context, widthPx) => {
    const edgePx = Math.max(0.75, widthPx * 0.08);
    arc(context, widthPx / 2, widthPx / 2, widthPx / 2 - edgePx / 2 - 0.25);
    context.fillStyle = cssColour(colour);
    context.fill();
    context.lineWidth = edgePx;
    context.strokeStyle = cssColour(edge);
    context.stroke();
  };
}
