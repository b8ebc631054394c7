import type Phaser from 'phaser';
import cartUrl from '../../../assets/balance/cart.svg?url&no-inline';
import poleUrl from '../../../assets/balance/pole.svg?url&no-inline';
import wheelUrl from '../../../assets/balance/wheel.svg?url&no-inline';
import type { EpisodeEnding, Stage } from '../../contract';
import type { Rectangle } from '../scenes/arena-layout';
import {
  type ArenaMoment,
  ArenaScene,
  depths,
  type FocusView,
  type SceneArt,
  type TileViews,
} from '../scenes/arena-scene';
import type { Verdict } from '../scenes/flourish';
import type { PaintedTextures, Painter } from '../scenes/painted-textures';
import { roundRectangle } from '../scenes/painted-textures';
import { cssColour, type Palette } from '../scenes/palette';
import { paintStick } from '../scenes/stick';
import { balancePlaces, cartHeightShare, cartMetres, poleMetres, sceneFrame } from './scene-frame';
import { balance, balanceActions, balanceState, fallenAngle, railHalfLength } from './simulation';

/** The scene of Balance: a cart on its rail with the pole it keeps upright. */
export function createScene(stage: Stage): Phaser.Scene {
  return new ArenaScene(stage, art);
}

const tileCartMetres = 1.5;
/** Places in the drawings, as shares of their sides. */
const hinge = { y: 18 / 120 };
const axle = { x: 0.27, y: 98 / 120 };
const wheelRadiusShare = 0.115; // of the cart's width
const pivot = { x: 0.5, y: 450 / 480 };
const poleDrawing = { widthShare: 60 / 480, lengthShare: 420 / 480 };
/** How far down a tile its rail lies. */
const tileRailShare = 0.86;
const ghostMs = 750;

const art: SceneArt = {
  files: [
    { key: 'balance-cart', url: cartUrl, scale: 2 },
    { key: 'balance-wheel', url: wheelUrl, scale: 2 },
    { key: 'balance-pole', url: poleUrl, scale: 2 },
  ],
  tileAspect: sceneFrame.tileAspect,
  timeLimitTicks: balance.timeLimitTicks,
  tickMs: balance.tickMs,
  createFocusView: (scene) => new BalanceFocus(scene),
  createTileViews: (scene, arenas) => new BalanceTiles(scene, arenas),
  verdict: ({ terminated }: EpisodeEnding): Verdict => (terminated ? 'failure' : 'success'),
};

/** A component of the state, blended between two ticks. */
function blended({ state, previousState, blend }: ArenaMoment, component: number): number {
  const before = previousState[component]!;
  return before + (state[component]! - before) * blend;
}

class BalanceFocus implements FocusView {
  private readonly fence: Phaser.GameObjects.TileSprite;
  private readonly limits: Phaser.GameObjects.Image;
  private readonly shadow: Phaser.GameObjects.Image;
  private readonly cart: Phaser.GameObjects.Image;
  private readonly pole: Phaser.GameObjects.Image;
  private readonly wheels: readonly [Phaser.GameObjects.Image, Phaser.GameObjects.Image];
  /** Signs of a push to the left and to the right. */
  private readonly pushes: readonly [Phaser.GameObjects.Image, Phaser.GameObjects.Image];
  private readonly ghostCart: Phaser.GameObjects.Image;
  private readonly ghostPole: Phaser.GameObjects.Image;

  private rectangle: Rectangle = { xPx: 0, yPx: 0, widthPx: 1, heightPx: 1 };
  private metrePx = 1;
  private cartWidthPx = 1;
  private poleLengthPx = 1;
  private railXPx = 0;
  private railYPx = 0;
  private shiftPx = 0;
  private ghostLeftMs = 0;
  private ghostTurn = 0;
  /** How much each direction was pushed of late, 0 to 1: single ticks are too short to be seen. */
  private leftLevel = 0;
  private rightLevel = 0;

  constructor(scene: Phaser.Scene) {
    const image = (key: string, depth: number) => scene.add.image(0, 0, key).setDepth(depth);
    this.fence = scene.add.tileSprite(0, 0, 1, 1, '__WHITE').setOrigin(0, 1).setDepth(depths.scenery);
    this.limits = image('__WHITE', depths.scenery + 3).setOrigin(0.5, 1);
    this.shadow = image('mark-glow', depths.scenery + 4).setTint(0x000000);
    this.ghostCart = image('__WHITE', depths.pieces).setOrigin(0.5, 0).setVisible(false);
    this.ghostPole = image('__WHITE', depths.pieces + 1)
      .setOrigin(pivot.x, pivot.y)
      .setVisible(false);
    this.wheels = [image('__WHITE', depths.pieces + 3), image('__WHITE', depths.pieces + 3)];
    this.cart = image('__WHITE', depths.pieces + 2).setOrigin(0.5, 0);
    this.pole = image('__WHITE', depths.pieces + 4).setOrigin(pivot.x, pivot.y);
    this.pushes = [
      image('mark-chevron', depths.pieces + 5).setFlipX(true),
      image('mark-chevron', depths.pieces + 5),
    ];
  }

  arrange(rectangle: Rectangle, palette: Palette, textures: PaintedTextures): void {
    this.rectangle = rectangle;
    const { cartHeightPx, ...places } = balancePlaces(rectangle);
    this.metrePx = places.metrePx;
    this.cartWidthPx = cartMetres * places.metrePx;
    this.poleLengthPx = places.poleLengthPx;
    this.railXPx = places.railXPx;
    this.railYPx = places.railYPx;

    const fenceKey = textures.paint('fence', fencePx.cell, fencePx.height, fencePainter(palette), []);
    this.fence
      .setTexture(fenceKey)
      .setPosition(this.railXPx - this.railReachPx() + 2, this.railYPx)
      .setSize(2 * this.railReachPx() - 4, fencePx.height)
      .setTileScale(fencePx.cell / this.fence.frame.width);

    const reachPx = this.poleLengthPx * 1.12;
    const spreadPx = 2 * reachPx * Math.sin(fallenAngle) + 8;
    textures.paint('limits', spreadPx, reachPx + 4, limitsPainter(palette, reachPx), [this.limits]);

    textures.paintImage('cart', 'balance-cart', this.cartWidthPx, cartHeightPx, [this.cart, this.ghostCart]);
    const wheelPx = 2 * wheelRadiusShare * this.cartWidthPx;
    textures.paintImage('wheel', 'balance-wheel', wheelPx, wheelPx, this.wheels);
    const poleHeightPx = this.poleLengthPx / poleDrawing.lengthShare;
    const poleWidthPx = poleHeightPx * poleDrawing.widthShare;
    textures.paintImage('pole', 'balance-pole', poleWidthPx, poleHeightPx, [this.pole, this.ghostPole]);
    this.shadow.setDisplaySize(this.cartWidthPx * 1.25, this.cartWidthPx * 0.22).setAlpha(0.4);
    for (const push of this.pushes) {
      push.setDisplaySize(this.cartWidthPx * 0.3, this.cartWidthPx * 0.27);
    }
    for (const ghost of [this.ghostCart, this.ghostPole]) ghost.setTint(palette.failure).setVisible(false);
  }

  draw(moment: ArenaMoment): void {
    const position = blended(moment, balanceState.position);
    const angle = blended(moment, balanceState.angle);
    const wheelRadiusPx = wheelRadiusShare * this.cartWidthPx;
    const xPx = this.railXPx + position * this.metrePx + this.shiftPx;
    const topPx = this.railYPx - wheelRadiusPx - axle.y * this.cartWidthPx * cartHeightShare;
    const hingePx = topPx + hinge.y * this.cartWidthPx * cartHeightShare;

    // What is far moves less than what is near.
    if (!moment.calm) this.fence.tilePositionX = (0.22 * position * this.metrePx) / this.fence.tileScaleX;
    this.shadow.setPosition(xPx, this.railYPx + 1);
    this.limits.setPosition(xPx, hingePx);
    this.cart.setPosition(xPx, topPx);
    this.pole.setPosition(xPx, hingePx).setRotation(angle);
    this.wheels.forEach((wheel, side) => {
      wheel
        .setPosition(xPx + (side === 0 ? -1 : 1) * axle.x * this.cartWidthPx, this.railYPx - wheelRadiusPx)
        .setRotation((position * this.metrePx) / wheelRadiusPx);
    });
    this.drawPushes(moment, xPx, topPx);
    this.fadeGhost(moment);
  }

  private drawPushes(moment: ArenaMoment, xPx: number, topPx: number): void {
    const right = moment.action[0] === balanceActions.right;
    const share = 1 - Math.exp(-moment.elapsedMs / 90);
    this.leftLevel += ((right ? 0 : 1) - this.leftLevel) * share;
    this.rightLevel += ((right ? 1 : 0) - this.rightLevel) * share;
    const yPx = topPx + this.cartWidthPx * cartHeightShare * 0.55;
    const [left, rightSign] = this.pushes;
    const stepPx = this.cartWidthPx * 0.72;
    left.setPosition(xPx - stepPx - 6 * this.leftLevel, yPx);
    rightSign.setPosition(xPx + stepPx + 6 * this.rightLevel, yPx);
    left.setTint(moment.playerColour).setAlpha(0.12 + 0.88 * this.leftLevel);
    rightSign.setTint(moment.playerColour).setAlpha(0.12 + 0.88 * this.rightLevel);
  }

  private fadeGhost({ elapsedMs, calm }: ArenaMoment): void {
    if (this.ghostLeftMs <= 0) return;
    this.ghostLeftMs -= elapsedMs;
    const left = Math.max(0, this.ghostLeftMs / ghostMs);
    this.ghostCart.setAlpha(0.55 * left).setVisible(left > 0);
    this.ghostPole.setAlpha(0.8 * left).setVisible(left > 0);
    // It goes on falling, faster and faster, until it lies on the cart.
    if (!calm) this.ghostPole.rotation = this.ghostTurn * (fallenAngle + 1.35 * (1 - left) * (1 - left));
  }

  leaveGhost(): void {
    this.ghostLeftMs = ghostMs;
    this.ghostTurn = this.pole.rotation < 0 ? -1 : 1;
    this.ghostCart.setPosition(this.cart.x, this.cart.y);
    this.ghostPole.setPosition(this.pole.x, this.pole.y).setRotation(this.pole.rotation);
  }

  endingPoint(): { xPx: number; yPx: number; sizePx: number } {
    return { xPx: this.pole.x, yPx: this.pole.y - this.poleLengthPx * 0.55, sizePx: this.metrePx * 1.3 };
  }

  settle(): void {
    this.leftLevel = 0;
    this.rightLevel = 0;
    this.ghostLeftMs = 0;
    this.ghostCart.setVisible(false);
    this.ghostPole.setVisible(false);
  }

  shift(byPx: number): void {
    this.shiftPx = byPx;
  }

  /** From the rail's middle to its stops: the cart touches them with its edge. */
  private railReachPx(): number {
    return railHalfLength * this.metrePx + this.cartWidthPx / 2;
  }

  /** A ground of dots, and the rail with a tick every 0.4 m and stops that the cart touches where an episode ends. */
  paintGround(context: CanvasRenderingContext2D, palette: Palette, typeScale: number): void {
    const { xPx, yPx, widthPx, heightPx } = this.rectangle;
    context.fillStyle = cssColour(palette.line);
    for (let dotY = yPx + 60; dotY < yPx + heightPx - 20; dotY += 28) {
      for (let dotX = this.railXPx % 28; dotX < xPx + widthPx - 10; dotX += 28) {
        if (dotX > xPx + 10) context.fillRect(dotX - 1, dotY - 1, 2, 2);
      }
    }

    const halfPx = this.railReachPx();
    context.fillStyle = cssColour(palette.lineStrong);
    roundRectangle(context, this.railXPx - halfPx - 6, this.railYPx, 2 * halfPx + 12, 5, 2.5);
    context.fill();
    context.fillStyle = cssColour(palette.failure);
    for (const leftPx of [this.railXPx - halfPx - 7, this.railXPx + halfPx + 1]) {
      roundRectangle(context, leftPx, this.railYPx - 13, 6, 16, 2);
      context.fill();
    }
    context.fillStyle = cssColour(palette.textSoft);
    context.font = `${11 * typeScale}px ui-sans-serif, system-ui, sans-serif`;
    context.textAlign = 'center';
    for (let step = -6; step <= 6; step++) {
      const tickPx = this.railXPx + step * 0.4 * this.metrePx;
      const long = step % 6 === 0;
      context.globalAlpha = long ? 0.9 : 0.5;
      context.fillRect(tickPx - 0.5, this.railYPx + 9, 1, long ? 7 : 4);
      if (long) {
        context.fillText(
          step === 0 ? '0' : `${step < 0 ? '−' : ''}2.4 m`,
          tickPx,
          this.railYPx + 18 + 10 * typeScale,
        );
      }
    }
  }
}

const fencePx = { cell: 22, height: 26 } as const;

/** One post of a far fence, for a background that shows the cart's motion. */
function fencePainter(palette: Palette): Painter {
  return (context, widthPx, heightPx) => {
    context.fillStyle = cssColour(palette.line);
    context.globalAlpha = 0.55;
    context.fillRect(0, 9, widthPx, 2);
    context.fillRect(0, 17, widthPx, 2);
    roundRectangle(context, widthPx / 2 - 2, 3, 4, heightPx - 3, 2);
    context.globalAlpha = 0.8;
    context.fill();
  };
}

/** Two dashed lines from the hinge, between which the pole must stay. */
function limitsPainter(palette: Palette, reachPx: number): Painter {
  return (context, widthPx, heightPx) => {
    const centrePx = widthPx / 2;
    const outPx = reachPx * Math.sin(fallenAngle);
    const upPx = reachPx * Math.cos(fallenAngle);
    context.strokeStyle = cssColour(palette.failure);
    context.globalAlpha = 0.4;
    context.lineWidth = 1.5;
    context.setLineDash([5, 6]);
    for (const side of [-1, 1]) {
      context.beginPath();
      context.moveTo(centrePx + side * outPx * 0.3, heightPx - upPx * 0.3);
      context.lineTo(centrePx + side * outPx, heightPx - upPx);
      context.stroke();
    }
  };
}

class BalanceTiles implements TileViews {
  private readonly scene: Phaser.Scene;
  private readonly carts: Phaser.GameObjects.Image[];
  private readonly poles: Phaser.GameObjects.Image[];
  private centresPx: readonly number[] = [];
  private metrePx = 1;

  constructor(scene: Phaser.Scene, arenas: number) {
    const images = (depth: number) =>
      Array.from({ length: arenas }, () => scene.add.image(0, 0, '__WHITE').setDepth(depths.tiles + depth));
    this.scene = scene;
    this.carts = images(1).map((cart) => cart.setOrigin(0.5, 1));
    this.poles = images(2);
  }

  arrange(rectangles: readonly Rectangle[], palette: Palette, textures: PaintedTextures): void {
    const { widthPx, heightPx } = rectangles[0]!;
    this.metrePx = Math.max(1, widthPx - 6) / (2 * railHalfLength + tileCartMetres);
    const cartWidthPx = tileCartMetres * this.metrePx;
    const wheelRadiusPx = wheelRadiusShare * cartWidthPx;
    const bodyHeightPx = cartWidthPx * cartHeightShare;
    const cartHeightPx = axle.y * bodyHeightPx + wheelRadiusPx;
    const poleLengthPx = Math.max(
      1,
      Math.min(poleMetres * 1.1 * this.metrePx, heightPx * tileRailShare - cartHeightPx - 8),
    );

    textures.paint('tile-cart', cartWidthPx, cartHeightPx, tileCartPainter(this.scene), this.carts);
    const colours = {
      colour: palette.person,
      headColour: palette.person,
      pivotColour: palette.lineStrong,
    };
    paintStick(textures, 'tile-pole', { lengthPx: poleLengthPx, ...colours }, this.poles);
    this.centresPx = rectangles.map((tile) => tile.xPx + tile.widthPx / 2);
    rectangles.forEach((tile, arena) => {
      const railYPx = tile.yPx + tile.heightPx * tileRailShare;
      this.carts[arena]!.y = railYPx;
      this.poles[arena]!.y = railYPx - cartHeightPx + hinge.y * bodyHeightPx;
    });
  }

  paintGround(context: CanvasRenderingContext2D, tile: Rectangle, palette: Palette): void {
    context.fillStyle = cssColour(palette.lineStrong);
    context.fillRect(tile.xPx + 4, tile.yPx + tile.heightPx * tileRailShare, tile.widthPx - 8, 2);
  }

  draw(moment: ArenaMoment): void {
    const xPx = this.centresPx[moment.arena]! + blended(moment, balanceState.position) * this.metrePx;
    this.carts[moment.arena]!.x = xPx;
    const pole = this.poles[moment.arena]!;
    pole.x = xPx;
    pole.rotation = blended(moment, balanceState.angle);
  }
}

/** Cart and wheels in one picture: at a tile's size nobody sees them turn. */
function tileCartPainter(scene: Phaser.Scene): Painter {
  const source = (key: string) => scene.textures.get(key).getSourceImage() as CanvasImageSource;
  return (context, widthPx, heightPx) => {
    const radiusPx = wheelRadiusShare * widthPx;
    context.drawImage(source('balance-cart'), 0, 0, widthPx, widthPx * cartHeightShare);
    for (const side of [-1, 1]) {
      const centrePx = widthPx / 2 + side * axle.x * widthPx;
      context.drawImage(
        source('balance-wheel'),
        centrePx - radiusPx,
        heightPx - 2 * radiusPx,
        2 * radiusPx,
        2 * radiusPx,
      );
    }
  };
}
