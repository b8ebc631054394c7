import type Phaser from 'phaser';
import { worldHeightPx, worldWidthPx } from '../world';

/** What a camera looks at, and how near. */
interface View {
  x: number;
  y: number;
  zoom: number;
}

/** How much nearer a car is looked at than the whole course. */
const nearer = 1.75;
/** How far ahead of a car the middle of the picture is, in steps that it takes. */
const aheadSteps = 16;
/** The share of the way to a new view that is left after a second. */
const left = 0.02;

/** Looks at the whole course, or goes with a car; on the way from one to the other it glides. */
export class RaceCamera {
  private readonly camera: Phaser.Cameras.Scene2D.Camera;
  private readonly view: View;

  constructor(camera: Phaser.Cameras.Scene2D.Camera) {
    this.camera = camera;
    this.view = this.whole();
    this.show();
  }

  /** How large the whole course is drawn. */
  get wholeZoom(): number {
    return Math.min(this.camera.width / worldWidthPx, this.camera.height / worldHeightPx);
  }

  /** Looks at the whole course at once, such as in a picture of another size. */
  cut(): void {
    Object.assign(this.view, this.whole());
    this.show();
  }

  /** @param car whom to go with; null looks at the whole course. */
  update(
    car: {
      readonly x: number;
      readonly y: number;
      readonly velocity: { readonly x: number; readonly y: number };
    } | null,
    deltaMs: number,
  ): void {
    const { view } = this;
    const wanted = car === null ? this.whole() : this.near(car);
    const share = 1 - left ** (deltaMs / 1_000);
    view.x += share * (wanted.x - view.x);
    view.y += share * (wanted.y - view.y);
    view.zoom += share * (wanted.zoom - view.zoom);
    this.show();
  }

  private show(): void {
    this.camera.setZoom(this.view.zoom);
    this.camera.centerOn(this.view.x, this.view.y);
  }

  private whole(): View {
    return { x: worldWidthPx / 2, y: worldHeightPx / 2, zoom: this.wholeZoom };
  }

  private near({ x, y, velocity }: Parameters<RaceCamera['update']>[0] & object): View {
    const zoom = nearer * this.wholeZoom;
    const [halfWidth, halfHeight] = [this.camera.width / zoom / 2, this.camera.height / zoom / 2];
    return {
      x: held(x + aheadSteps * velocity.x, halfWidth, worldWidthPx - halfWidth),
      y: held(y + aheadSteps * velocity.y, halfHeight, worldHeightPx - halfHeight),
      zoom,
    };
  }
}

/** Within bounds; in their middle where they are the wrong way round. */
function held(value: number, low: number, high: number): number {
  return low > high ? (low + high) / 2 : Math.max(low, Math.min(high, value));
}
