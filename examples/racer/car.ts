import Phaser from 'phaser';
import { LapCounter } from './lap-counter';
import type { Track } from './track';

export const carLengthPx = 34;
export const carWidthPx = 17;
/** Pixels a step of a sixtieth of a second, as Matter measures speed. */
export const topSpeed = 6.6;

// What gas, brakes and tyres do in such a step.
const thrust = 0.095;
const braking = 0.2;
const reverseThrust = 0.06;
const topReverse = 1.6;
const rolling = thrust / topSpeed;
/** Radians, at the speed at which steering does most. */
const turning = 0.064;
/** The share of sideways speed that tyres leave, while they hold and when they slide. */
const holding = 0.8;
const sliding = 0.945;
/** Sideways speed from which tyres slide. */
const slip = 1.05;

/** Something that is drawn as it goes. */
export type CarImage = Phaser.Physics.Matter.Image;

/** A car: what its driver does, how its tyres hold, and how far along the course it is. */
export class Car {
  readonly image: CarImage;
  laps: LapCounter;
  /** −1, to the left, to 1. */
  steer = 0;
  /** −1, brakes and then backwards, to 1. */
  gas = 0;
  /** Along the course from the start, unwrapped. */
  distancePx = 0;
  /** Since it was put where it is. */
  drivenPx = 0;
  /** Whether it has touched a wall since it was put where it is. */
  hasTouched = false;
  /** How fast it hit a wall in this step. */
  impact = 0;
  /** Whether anybody has driven it. */
  isDriven = false;
  private readonly track: Track;

  /** @param image has a body of Matter. */
  constructor(image: CarImage, track: Track) {
    this.image = image;
    this.track = track;
    this.laps = new LapCounter(track.lengthPx, 0);
    image.setOnCollide(() => this.touch());
  }

  /** Puts it on the course at rest, `asidePx` to the right of the centre line. Laps begin anew. */
  start(distancePx: number, asidePx: number): void {
    this.put(distancePx, asidePx);
    this.laps = new LapCounter(this.track.lengthPx, distancePx);
  }

  /** Puts it back onto the centre line where it is, at rest. */
  putBack(): void {
    this.put(this.distancePx, 0);
    if (this.laps.steps > 0) this.laps.spoil();
  }

  drive(steer: number, gas: number): void {
    this.steer = Phaser.Math.Clamp(steer, -1, 1);
    this.gas = Phaser.Math.Clamp(gas, -1, 1);
    this.isDriven = true;
  }

  /** Its driver lets go of everything. */
  rest(): void {
    this.steer = 0;
    this.gas = 0;
  }

  /** Ahead, in pixels a step. */
  get speed(): number {
    return this.velocityAlong(this.image.rotation);
  }

  /** To the right. */
  get slide(): number {
    return this.velocityAlong(this.image.rotation + Math.PI / 2);
  }

  /** Radians a step, clockwise. */
  get spin(): number {
    return this.image.getAngularVelocity();
  }

  get isSliding(): boolean {
    return Math.abs(this.slide) > slip;
  }

  /** Before Matter moves it: engine, brakes and tyres. */
  beforePass(): void {
    const { image, steer, gas } = this;
    const angle = image.rotation;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    const speed = this.pushed(this.speed, gas);
    const slide = this.slide * (this.isSliding ? sliding : holding);
    image.setVelocity(speed * cos - slide * sin, speed * sin + slide * cos);
    // It turns by rolling: not at rest, and less sharply when it is fast.
    const rolled = Math.min(1, Math.abs(speed) / 2) * Math.sign(speed);
    const held = 1 - 0.42 * Math.min(1, Math.abs(speed) / topSpeed);
    const wanted = steer * turning * rolled * held;
    image.setAngularVelocity(this.spin + 0.35 * (wanted - this.spin));
    this.impact = 0;
  }

  /** After Matter has moved it. @returns whether a lap is full. */
  afterPass(): boolean {
    const { image, track } = this;
    const now = track.distanceAt(image.x, image.y, this.distancePx);
    this.drivenPx += now - this.distancePx;
    this.distancePx = now;
    return this.laps.moved(now);
  }

  private pushed(speed: number, gas: number): number {
    const rolled = speed * (1 - rolling);
    if (gas >= 0) return rolled + gas * thrust;
    if (speed > 0) return Math.max(0, rolled + gas * braking);
    return Math.max(-topReverse, rolled + gas * reverseThrust);
  }

  private touch(): void {
    this.hasTouched = true;
    this.laps.spoil();
    const { velocity } = this.image.body as MatterJS.BodyType;
    this.impact = Math.max(this.impact, Math.sqrt(velocity.x ** 2 + velocity.y ** 2));
  }

  private put(distancePx: number, asidePx: number): void {
    const { image } = this;
    const { x, y, dx, dy } = this.track.at(distancePx);
    image.setPosition(x - asidePx * dy, y + asidePx * dx);
    image.setRotation(Math.atan2(dy, dx));
    image.setVelocity(0, 0);
    image.setAngularVelocity(0);
    this.distancePx = distancePx;
    this.drivenPx = 0;
    this.hasTouched = false;
    this.rest();
  }

  private velocityAlong(angle: number): number {
    const { velocity } = this.image.body as MatterJS.BodyType;
    return velocity.x * Math.cos(angle) + velocity.y * Math.sin(angle);
  }
}
