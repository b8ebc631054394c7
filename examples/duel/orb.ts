import type Phaser from 'phaser';
import { orbRules, type Seat } from './rules';

/** A ball of magic: in a wizard's hand, or flying and dangerous to the other one. */
export class Orb {
  readonly zone: Phaser.GameObjects.Zone;
  readonly body: Phaser.Physics.Arcade.Body;
  /** Whom it obeys; nobody, and it hurts nobody, once it is tame. */
  owner: Seat | null;
  isHeld = true;
  /** For how long it has been held, or has been flying. */
  ageMs = 0;
  /** Since it was thrown. */
  rebounds = 0;

  constructor(scene: Phaser.Scene, owner: Seat) {
    this.owner = owner;
    this.zone = scene.add.zone(0, 0, 2 * orbRules.radius, 2 * orbRules.radius);
    scene.physics.add.existing(this.zone);
    this.body = this.zone.body as Phaser.Physics.Arcade.Body;
    this.body.setCircle(orbRules.radius).setBounce(1).setCollideWorldBounds(true, 1, 1, true);
  }

  get x(): number {
    return this.zone.x;
  }

  get y(): number {
    return this.zone.y;
  }

  get velocity(): Readonly<Phaser.Math.Vector2> {
    return this.body.velocity;
  }

  /** Comes into a wizard's hand. */
  take(owner: Seat): void {
    this.owner = owner;
    this.isHeld = true;
    this.ageMs = 0;
    this.body.stop();
    this.body.enable = false;
  }

  carry(x: number, y: number): void {
    this.zone.setPosition(x, y);
  }

  /** @param slant up −1, straight 0, down 1. */
  fly(x: number, y: number, facing: number, slant: number, speed: number): void {
    const angle = slant * orbRules.slant;
    this.isHeld = false;
    this.ageMs = 0;
    this.rebounds = 0;
    this.body.enable = true;
    this.body.reset(x, y);
    this.body.setVelocity(facing * speed * Math.cos(angle), speed * Math.sin(angle));
  }

  /** It met a wall. */
  rebound(isCalm: boolean): void {
    const { keeps, slowest, wildRebounds, tameSpeed } = orbRules;
    const speed = this.velocity.length();
    this.rebounds += 1;
    if (this.rebounds >= wildRebounds) this.owner = null;
    const wanted = this.owner === null ? tameSpeed : isCalm ? Math.max(slowest, speed * keeps) : speed;
    this.body.velocity.scale(wanted / speed);
  }

  stop(): void {
    this.body.stop();
  }
}
