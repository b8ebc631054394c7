import Phaser from 'phaser';
import { afterEach, expect, it } from 'vitest';
import { cameraFrame } from './camera-frame';

type Matrix = Phaser.GameObjects.Components.TransformMatrix;

let game: Phaser.Game | null = null;
afterEach(() => game?.destroy(true));

/** A scene whose camera has drawn a frame. */
function cameraOf(arrange: (camera: Phaser.Cameras.Scene2D.Camera) => void) {
  return new Promise<Phaser.Cameras.Scene2D.Camera>((resolve) => {
    class Scene extends Phaser.Scene {
      create(): void {
        arrange(this.cameras.main);
        this.events.once('render', () => resolve(this.cameras.main));
      }
    }
    game = new Phaser.Game({ type: Phaser.CANVAS, width: 400, height: 300, scene: Scene, banner: false });
  });
}

it.each([
  ['as it comes', () => {}],
  ['around its middle', (camera) => void camera.setZoom(2).centerOn(90, 240)],
  ['from its corner', (camera) => void camera.setOrigin(0, 0).setZoom(2)],
  [
    'in a part of the picture',
    (camera) => void camera.setViewport(40, 20, 200, 150).setZoom(1.5).setScroll(30, -12),
  ],
] as const satisfies readonly (readonly [string, (camera: Phaser.Cameras.Scene2D.Camera) => void])[])(
  'puts the world where a camera that zooms %s draws it',
  async (_, arrange) => {
    const camera = await cameraOf(arrange);
    // The picture is seen half as large, beside something else.
    const frame = cameraFrame(camera, { xPx: 15, yPx: 25, widthPx: 200 }, 400);
    for (const [x, y] of [
      [0, 0],
      [130, 77],
    ] as const) {
      // Phaser declares no type of it.
      const { matrixCombined } = camera as unknown as Record<'matrixCombined', Matrix>;
      const drawn = matrixCombined.transformPoint(x, y);
      expect(frame.originXPx + frame.unitPx * x).toBeCloseTo(15 + drawn.x / 2, 3);
      expect(frame.originYPx + frame.unitPx * y).toBeCloseTo(25 + drawn.y / 2, 3);
    }
  },
);
