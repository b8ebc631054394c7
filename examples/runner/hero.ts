import type Phaser from 'phaser';
import { frames } from './frames';

/** What a player wants at a moment. */
export interface Wishes {
  /** −1 to the left, 1 to the right. */
  readonly way: number;
  readonly isJumpHeld: boolean;
}

/** Pixels a second, and pixels a second squared. */
export const runSpeed = 125;
export const jumpSpeed = 300;
const groundPull = 1_100;
const airPull = 750;
/** A jump that is let go of goes on at no more than this. */
const cutSpeed = 90;
/** One may still jump so long after walking off an edge, and press the key so long before landing. */
const graceMs = 90;

/** Whom the player moves. */
export class Hero {
  readonly sprite: Phaser.Types.Physics.Arcade.SpriteWithDynamicBody;
  private sinceGroundMs = 0;
  private sincePressMs = Number.POSITIVE_INFINITY;
  private wasJumpHeld = false;
  private isJumping = false;

  constructor(scene: Phaser.Scene, x: number, y: number) {
    this.sprite = scene.physics.add.sprite(x, y, 'sprites', frames.stand);
    this.sprite.setBodySize(8, 14).setOffset(4, 2).setDepth(5).setMaxVelocity(runSpeed, 380);
  }

  get isOnGround(): boolean {
    const { blocked, touching } = this.sprite.body;
    return blocked.down || touching.down;
  }

  /** @returns whether it jumps off now. */
  move({ way, isJumpHeld }: Wishes, deltaMs: number): boolean {
    const { body } = this.sprite;
    this.sinceGroundMs = this.isOnGround ? 0 : this.sinceGroundMs + deltaMs;
    this.sincePressMs = isJumpHeld && !this.wasJumpHeld ? 0 : this.sincePressMs + deltaMs;
    this.wasJumpHeld = isJumpHeld;
    const pull = ((this.isOnGround ? groundPull : airPull) * deltaMs) / 1_000;
    const lack = way * runSpeed - body.velocity.x;
    body.velocity.x += Math.sign(lack) * Math.min(Math.abs(lack), pull);
    if (way !== 0) this.sprite.setFlipX(way < 0);
    if (body.velocity.y >= 0) this.isJumping = false;
    if (this.isJumping && !isJumpHeld && body.velocity.y < -cutSpeed) body.velocity.y = -cutSpeed;
    if (this.sincePressMs > graceMs || this.sinceGroundMs > graceMs) return false;
    this.jump(jumpSpeed);
    return true;
  }

  /** Off whatever it stands on. */
  jump(speed: number): void {
    this.sprite.body.velocity.y = -speed;
    this.isJumping = true;
    this.sincePressMs = Number.POSITIVE_INFINITY;
    this.sinceGroundMs = Number.POSITIVE_INFINITY;
  }

  /** Falls out of the picture. */
  fall(): void {
    const { sprite } = this;
    sprite.setFrame(frames.fall).setVelocity(0, -240).setDepth(9);
    sprite.body.checkCollision.none = true;
    sprite.setCollideWorldBounds(false);
  }

  /** Looks as it moves. */
  pose(timeMs: number): void {
    const { sprite } = this;
    const { velocity } = sprite.body;
    if (!this.isOnGround) sprite.setFrame(velocity.y < 40 ? frames.jump : frames.fall);
    else if (Math.abs(velocity.x) < 12) sprite.setFrame(frames.stand);
    else
      sprite.setFrame(
        [frames.runWide, frames.stand, frames.runClose, frames.stand][Math.floor(timeMs / 70) % 4]!,
      );
  }
}
