import type Phaser from 'phaser';
import type { Orb } from '../orb';
import { wizardRules } from '../rules';
import { sharpness } from '../sharpness';
import { seatColours, tameHex } from './colours';
import { circle, glow, paint, picture } from './paint';

/** Pictures behind a flying orb, and how far apart in time they were it. */
const trailLength = 9;

/** One orb, with a light, a tail where it flies, and more and more of a tremble the longer it is held. */
export class OrbView {
  private readonly orb: Orb;
  private readonly halo: Phaser.GameObjects.Image;
  private readonly core: Phaser.GameObjects.Image;
  private readonly trail: readonly Phaser.GameObjects.Image[];
  private readonly places: { x: number; y: number }[] = [];
  private ms = 0;

  constructor(scene: Phaser.Scene, orb: Orb) {
    paint(scene, 'duel-halo', 72, 72, (pen) => glow(pen, 36, 36, 36, '#ffffff'));
    paint(scene, 'duel-orb', 26, 26, paintOrb);
    this.orb = orb;
    this.trail = Array.from({ length: trailLength }, () =>
      picture(scene, 'duel-halo', 14).setBlendMode('ADD'),
    );
    this.halo = picture(scene, 'duel-halo', 15).setBlendMode('ADD');
    this.core = picture(scene, 'duel-orb', 16);
  }

  draw(deltaMs: number): void {
    const { orb } = this;
    this.ms += deltaMs;
    const colour = orb.owner === null ? tameHex : seatColours[orb.owner].hex;
    const fuse = orb.isHeld ? Math.min(1, orb.ageMs / wizardRules.fuseMs) : 0;
    const tremble = 2.4 * fuse * fuse;
    const x = orb.x + tremble * Math.sin(this.ms / 17);
    const y = orb.y + tremble * Math.cos(this.ms / 13);
    const pulse = 1 + 0.08 * Math.sin(this.ms / 110) + 0.7 * fuse * fuse;
    const isTame = orb.owner === null;
    this.halo
      .setPosition(x, y)
      .setTint(colour)
      .setAlpha(isTame ? 0.3 : 0.85)
      .setScale(pulse / sharpness);
    this.core
      .setPosition(x, y)
      .setTint(colour)
      .setScale((orb.isHeld ? 0.82 : 1) / sharpness)
      .setRotation(this.ms / (isTame ? 900 : 160));
    this.drawTrail(colour, isTame || orb.isHeld);
  }

  private drawTrail(colour: number, isHidden: boolean): void {
    const { orb, places } = this;
    if (isHidden) places.length = 0;
    else places.unshift({ x: orb.x, y: orb.y });
    if (places.length > trailLength) places.length = trailLength;
    this.trail.forEach((part, index) => {
      const place = places[index];
      part.setVisible(place !== undefined);
      if (place === undefined) return;
      const share = 1 - index / trailLength;
      part
        .setPosition(place.x, place.y)
        .setTint(colour)
        .setAlpha(0.5 * share)
        .setScale((0.2 + 0.5 * share) / sharpness);
    });
  }
}

function paintOrb(pen: CanvasRenderingContext2D): void {
  const shine = pen.createRadialGradient(9, 8, 1, 13, 13, 12);
  shine.addColorStop(0, '#ffffff');
  shine.addColorStop(0.45, '#f4f4f4');
  shine.addColorStop(1, '#b4b4c4');
  pen.fillStyle = shine;
  pen.strokeStyle = '#15183a';
  pen.lineWidth = 2;
  circle(pen, 13, 13, 10.5);
  pen.fill();
  pen.stroke();
  pen.strokeStyle = '#ffffff';
  pen.lineWidth = 1.8;
  pen.beginPath();
  pen.arc(13, 13, 5.5, 0.3, 2.2);
  pen.stroke();
  pen.beginPath();
  pen.arc(13, 13, 5.5, 3.4, 5.3);
  pen.stroke();
}
