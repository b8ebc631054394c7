import type Phaser from 'phaser';
import type { Stage } from '../../contract';
export function createScene(_stage: Stage): Phaser.Scene {
  throw new Error('x');
}
