import type Phaser from 'phaser';
import type { Bout } from '../bout';
import { wizardRules } from '../rules';
import { sharpness } from '../sharpness';
import type { Wizard } from '../wizard';
import { seatColours } from './colours';
import { circle, ellipse, glow, paint, picture, star } from './paint';

const size = { width: 80, height: 104 } as const;
/** In a drawing, where a wizard's place on the floor is. */
const foot = { x: 40, y: 86 } as const;
/** Above the middle of the wizard's place, by which it is hit. */
const footBelow = 16;
const strideMs = 75;

/** One wizard: robe, beard, eyes that follow what is dangerous, a hat, a ward; or, once it was hit, a frog. */
export class WizardView {
  private readonly scene: Bout;
  private readonly wizard: Wizard;
  private readonly shadow: Phaser.GameObjects.Image;
  private readonly robe: Phaser.GameObjects.Image;
  private readonly pupils: readonly Phaser.GameObjects.Image[];
  private readonly hat: Phaser.GameObjects.Image;
  private readonly gem: Phaser.GameObjects.Image;
  private readonly ward: Phaser.GameObjects.Image;
  private readonly frog: Phaser.GameObjects.Image;
  private walkedMs = 0;
  private lean = 0;
  private hatLag = 0;
  private throwMs = 0;

  constructor(scene: Bout, wizard: Wizard) {
    const { seat } = wizard;
    paintParts(scene, seat);
    this.scene = scene;
    this.wizard = wizard;
    const part = (key: string) => picture(scene, key, 10).setFlipX(wizard.facing < 0);
    const bodyOrigin = [foot.x / size.width, foot.y / size.height] as const;
    this.shadow = picture(scene, 'duel-shadow', 3);
    this.robe = part(`duel-robe-${seat}`).setOrigin(...bodyOrigin);
    this.pupils = [0, 1].map(() => picture(scene, 'duel-pupil', 11));
    this.hat = part(`duel-hat-${seat}`).setOrigin(...bodyOrigin);
    this.gem = picture(scene, 'duel-gem', 13).setBlendMode('ADD');
    this.ward = picture(scene, `duel-ward-${seat}`, 20).setBlendMode('ADD');
    this.frog = picture(scene, 'duel-frog', 10)
      .setOrigin(0.5, 0.9)
      .setFlipX(wizard.facing < 0);
  }

  /** It threw: its arms go forward. */
  throws(): void {
    this.throwMs = 160;
  }

  draw(deltaMs: number, isFrog: boolean, isGlad: boolean): void {
    const { x, y } = this.wizard;
    this.shadow.setPosition(x, y + footBelow + 1);
    for (const part of [this.robe, this.hat, this.gem, ...this.pupils]) part.setVisible(!isFrog);
    this.frog.setVisible(isFrog);
    if (isFrog) this.drawFrog(x, y);
    else this.drawWizard(deltaMs, isGlad);
    this.drawWard(x, y);
  }

  private drawWizard(deltaMs: number, isGlad: boolean): void {
    const { wizard, scene } = this;
    const { velocity } = wizard.body;
    const speed = velocity.length() / wizardRules.speed;
    this.walkedMs += deltaMs * speed;
    this.throwMs = Math.max(0, this.throwMs - deltaMs);
    const ease = Math.min(1, deltaMs / 90);
    this.lean += (velocity.x / wizardRules.speed - this.lean) * ease;
    this.hatLag += (-velocity.x / wizardRules.speed - this.hatLag) * ease * 0.6;
    const cheer = isGlad ? Math.abs(Math.sin(scene.phaseMs / 130)) * 16 : 0;
    const bob = Math.abs(Math.sin(this.walkedMs / strideMs)) * 4 * Math.min(1, speed) + cheer;
    const breath = Math.sin(scene.time.now / 420 + 3 * wizard.seat) * 0.015;
    const reach = (wizard.facing * this.throwMs) / 160;
    const [x, y] = [wizard.x, wizard.y + footBelow];
    const turn = 0.12 * this.lean + 0.16 * reach;
    const scale = 1 / sharpness;
    this.robe
      .setPosition(x, y - bob)
      .setRotation(turn)
      .setScale(scale * (1 - breath), scale * (1 + breath + bob / 260));
    this.hat
      .setPosition(x, y - bob - 1.5 * breath * 60)
      .setRotation(turn + 0.1 * this.hatLag + (isGlad ? 0.1 * Math.sin(scene.phaseMs / 90) : 0))
      .setScale(scale);
    this.robe.setDepth(10 + y / 1_000);
    this.hat.setDepth(10.0003 + y / 1_000);
    this.drawEyes(x, y - bob, turn);
    const [sin, cos] = [Math.sin(turn), Math.cos(turn)];
    this.gem
      .setPosition(x + 48 * sin, y - bob - 48 * cos)
      .setDepth(10.0005 + y / 1_000)
      .setAlpha(wizard.isReady && wizard.held.length === 0 ? 0.9 : 0.12);
  }

  /** Pupils look at what is dangerous, or else at the other. */
  private drawEyes(x: number, y: number, turn: number): void {
    const { scene, wizard } = this;
    const feared = scene.orbs.find((orb) => scene.isFeared(orb, wizard.seat));
    const seen = feared ?? scene.wizards[wizard.seat === 0 ? 1 : 0];
    const angle = Math.atan2(seen.y - wizard.y, seen.x - wizard.x);
    const [sin, cos] = [Math.sin(turn), Math.cos(turn)];
    this.pupils.forEach((pupil, index) => {
      const ahead = wizard.facing * 2.5 + (index === 0 ? -5.5 : 5.5) + 2 * Math.cos(angle);
      const up = 37 - 2.2 * Math.sin(angle);
      pupil
        .setPosition(x + ahead * cos + up * sin, y + ahead * sin - up * cos)
        .setDepth(10.0002 + (wizard.y + footBelow) / 1_000);
    });
  }

  private drawFrog(x: number, y: number): void {
    const { phase, phaseMs } = this.scene;
    // Out of a puff of smoke, then hop after hop.
    const grown = phase === 'hit' ? Math.min(1, phaseMs / 220) : 1;
    const hop = Math.max(0, Math.sin((phaseMs - 150) / 120)) * 18;
    const squash = 1 + (hop > 0 ? 0.08 : -0.06 * Math.sin(phaseMs / 60));
    const scale = grown / sharpness;
    this.frog
      .setPosition(x, y + footBelow - hop)
      .setScale(scale / squash, scale * squash)
      .setDepth(10 + (y + footBelow) / 1_000);
    if (phase !== 'hit' && phase !== 'match') this.frog.setVisible(false);
  }

  private drawWard(x: number, y: number): void {
    const { isWarding, wardMs, seat } = this.wizard;
    this.ward.setVisible(isWarding);
    if (!isWarding) return;
    const share = wardMs / wizardRules.wardMs;
    const opened = Math.min(1, (1 - share) * 6);
    this.ward
      .setPosition(x, y)
      .setAlpha(0.35 + 0.65 * share)
      .setScale((0.6 + 0.4 * opened) / sharpness)
      .setRotation((seat === 0 ? 1 : -1) * this.scene.time.now * 0.006);
  }
}

function paintParts(scene: Phaser.Scene, seat: 0 | 1): void {
  const colours = seatColours[seat];
  paint(scene, 'duel-shadow', 52, 18, (pen) => {
    pen.fillStyle = '#05081866';
    ellipse(pen, 26, 9, 24, 7);
    pen.fill();
  });
  paint(scene, `duel-robe-${seat}`, size.width, size.height, (pen) => {
    paintRobe(pen, colours);
    if (seat === 0) paintLongBeard(pen);
    else paintForkedBeard(pen);
  });
  paint(scene, `duel-hat-${seat}`, size.width, size.height, (pen) => paintHat(pen, colours));
  paint(scene, 'duel-pupil', 8, 8, (pen) => {
    pen.fillStyle = '#1a1c33';
    circle(pen, 4, 4, 2.5);
    pen.fill();
    pen.fillStyle = '#ffffff';
    circle(pen, 4.9, 3.2, 0.8);
    pen.fill();
  });
  paint(scene, 'duel-gem', 28, 28, (pen) => {
    glow(pen, 14, 14, 14, '#fff3c4');
    pen.fillStyle = '#ffffff';
    star(pen, 14, 14, 5);
    pen.fill();
  });
  paint(scene, `duel-ward-${seat}`, 104, 104, (pen) => paintWard(pen, colours.light));
  paint(scene, 'duel-frog', 64, 52, paintFrog);
}

type Colours = (typeof seatColours)[number];

function paintRobe(pen: CanvasRenderingContext2D, { main, dark, light }: Colours): void {
  const { x, y } = foot;
  const cloth = pen.createLinearGradient(x - 20, 0, x + 22, 0);
  cloth.addColorStop(0, light);
  cloth.addColorStop(0.35, main);
  cloth.addColorStop(1, dark);
  pen.lineJoin = 'round';
  pen.strokeStyle = '#0d1030';
  pen.lineWidth = 3;
  pen.fillStyle = cloth;
  pen.beginPath();
  pen.moveTo(x - 10, y - 36);
  pen.bezierCurveTo(x - 17, y - 22, x - 21, y - 10, x - 22, y);
  pen.quadraticCurveTo(x - 11, y + 5, x, y + 1);
  pen.quadraticCurveTo(x + 11, y + 5, x + 22, y);
  pen.bezierCurveTo(x + 21, y - 10, x + 17, y - 22, x + 10, y - 36);
  pen.closePath();
  pen.stroke();
  pen.fill();
  pen.fillStyle = '#ffe9a8';
  for (const [dx, dy, radius] of [
    [-13, -8, 3],
    [13, -13, 2.4],
    [4, -5, 2],
  ] as const) {
    star(pen, x + dx, y + dy, radius);
    pen.fill();
  }
  // The sleeve and hand that throw.
  pen.fillStyle = main;
  pen.beginPath();
  pen.moveTo(x + 7, y - 28);
  pen.quadraticCurveTo(x + 22, y - 30, x + 25, y - 20);
  pen.quadraticCurveTo(x + 20, y - 11, x + 9, y - 16);
  pen.closePath();
  pen.stroke();
  pen.fill();
  pen.fillStyle = '#f6c9a2';
  circle(pen, x + 25, y - 21, 4.6);
  pen.lineWidth = 2.4;
  pen.stroke();
  pen.fill();
  paintFace(pen, x + 2.5, y - 37);
}

function paintFace(pen: CanvasRenderingContext2D, x: number, y: number): void {
  pen.fillStyle = '#f6c9a2';
  pen.strokeStyle = '#0d1030';
  pen.lineWidth = 3;
  circle(pen, x, y, 14);
  pen.stroke();
  pen.fill();
  pen.fillStyle = '#ffffff';
  for (const dx of [-5.5, 5.5]) {
    ellipse(pen, x + dx, y, 4.8, 5.4);
    pen.fill();
  }
  pen.fillStyle = '#e89f7c';
  ellipse(pen, x + 1.5, y + 6.5, 4, 3.4);
  pen.fill();
}

function paintLongBeard(pen: CanvasRenderingContext2D): void {
  const [x, y] = [foot.x + 2.5, foot.y - 37];
  pen.fillStyle = '#f3f5ff';
  pen.strokeStyle = '#c3c8e6';
  pen.lineWidth = 1.2;
  pen.beginPath();
  pen.moveTo(x - 13, y + 5);
  pen.quadraticCurveTo(x - 14, y + 18, x - 2, y + 29);
  pen.quadraticCurveTo(x + 1, y + 31, x + 3, y + 27);
  pen.quadraticCurveTo(x + 14, y + 17, x + 13, y + 5);
  pen.quadraticCurveTo(x + 6, y + 10, x, y + 9);
  pen.quadraticCurveTo(x - 6, y + 10, x - 13, y + 5);
  pen.fill();
  pen.stroke();
  pen.beginPath();
  pen.moveTo(x - 5, y + 14);
  pen.quadraticCurveTo(x - 3, y + 22, x, y + 26);
  pen.moveTo(x + 5, y + 14);
  pen.quadraticCurveTo(x + 4, y + 20, x + 2, y + 24);
  pen.stroke();
}

function paintForkedBeard(pen: CanvasRenderingContext2D): void {
  const [x, y] = [foot.x + 2.5, foot.y - 37];
  pen.fillStyle = '#8a3b1e';
  pen.strokeStyle = '#5c230f';
  pen.lineWidth = 1.2;
  pen.beginPath();
  pen.moveTo(x - 13, y + 5);
  pen.quadraticCurveTo(x - 13, y + 16, x - 8, y + 25);
  pen.quadraticCurveTo(x - 3, y + 20, x, y + 17);
  pen.quadraticCurveTo(x + 4, y + 20, x + 9, y + 25);
  pen.quadraticCurveTo(x + 13, y + 16, x + 13, y + 5);
  pen.quadraticCurveTo(x + 7, y + 11, x, y + 9);
  pen.quadraticCurveTo(x - 7, y + 11, x - 13, y + 5);
  pen.fill();
  pen.stroke();
}

function paintHat(pen: CanvasRenderingContext2D, { main, dark, light }: Colours): void {
  const [x, y] = [foot.x + 1, foot.y - 46];
  const felt = pen.createLinearGradient(x - 16, 0, x + 18, 0);
  felt.addColorStop(0, light);
  felt.addColorStop(0.4, main);
  felt.addColorStop(1, dark);
  pen.strokeStyle = '#0d1030';
  pen.lineWidth = 3;
  pen.lineJoin = 'round';
  pen.fillStyle = felt;
  pen.beginPath();
  pen.moveTo(x - 14, y);
  pen.quadraticCurveTo(x - 6, y - 14, x - 5, y - 22);
  pen.quadraticCurveTo(x - 9, y - 28, x - 17, y - 27);
  pen.quadraticCurveTo(x - 6, y - 37, x + 4, y - 25);
  pen.quadraticCurveTo(x + 11, y - 12, x + 15, y);
  pen.closePath();
  pen.stroke();
  pen.fill();
  ellipse(pen, x, y, 23, 6.2);
  pen.stroke();
  pen.fill();
  pen.fillStyle = '#ffe07a';
  pen.beginPath();
  pen.moveTo(x - 13, y - 3);
  pen.quadraticCurveTo(x, y + 3, x + 14, y - 3);
  pen.lineTo(x + 12, y - 8);
  pen.quadraticCurveTo(x, y - 3, x - 11, y - 8);
  pen.fill();
}

function paintWard(pen: CanvasRenderingContext2D, light: string): void {
  const radius = wizardRules.wardRadius;
  const fill = pen.createRadialGradient(52, 52, radius * 0.4, 52, 52, radius + 8);
  fill.addColorStop(0, `${light}00`);
  fill.addColorStop(0.75, `${light}44`);
  fill.addColorStop(0.9, `${light}cc`);
  fill.addColorStop(1, `${light}00`);
  pen.fillStyle = fill;
  pen.fillRect(0, 0, 104, 104);
  pen.strokeStyle = '#ffffff';
  pen.lineWidth = 2;
  for (let dash = 0; dash < 6; dash++) {
    pen.beginPath();
    pen.arc(52, 52, radius + 3, (dash * Math.PI) / 3, (dash * Math.PI) / 3 + 0.62);
    pen.stroke();
  }
}

function paintFrog(pen: CanvasRenderingContext2D): void {
  pen.strokeStyle = '#123d1c';
  pen.lineWidth = 2.6;
  pen.lineJoin = 'round';
  const skin = pen.createLinearGradient(0, 10, 0, 48);
  skin.addColorStop(0, '#8be36b');
  skin.addColorStop(1, '#3c9a3f');
  pen.fillStyle = skin;
  for (const x of [13, 51]) {
    ellipse(pen, x, 41, 11, 7);
    pen.stroke();
    pen.fill();
  }
  ellipse(pen, 32, 33, 21, 16);
  pen.stroke();
  pen.fill();
  for (const x of [21, 43]) {
    circle(pen, x, 16, 8.6);
    pen.stroke();
    pen.fill();
  }
  pen.fillStyle = '#e9ffd9';
  ellipse(pen, 32, 39, 13, 8);
  pen.fill();
  for (const x of [21, 43]) {
    pen.fillStyle = '#ffffff';
    circle(pen, x, 15, 5.6);
    pen.fill();
    pen.fillStyle = '#1a1c33';
    circle(pen, x + (x < 32 ? 1.5 : -1.5), 16, 2.8);
    pen.fill();
  }
  pen.beginPath();
  pen.moveTo(20, 30);
  pen.quadraticCurveTo(32, 38, 44, 30);
  pen.stroke();
}
