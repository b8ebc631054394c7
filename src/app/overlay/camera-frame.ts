import type Phaser from 'phaser';
import type { PictureFrame } from '../../contract';
import type { CardPlace } from './sense-source';

type Camera = Pick<
  Phaser.Cameras.Scene2D.Camera,
  'x' | 'y' | 'width' | 'height' | 'originX' | 'originY' | 'scrollX' | 'scrollY' | 'zoom'
>;

/** Where a camera that is not turned shows the world, which it zooms around a point of its own: as Phaser's own matrix has it. */
export function cameraFrame(
  camera: Camera,
  { xPx, yPx, widthPx }: Pick<CardPlace, 'xPx' | 'yPx' | 'widthPx'>,
  gameWidth: number,
): PictureFrame {
  const { x, y, width, height, originX, originY, scrollX, scrollY, zoom } = camera;
  const scale = widthPx / gameWidth;
  const [aroundX, aroundY] = [width * originX, height * originY];
  return {
    originXPx: xPx + scale * (x + aroundX - zoom * (scrollX + aroundX)),
    originYPx: yPx + scale * (y + aroundY - zoom * (scrollY + aroundY)),
    unitPx: scale * zoom,
    isDownwards: true,
  };
}
