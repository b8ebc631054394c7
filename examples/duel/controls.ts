import type Phaser from 'phaser';
import { type Seat, stage } from './rules';
import type { Wish } from './wizard';

type Names = 'up' | 'left' | 'down' | 'right' | 'use';
type Keys = Readonly<Record<Names, Phaser.Input.Keyboard.Key>>;

const names: readonly Readonly<Record<Names, string>>[] = [
  { up: 'W', left: 'A', down: 'S', right: 'D', use: 'SPACE' },
  { up: 'UP', left: 'LEFT', down: 'DOWN', right: 'RIGHT', use: 'ENTER' },
];

/** A finger that stays moves the wizard of its half; one that comes besides, or is gone at once, uses. */
const stillPx = 9;
const tapMs = 200;
/** For how long a tap holds. */
const tapHoldsMs = 90;

interface Finger {
  readonly id: number;
  readonly seat: Seat;
  readonly fromX: number;
  readonly fromY: number;
  readonly sinceMs: number;
  x: number;
  y: number;
}

/** What the two who share a keyboard or a touch screen want. */
export class Controls {
  private readonly scene: Phaser.Scene;
  private readonly keys: readonly (Keys | null)[];
  private readonly fingers: Finger[] = [];
  private readonly tappedMs: [number, number] = [-Infinity, -Infinity];

  constructor(scene: Phaser.Scene) {
    this.scene = scene;
    this.keys = names.map((own) => (scene.input.keyboard?.addKeys(own) as Keys | undefined) ?? null);
    scene.input.on('pointerdown', (pointer: Phaser.Input.Pointer) => this.down(pointer));
    scene.input.on('pointermove', (pointer: Phaser.Input.Pointer) => this.moved(pointer));
    scene.input.on('pointerup', (pointer: Phaser.Input.Pointer) => this.up(pointer));
    scene.input.on('pointerupoutside', (pointer: Phaser.Input.Pointer) => this.up(pointer));
  }

  wish(seat: Seat): Wish {
    const keys = this.keys[seat];
    const own = this.fingers.filter((finger) => finger.seat === seat);
    const [first] = own;
    const isTapped = this.scene.time.now - this.tappedMs[seat] < tapHoldsMs;
    return {
      x: side(keys?.left, keys?.right) || leaning(first, 'x'),
      y: side(keys?.up, keys?.down) || leaning(first, 'y'),
      use: keys?.use.isDown === true || own.length > 1 || isTapped,
    };
  }

  private down({ id, worldX: x, worldY: y }: Phaser.Input.Pointer): void {
    const seat = x < stage.width / 2 ? 0 : 1;
    this.fingers.push({ id, seat, fromX: x, fromY: y, sinceMs: this.scene.time.now, x, y });
  }

  private moved({ id, worldX: x, worldY: y }: Phaser.Input.Pointer): void {
    const finger = this.fingers.find((one) => one.id === id);
    if (finger !== undefined) Object.assign(finger, { x, y });
  }

  private up({ id }: Phaser.Input.Pointer): void {
    const index = this.fingers.findIndex((one) => one.id === id);
    const [finger] = index === -1 ? [] : this.fingers.splice(index, 1);
    if (finger === undefined) return;
    const { seat, sinceMs, x, y, fromX, fromY } = finger;
    const nowMs = this.scene.time.now;
    const isTap = nowMs - sinceMs < tapMs && Math.hypot(x - fromX, y - fromY) < 2 * stillPx;
    if (isTap) this.tappedMs[seat] = nowMs;
  }
}

function side(before?: Phaser.Input.Keyboard.Key, after?: Phaser.Input.Keyboard.Key): number {
  return Number(after?.isDown === true) - Number(before?.isDown === true);
}

/** −1, 0 or 1: which way a finger has moved from where it came down. */
function leaning(finger: Finger | undefined, axis: 'x' | 'y'): number {
  if (finger === undefined) return 0;
  const away = axis === 'x' ? finger.x - finger.fromX : finger.y - finger.fromY;
  return Math.abs(away) < stillPx ? 0 : Math.sign(away);
}
