import type Phaser from 'phaser';
import type { PlayerLook } from '../../contract';
import type { SeededRandom } from '../../random/seeded-random';
import { depths } from '../scenes/arena-scene';
import type { PaintedTextures } from '../scenes/painted-textures';
import { court, type Seat } from './court';
import type { CourtPalette } from './scene-palette';
import { markDrawing, markPainter } from './scene-player-mark';
import { Spring, widthOf } from './scene-spring';
import { type CourtView, xPxOf, yPxOf } from './scene-view';

/** How a player takes the last point. */
export type Mood = 'calm' | 'cheer' | 'glum';
type Face = Mood | 'blink';
const faceNames: readonly Face[] = ['calm', 'cheer', 'glum', 'blink'];

/** Measures of the drawings, in units of their files; the body's circle is the simulation's. */
const bodyDrawing = { width: 240, height: 280, radius: 98, bottom: 270 };
const metresAUnit = court.playerRadius / bodyDrawing.radius;
const faceDrawing = { width: 160, height: 120, eyeX: 30, eyeY: 14 };
/** Metres. Heights are above the body's lowest point. */
const faceWidth = 0.72;
const faceHeight = 0.62;
const faceUnit = faceWidth / faceDrawing.width;
const pupilSize = 0.15;
const footSize = { width: 0.36, height: 0.216 };
const footStance = 0.22;
/** How far the face turns towards the ball, and pupils further still. */
const faceTurn = { x: 0.11, y: 0.06 };
const pupilTurn = { x: 0.055, y: 0.075 };

const strideMetres = 0.95;
const leanPerSpeed = 0.028;
const stretchPerSpeed = 0.016;
const blinkMs = 110;
const breathMs = 1900;
const breathDepth = 0.014;
const hopHeight = 0.34;

/** What a player is doing, in metres and metres a second. The same object each frame. */
export interface PlayerPose {
  x: number;
  y: number;
  velocityX: number;
  velocityY: number;
}

/** One character: body, feet that run, and eyes that follow the ball. */
export class Player {
  private readonly shadow: Phaser.GameObjects.Image;
  private readonly body: Phaser.GameObjects.Image;
  private readonly feet: readonly [Phaser.GameObjects.Image, Phaser.GameObjects.Image];
  private readonly faces: Readonly<Record<Face, Phaser.GameObjects.Image>>;
  private readonly pupils: readonly [Phaser.GameObjects.Image, Phaser.GameObjects.Image];
  /** What it wears, over its face; null for who wears nothing. */
  private readonly mark: Phaser.GameObjects.Image | null;
  private readonly look: PlayerLook | null;
  private readonly seat: Seat;
  private readonly random: SeededRandom;
  private readonly spring = new Spring();

  private view!: CourtView;
  /** At which textures show a unit as a CSS pixel. */
  private unitScale = 1;
  private mood: Mood = 'calm';
  private face: Face = 'calm';
  private moodMs = 0;
  private lookX = 0;
  private lookY = 0;
  private breathMs = 0;
  private untilBlinkMs = 1500;

  // Of the frame being drawn: where the body's lowest point is, how it is turned and stretched.
  private footXPx = 0;
  private footYPx = 0;
  private lean = 0;
  private cosine = 1;
  private sine = 0;
  private wide = 1;
  private high = 1;

  constructor(scene: Phaser.Scene, seat: Seat, random: SeededRandom, look: PlayerLook | null = null) {
    const image = (depth: number) => scene.add.image(0, 0, '__WHITE').setDepth(depths.pieces + depth);
    this.seat = seat;
    this.random = random;
    this.shadow = scene.add
      .image(0, 0, 'mark-glow')
      .setTint(0x000000)
      .setDepth(depths.pieces - 2);
    this.body = image(2).setOrigin(0.5, bodyDrawing.bottom / bodyDrawing.height);
    this.feet = [image(3), image(3)];
    this.faces = { calm: image(4), cheer: image(4), glum: image(4), blink: image(4) };
    this.pupils = [image(5), image(5)];
    this.look = look;
    this.mark = look === null ? null : image(6);
    this.show('calm');
  }

  arrange(view: CourtView, palette: CourtPalette, textures: PaintedTextures): void {
    this.view = view;
    const { metrePx } = view;
    const name = this.seat === 0 ? 'left' : 'right';
    const unitPx = metresAUnit * metrePx;
    textures.paintImage(
      `body-${name}`,
      `volley-${name}`,
      bodyDrawing.width * unitPx,
      bodyDrawing.height * unitPx,
      [this.body],
    );
    this.unitScale = this.body.scaleX;
    const faceWidthPx = faceWidth * metrePx;
    const faceHeightPx = faceDrawing.height * faceUnit * metrePx;
    for (const face of faceNames) {
      textures.paintImage(`face-${face}-${name}`, `volley-face-${face}`, faceWidthPx, faceHeightPx, [
        this.faces[face],
      ]);
    }
    this.paintMark(textures);
    const pupilPx = pupilSize * metrePx;
    textures.paintImage(`pupil-${name}`, 'volley-pupil', pupilPx, pupilPx, this.pupils);
    textures.paintImage(
      `foot-${name}`,
      'volley-foot',
      footSize.width * metrePx,
      footSize.height * metrePx,
      this.feet,
    );
    for (const foot of this.feet) foot.setTint(palette.seats[this.seat]);
  }

  private paintMark(textures: PaintedTextures): void {
    const { look, mark } = this;
    const painter = look === null ? null : markPainter(look);
    if (mark === null) return;
    mark.setVisible(painter !== null);
    if (painter === null) return;
    const unitPx = faceUnit * this.view.metrePx;
    const [widthPx, heightPx] = [markDrawing.width * unitPx, markDrawing.height * unitPx];
    textures.paint(`mark-${this.seat}`, widthPx, heightPx, painter, [mark]);
  }

  /** Blows from −1 (pressed flat) to 1 (drawn out). */
  blow(strength: number): void {
    this.spring.kick(strength);
  }

  /** Shows a mood, and after `forMs` is calm again. */
  feel(mood: Mood, forMs: number): void {
    this.mood = mood;
    this.moodMs = forMs;
    this.show(mood);
  }

  settle(): void {
    this.spring.rest();
    if (this.mood !== 'calm') this.feel('calm', 0);
  }

  private show(face: Face): void {
    this.face = face;
    for (const name of faceNames) this.faces[name].setVisible(name === face);
    for (const pupil of this.pupils) pupil.setVisible(face === 'calm' || face === 'glum');
  }

  draw(pose: PlayerPose, ballX: number, ballY: number, elapsedMs: number, calm: boolean): void {
    if (this.moodMs > 0) {
      this.moodMs -= elapsedMs;
      if (this.moodMs <= 0) this.feel('calm', 0);
    }
    this.breathMs += elapsedMs;
    const { view, shadow, body } = this;
    const hop = this.mood === 'cheer' && !calm ? hopHeight * Math.abs(Math.sin(this.breathMs / 125)) : 0;
    const lowest = pose.y - court.playerRadius + hop;
    const drawnOut = Math.min(0.16, Math.abs(pose.velocityY) * stretchPerSpeed);
    const sag = this.mood === 'glum' ? -0.1 : 0;
    const breath = breathDepth * Math.sin((this.breathMs / breathMs) * 2 * Math.PI + this.seat);
    const offset = this.spring.update(elapsedMs) + (calm ? 0 : drawnOut + breath) + sag;
    this.high = 1 + offset;
    this.wide = widthOf(offset);
    this.lean = calm ? 0 : pose.velocityX * leanPerSpeed;
    this.cosine = Math.cos(this.lean);
    this.sine = Math.sin(this.lean);
    this.footXPx = xPxOf(view, pose.x);
    this.footYPx = yPxOf(view, lowest);

    const shade = Math.max(0.35, 1 - lowest * 0.35);
    shadow
      .setPosition(this.footXPx, view.floorYPx + 1)
      .setDisplaySize(1.5 * shade * view.metrePx, 0.3 * shade * view.metrePx)
      .setAlpha(0.5 * shade);
    this.place(body, 0, 0);
    this.drawFeet(pose, lowest);
    this.drawFace(pose, ballX, ballY, elapsedMs);
  }

  private drawFeet(pose: PlayerPose, lowest: number): void {
    const { view } = this;
    const inAir = lowest > 0.02;
    const stride = (pose.x / strideMetres) * 2 * Math.PI;
    const running = Math.min(1, Math.abs(pose.velocityX) / 2.5);
    for (let side = 0; side < 2; side++) {
      const foot = this.feet[side]!;
      const phase = stride + side * Math.PI;
      const swing = inAir ? 0 : running * 0.14 * Math.sin(phase);
      const lift = inAir ? -0.04 : running * 0.09 * Math.max(0, Math.cos(phase));
      const x = (side === 0 ? -1 : 1) * footStance * this.wide + swing;
      foot.setFlipX(side === 0);
      // On the ground feet stand on the floor whatever the body does; in the air they hang from it.
      foot.setPosition(
        this.footXPx + x * view.metrePx,
        this.footYPx - (lift + footSize.height * 0.32) * view.metrePx,
      );
      foot.setRotation(inAir ? (side === 0 ? 0.35 : -0.35) : 0);
    }
  }

  private drawFace(pose: PlayerPose, ballX: number, ballY: number, elapsedMs: number): void {
    const dx = ballX - pose.x;
    const dy = ballY - pose.y;
    const distance = Math.sqrt(dx * dx + dy * dy) + 0.4;
    const share = 1 - Math.exp(-elapsedMs / 60);
    const downcast = this.mood === 'glum';
    this.lookX += ((downcast ? 0 : dx / distance) - this.lookX) * share;
    this.lookY += ((downcast ? -1 : dy / distance) - this.lookY) * share;

    this.untilBlinkMs -= elapsedMs;
    if (this.untilBlinkMs < -blinkMs) this.untilBlinkMs = 1200 + 3800 * this.random.uniform();
    const wanted = this.mood === 'calm' && this.untilBlinkMs < 0 ? 'blink' : this.mood;
    if (wanted !== this.face) this.show(wanted);

    const faceX = this.lookX * faceTurn.x;
    const faceY = faceHeight + this.lookY * faceTurn.y;
    this.place(this.faces[this.face], faceX, faceY);
    if (this.mark !== null) this.place(this.mark, faceX, faceY);
    for (let side = 0; side < 2; side++) {
      const eyeX = (side === 0 ? -1 : 1) * faceDrawing.eyeX * faceUnit;
      this.place(
        this.pupils[side]!,
        faceX + eyeX + this.lookX * pupilTurn.x,
        faceY + faceDrawing.eyeY * faceUnit + this.lookY * pupilTurn.y,
      );
    }
  }

  /** Puts a part at metres right of and above the body's lowest point, turned and stretched with the body. */
  private place(image: Phaser.GameObjects.Image, x: number, y: number): void {
    const { metrePx } = this.view;
    const rightPx = x * this.wide * metrePx;
    const upPx = y * this.high * metrePx;
    const { unitScale } = this;
    image
      .setPosition(
        this.footXPx + rightPx * this.cosine + upPx * this.sine,
        this.footYPx + rightPx * this.sine - upPx * this.cosine,
      )
      .setRotation(this.lean)
      .setScale(unitScale * this.wide, unitScale * this.high);
  }
}
