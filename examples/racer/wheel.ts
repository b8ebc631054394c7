import Phaser from 'phaser';

/** How a person drives: by arrow keys or W, A, S, D, or by touch, where the car goes by itself and fingers steer. */
export class Wheel {
  private readonly scene: Phaser.Scene;
  private readonly keys: Readonly<Record<string, Phaser.Input.Keyboard.Key>>;
  private steered = 0;

  constructor(scene: Phaser.Scene) {
    this.scene = scene;
    const { keyboard } = scene.input;
    // Letters are the page's, too: somebody may be typing.
    this.keys = {
      ...keyboard?.addKeys('LEFT,RIGHT,UP,DOWN', true),
      ...keyboard?.addKeys('A,D,W,S', false),
    };
    // For a second finger, that brakes.
    scene.input.addPointer(1);
  }

  /** Whether anybody is at it now. */
  get isHeld(): boolean {
    return Object.values(this.keys).some(({ isDown }) => isDown) || this.fingers().length > 0;
  }

  /** @returns steering, −1 to 1: a key is not turned all at once. To be asked once a step. */
  steer(): number {
    const wanted = this.of('RIGHT', 'D') - this.of('LEFT', 'A') + this.touched('steer');
    const held = Phaser.Math.Clamp(wanted, -1, 1);
    // Back to straight sooner than away from it.
    this.steered += (held === 0 ? 0.45 : 0.24) * (held - this.steered);
    return this.steered;
  }

  /** @returns gas, −1 to 1. */
  gas(): number {
    const byKeys = this.of('UP', 'W') - this.of('DOWN', 'S');
    return byKeys !== 0 ? byKeys : this.touched('gas');
  }

  private of(...names: readonly string[]): number {
    return names.some((name) => this.keys[name]?.isDown === true) ? 1 : 0;
  }

  /** Fingers on the left and right thirds steer, one in the middle brakes; any gives gas. */
  private touched(what: 'steer' | 'gas'): number {
    const fingers = this.fingers();
    if (fingers.length === 0) return 0;
    const { width } = this.scene.scale;
    const isAt = (from: number, to: number) =>
      fingers.some(({ x }) => x >= from * width && x < to * width) ? 1 : 0;
    if (what === 'steer') return isAt(0.6, 1.01) - isAt(0, 0.4);
    return isAt(0.4, 0.6) === 1 ? -1 : 1;
  }

  private fingers(): Phaser.Input.Pointer[] {
    return this.scene.input.manager.pointers.filter(({ isDown, wasTouch }) => isDown && wasTouch);
  }
}
