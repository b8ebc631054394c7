import Phaser from 'phaser';
import type { Orb } from './orb';
import { field, middle, type Seat, wizardRules } from './rules';

/** What whoever plays a wizard wants of it. */
export interface Wish {
  /** −1 left to 1 right. */
  readonly x: number;
  /** −1 up to 1 down. */
  readonly y: number;
  /** Throw what is in the hand, or ward off what comes. */
  readonly use: boolean;
}

/** Where its hand is, from its middle, towards the other side. */
const hand = { x: 21, y: -4 } as const;
const secondOrb = 18;

export class Wizard {
  readonly seat: Seat;
  /** 1 where it looks to the right. */
  readonly facing: number;
  readonly zone: Phaser.GameObjects.Zone;
  readonly body: Phaser.Physics.Arcade.Body;
  readonly held: Orb[] = [];
  /** For how much longer its ward stands, and until it can have another. */
  wardMs = 0;
  restMs = 0;
  /** Whether what it is asked to use was let go of since it last was used. */
  isArmed = false;

  constructor(scene: Phaser.Scene, seat: Seat) {
    this.seat = seat;
    this.facing = seat === 0 ? 1 : -1;
    this.zone = scene.add.zone(0, 0, 2 * wizardRules.radius, 2 * wizardRules.radius);
    scene.physics.add.existing(this.zone);
    this.body = this.zone.body as Phaser.Physics.Arcade.Body;
    const [left, right] =
      seat === 0 ? [field.left, middle.x - wizardRules.gap] : [middle.x + wizardRules.gap, field.right];
    const half = new Phaser.Geom.Rectangle(left, field.top, right - left, field.bottom - field.top);
    this.body.setCircle(wizardRules.radius).setBoundsRectangle(half).setCollideWorldBounds(true);
  }

  get x(): number {
    return this.zone.x;
  }

  get y(): number {
    return this.zone.y;
  }

  get isWarding(): boolean {
    return this.wardMs > 0;
  }

  /** Whether its hand would do something now. */
  get isReady(): boolean {
    return this.isArmed && (this.held.length > 0 || (!this.isWarding && this.restMs <= 0));
  }

  /** A round begins. */
  begin(x: number, y: number, orb: Orb): void {
    this.body.reset(x, y);
    this.held.length = 0;
    this.wardMs = 0;
    this.restMs = 0;
    this.isArmed = false;
    this.hold(orb);
  }

  hold(orb: Orb): void {
    orb.take(this.seat);
    this.held.push(orb);
    this.wardMs = 0;
  }

  move({ x, y }: Wish): void {
    const speed = this.isWarding ? wizardRules.wardSpeed : wizardRules.speed;
    const share = x !== 0 && y !== 0 ? Math.SQRT1_2 : 1;
    this.body.setVelocity(x * speed * share, y * speed * share);
  }

  /** Time passes. @returns an orb that left by itself. */
  pass(ms: number, throwSpeed: number): Orb | null {
    if (this.isWarding) {
      this.wardMs -= ms;
      if (!this.isWarding) this.restMs = wizardRules.restMs;
    } else this.restMs = Math.max(0, this.restMs - ms);
    const [first] = this.held;
    return first !== undefined && first.ageMs > wizardRules.fuseMs ? this.throw(0, throwSpeed) : null;
  }

  /** @returns what it threw; null where there was nothing to throw. */
  throw(slant: number, speed: number): Orb | null {
    const orb = this.held.shift();
    if (orb === undefined) return null;
    orb.fly(this.x + this.facing * hand.x, this.y + hand.y, this.facing, slant, speed);
    return orb;
  }

  /** Holds up a ward, in which the other's orbs are caught. */
  ward(): void {
    this.wardMs = wizardRules.wardMs;
  }

  carry(): void {
    this.held.forEach((orb, index) => {
      orb.carry(this.x + this.facing * hand.x, this.y + hand.y - index * secondOrb);
    });
  }

  stop(): void {
    this.body.stop();
  }
}
