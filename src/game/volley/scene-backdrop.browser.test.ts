import Phaser from 'phaser';
import { afterEach, expect, it } from 'vitest';
import { PaintedTextures } from '../scenes/painted-textures';
import { Backdrop } from './scene-backdrop';
import { courtPaletteOf } from './scene-palette';
import { viewOf } from './scene-view';

let game: Phaser.Game | null = null;

afterEach(() => {
  game?.destroy(true);
  document.body.replaceChildren();
});

function startScene(): Promise<Phaser.Scene> {
  return new Promise((resolve) => {
    game = new Phaser.Game({
      width: 600,
      height: 400,
      banner: false,
      audio: { noAudio: true },
      scene: {
        create(this: Phaser.Scene) {
          resolve(this);
        },
      },
    });
  });
}

/** What of the canvas a cropped image covers, left to right. */
function windowOf({ x, scaleX, frame }: Phaser.GameObjects.Image, crop: { x: number; width: number }) {
  expect(crop.x).toBeGreaterThanOrEqual(0);
  expect(crop.x + crop.width).toBeLessThanOrEqual(frame.width);
  return { fromPx: x + crop.x * scaleX, toPx: x + (crop.x + crop.width) * scaleX };
}

it('slides the far layer less than the near one, each behind a window that stays where it is', async () => {
  const scene = await startScene();
  const textures = new PaintedTextures(scene, 'test');
  textures.begin(2);
  const backdrop = new Backdrop(scene);
  backdrop.arrange(
    viewOf({ xPx: 20, yPx: 10, widthPx: 560, heightPx: 380 }),
    courtPaletteOf('dark'),
    textures,
  );
  const [hills, stand] = scene.children.list as Phaser.GameObjects.Image[];
  if (hills === undefined || stand === undefined) throw new Error('There are no layers.');
  const before = [hills.x, stand.x];
  const cropOf = (image: Phaser.GameObjects.Image) => {
    // Phaser keeps the crop that it was given in a field that its types leave out.
    const { _crop } = image as unknown as { _crop: { x: number; width: number } };
    return windowOf(image, _crop);
  };
  for (const aim of [0, 1, -1]) {
    backdrop.update(aim, 10_000);
    for (const layer of [hills, stand]) {
      expect(cropOf(layer).fromPx).toBeCloseTo(21, 3);
      expect(cropOf(layer).toPx).toBeCloseTo(579, 3);
    }
  }
  // The ball is at the left wall: both have moved to the right.
  const [byHills, byStand] = [hills.x - (before[0] ?? 0), stand.x - (before[1] ?? 0)];
  expect(byHills).toBeGreaterThan(2);
  expect(byStand).toBeGreaterThan(2 * byHills);
});
