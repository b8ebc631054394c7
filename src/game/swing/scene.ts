import type Phaser from 'phaser';
import hubUrl from '../../../assets/swing/hub.svg?url&no-inline';
import rodUrl from '../../../assets/swing/rod.svg?url&no-inline';
import type { EpisodeEnding, Stage } from '../../contract';
import { wrapAngle } from '../engine/trigonometry';
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
import { arc, type PaintedTextures, type Painter } from '../scenes/painted-textures';
import { cssColour, type Palette } from '../scenes/palette';
import { paintStick } from '../scenes/stick';
import { sceneFrame, swingPlaces } from './scene-frame';
import { maximumTorque, swing, swingState } from './simulation';

/** The scene of Swing: a rod on a motor's hub. Angles grow clockwise, so that a torque to the right turns right. */
export function createScene(stage: Stage): Phaser.Scene {
  return new ArenaScene(stage, art);
}

/** Places in the rod's drawing, as shares of its height. */
const rodDrawing = { widthShare: 120 / 520, pivotY: 460 / 520, lengthShare: 400 / 520 };
const trailLength = 22;
/** The trail's marks are this far apart in time. */
const trailEveryMs = 22;
/** An angle that jumps by more between two frames is another episode's. */
const jumpAngle = 1.2;
/** A rod within this of upright at the time limit counts as held up. */
const heldAngle = 0.35;
/** The torque's gauge: how far round it goes at full torque, its radius in rods, its beads. */
const fullSweep = 2.2;
const gaugeRadius = 0.34;
const beadsASide = 14;

const art: SceneArt = {
  files: [
    { key: 'swing-rod', url: rodUrl, scale: 2 },
    { key: 'swing-hub', url: hubUrl, scale: 2 },
  ],
  tileAspect: sceneFrame.tileAspect,
  timeLimitTicks: swing.timeLimitTicks,
  tickMs: swing.tickMs,
  createFocusView: (scene) => new SwingFocus(scene),
  createTileViews: (scene, arenas) => new SwingTiles(scene, arenas),
  verdict: (_ending: EpisodeEnding, lastState: Float64Array): Verdict =>
    Math.abs(wrapAngle(lastState[swingState.angle]!)) < heldAngle ? 'success' : 'neutral',
};

/** The angle between two ticks, the short way round. */
function blendedAngle({ state, previousState, blend }: ArenaMoment): number {
  const before = previousState[swingState.angle]!;
  return before + wrapAngle(state[swingState.angle]! - before) * blend;
}

class SwingFocus implements FocusView {
  private readonly shadow: Phaser.GameObjects.Image;
  private readonly rod: Phaser.GameObjects.Image;
  private readonly hub: Phaser.GameObjects.Image;
  private readonly trail: Phaser.GameObjects.Image[];
  /** The torque's gauge: beads from the top outwards, to the left and to the right. */
  private readonly beads: readonly [Phaser.GameObjects.Image[], Phaser.GameObjects.Image[]];
  private readonly arrowhead: Phaser.GameObjects.Image;

  private xPx = 0;
  private yPx = 0;
  private lengthPx = 1;
  private torqueLevel = 0;
  private lastAngle = 0;
  private sinceTrailMs = 0;
  /** Angles the rod had, newest first. */
  private readonly trailAngles = new Float64Array(trailLength);
  private trailHeld = 0;

  constructor(scene: Phaser.Scene) {
    const image = (key: string, depth: number) => scene.add.image(0, 0, key).setDepth(depth);
    this.trail = Array.from({ length: trailLength }, () =>
      image('mark-glow', depths.scenery + 2).setVisible(false),
    );
    this.shadow = image('mark-glow', depths.scenery + 3)
      .setTint(0x000000)
      .setAlpha(0.16);
    this.rod = image('__WHITE', depths.pieces).setOrigin(0.5, rodDrawing.pivotY);
    this.hub = image('__WHITE', depths.pieces + 2);
    const side = () => Array.from({ length: beadsASide }, () => image('__WHITE', depths.pieces + 3));
    this.beads = [side(), side()];
    this.arrowhead = image('mark-arrowhead', depths.pieces + 4);
  }

  arrange(rectangle: Rectangle, palette: Palette, textures: PaintedTextures): void {
    const { xPx, yPx, lengthPx } = swingPlaces(rectangle);
    this.xPx = xPx;
    this.yPx = yPx;
    this.lengthPx = lengthPx;

    const heightPx = this.lengthPx / rodDrawing.lengthShare;
    textures.paintImage('rod', 'swing-rod', heightPx * rodDrawing.widthShare, heightPx, [this.rod]);
    this.rod.setPosition(this.xPx, this.yPx);
    const hubPx = this.lengthPx * 0.3;
    textures.paintImage('hub', 'swing-hub', hubPx, hubPx, [this.hub]);
    this.hub.setPosition(this.xPx, this.yPx);
    this.shadow.setDisplaySize(hubPx * 1.7, hubPx * 1.7).setPosition(this.xPx + 2, this.yPx + hubPx * 0.14);
    const radiusPx = this.lengthPx * gaugeRadius;
    const beadPx = Math.max(3, ((radiusPx * fullSweep) / beadsASide) * 0.62);
    textures.paint('bead', beadPx, beadPx, beadPainter, this.beads.flat());
    this.beads.forEach((beads, side) => {
      beads.forEach((bead, i) => {
        const angle = ((side === 0 ? -1 : 1) * fullSweep * (i + 0.5)) / beadsASide;
        bead.setPosition(this.xPx + radiusPx * Math.sin(angle), this.yPx - radiusPx * Math.cos(angle));
      });
    });
    this.arrowhead.setDisplaySize(beadPx * 2.6, beadPx * 2.6);
    this.trail.forEach((mark, i) => {
      const sizePx = this.lengthPx * 0.24 * (1 - (0.7 * i) / trailLength);
      mark.setTint(palette.person).setDisplaySize(sizePx, sizePx);
    });
  }

  draw(moment: ArenaMoment): void {
    const angle = blendedAngle(moment);
    this.rod.setRotation(angle);
    this.hub.setRotation(angle);
    this.drawTrail(angle, moment);
    this.drawTorque(moment);
    this.lastAngle = angle;
  }

  private drawTrail(angle: number, { elapsedMs, calm }: ArenaMoment): void {
    if (calm || Math.abs(angle - this.lastAngle) > jumpAngle) this.trailHeld = 0;
    this.sinceTrailMs += elapsedMs;
    if (this.sinceTrailMs >= trailEveryMs) {
      this.sinceTrailMs %= trailEveryMs;
      this.trailAngles.copyWithin(1, 0, trailLength - 1);
      this.trailAngles[0] = angle;
      this.trailHeld = Math.min(trailLength, this.trailHeld + 1);
    }
    for (let i = 0; i < trailLength; i++) {
      const at = this.trailAngles[i]!;
      this.trail[i]!.setVisible(!calm && i < this.trailHeld)
        .setPosition(this.xPx + this.lengthPx * Math.sin(at), this.yPx - this.lengthPx * Math.cos(at))
        .setAlpha(0.4 * (1 - i / trailLength));
    }
  }

  /** A row of beads as long as the torque is large, and a head that shows its direction. */
  private drawTorque({ action, elapsedMs, playerColour }: ArenaMoment): void {
    const share = 1 - Math.exp(-elapsedMs / 60);
    this.torqueLevel += (action[0]! / maximumTorque - this.torqueLevel) * share;
    const level = this.torqueLevel;
    this.beads.forEach((beads, side) => {
      const lit = beadsASide * (side === 0 ? -level : level);
      beads.forEach((bead, i) => {
        bead.setTint(playerColour).setAlpha(0.1 + 0.85 * Math.min(1, Math.max(0, lit - i)));
      });
    });
    const end = level * fullSweep;
    const radiusPx = this.lengthPx * gaugeRadius;
    this.arrowhead
      .setVisible(Math.abs(level) > 0.04)
      .setTint(playerColour)
      .setPosition(this.xPx + radiusPx * Math.sin(end), this.yPx - radiusPx * Math.cos(end))
      .setRotation(level < 0 ? end + Math.PI : end);
  }

  endingPoint(): { xPx: number; yPx: number; sizePx: number } {
    return { xPx: this.xPx, yPx: this.yPx - this.lengthPx, sizePx: this.lengthPx * 0.8 };
  }

  settle(): void {
    this.trailHeld = 0;
    this.torqueLevel = 0;
  }

  /** The circle that the bob runs on, a tick every 30°, and the place at the top where it should stay. */
  paintGround(context: CanvasRenderingContext2D, palette: Palette): void {
    const outerPx = this.lengthPx * 1.28;
    context.translate(this.xPx, this.yPx);
    context.strokeStyle = cssColour(palette.line);
    context.lineWidth = 1.5;
    for (const radiusPx of [outerPx, this.lengthPx]) {
      arc(context, 0, 0, radiusPx);
      context.stroke();
    }
    context.lineWidth = 2;
    context.strokeStyle = cssColour(palette.lineStrong);
    for (let hour = 0; hour < 12; hour++) {
      const angle = (hour * Math.PI) / 6;
      const innerPx = outerPx - (hour % 3 === 0 ? 12 : 7);
      context.beginPath();
      context.moveTo(Math.sin(angle) * innerPx, -Math.cos(angle) * innerPx);
      context.lineTo(Math.sin(angle) * outerPx, -Math.cos(angle) * outerPx);
      context.stroke();
    }
    context.strokeStyle = cssColour(palette.success);
    context.lineWidth = 5;
    context.lineCap = 'round';
    arc(context, 0, 0, outerPx, -Math.PI / 2 - heldAngle, -Math.PI / 2 + heldAngle);
    context.stroke();
  }
}

class SwingTiles implements TileViews {
  private readonly rods: Phaser.GameObjects.Image[];

  constructor(scene: Phaser.Scene, arenas: number) {
    const images = (depth: number) =>
      Array.from({ length: arenas }, () => scene.add.image(0, 0, '__WHITE').setDepth(depths.tiles + depth));
    this.rods = images(1);
  }

  arrange(rectangles: readonly Rectangle[], palette: Palette, textures: PaintedTextures): void {
    const { widthPx, heightPx } = rectangles[0]!;
    const roomPx = Math.max(1, Math.min(widthPx, heightPx) - 8);
    const lengthPx = roomPx * 0.36;
    const colours = {
      colour: palette.learner,
      headColour: palette.person,
      pivotColour: palette.lineStrong,
    };
    paintStick(textures, 'tile-rod', { lengthPx, ...colours }, this.rods);
    rectangles.forEach((tile, arena) => {
      const xPx = tile.xPx + tile.widthPx / 2;
      const yPx = tile.yPx + tile.heightPx / 2;
      this.rods[arena]!.setPosition(xPx, yPx);
    });
  }

  paintGround(context: CanvasRenderingContext2D, tile: Rectangle, palette: Palette): void {
    const radiusPx = Math.min(tile.widthPx, tile.heightPx) / 2 - 6;
    context.translate(tile.xPx + tile.widthPx / 2, tile.yPx + tile.heightPx / 2);
    context.strokeStyle = cssColour(palette.line);
    context.lineWidth = 1.5;
    arc(context, 0, 0, radiusPx);
    context.stroke();
    context.strokeStyle = cssColour(palette.success);
    context.lineWidth = 3;
    arc(context, 0, 0, radiusPx, -Math.PI / 2 - heldAngle, -Math.PI / 2 + heldAngle);
    context.stroke();
  }

  draw(moment: ArenaMoment): void {
    this.rods[moment.arena]!.rotation = blendedAngle(moment);
  }
}

const beadPainter: Painter = (context, widthPx) => {
  context.fillStyle = '#ffffff';
  arc(context, widthPx / 2, widthPx / 2, widthPx / 2 - 0.5);
  context.fill();
};
