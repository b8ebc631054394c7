import type Phaser from 'phaser';
import type { Wishes } from './hero';

const radiusPx = 17;
/** Where the buttons of a touch screen lie: from the left or, where negative, the right edge; from below. */
const places = { left: [26, 26], right: [68, 26], jump: [-28, 28] } as const;
type ButtonName = keyof typeof places;

/** Somebody has touched the picture: a new life begins with buttons. */
let isTouchScreen = false;

/** Keys, and buttons that show once somebody touches the picture. */
export class Controls {
  private readonly scene: Phaser.Scene;
  private readonly keys: Readonly<Record<string, Phaser.Input.Keyboard.Key>>;
  private readonly buttons: Phaser.GameObjects.Graphics;

  constructor(scene: Phaser.Scene) {
    this.scene = scene;
    this.keys = (scene.input.keyboard?.addKeys('LEFT,RIGHT,UP,SPACE,A,D,W') ?? {}) as typeof this.keys;
    scene.input.addPointer(2);
    this.buttons = scene.add.graphics().setScrollFactor(0).setDepth(20).setVisible(isTouchScreen);
    scene.input.on('pointerdown', (pointer: Phaser.Input.Pointer) => {
      if (!pointer.wasTouch) return;
      isTouchScreen = true;
      this.buttons.setVisible(true);
    });
  }

  wishes(): Wishes {
    const left = this.isDown('LEFT', 'A') || this.isTouched('left');
    const right = this.isDown('RIGHT', 'D') || this.isTouched('right');
    return {
      way: Number(right) - Number(left),
      isJumpHeld: this.isDown('UP', 'W', 'SPACE') || this.isTouched('jump'),
    };
  }

  /** Shows what is pressed of the buttons. */
  draw(): void {
    const { buttons } = this;
    if (!buttons.visible) return;
    buttons.clear();
    for (const name of Object.keys(places) as ButtonName[]) {
      const { x, y } = this.placeOf(name);
      buttons.fillStyle(0x1b1622, this.isTouched(name) ? 0.55 : 0.28).fillCircle(x, y, radiusPx);
      buttons.lineStyle(1, 0xffffff, 0.7).strokeCircle(x, y, radiusPx);
      const turn = { left: Math.PI, right: 0, jump: -Math.PI / 2 }[name];
      const corner = (angle: number) =>
        [x + 8 * Math.cos(turn + angle), y + 8 * Math.sin(turn + angle)] as const;
      buttons.fillStyle(0xffffff, 0.9);
      buttons.fillTriangle(...corner(0), ...corner(2.3), ...corner(-2.3));
    }
  }

  private isDown(...names: readonly string[]): boolean {
    return names.some((name) => this.keys[name]?.isDown === true);
  }

  private isTouched(name: ButtonName): boolean {
    if (!this.buttons.visible) return false;
    const { x, y } = this.placeOf(name);
    const { pointers } = this.scene.input.manager;
    return pointers.some(
      (pointer) =>
        pointer.isDown && pointer.wasTouch && Math.hypot(pointer.x - x, pointer.y - y) < 1.4 * radiusPx,
    );
  }

  private placeOf(name: ButtonName): { readonly x: number; readonly y: number } {
    const { width, height } = this.scene.scale;
    const [aside, above] = places[name];
    return { x: aside < 0 ? width + aside : aside, y: height - above };
  }
}
