import type Phaser from 'phaser';
import type { Stage } from '../../contract';
import type { CanvasPair } from './canvas-pair';

/** Makes the Phaser scene that draws a game's stage. */
export type SceneFactory = (stage: Stage) => Phaser.Scene;

const canvasesKey = 'canvases';

/** Leaves the canvases where the game's scenes find them. */
export function lendCanvases({ registry }: Phaser.Game, canvases: CanvasPair): void {
  registry.set(canvasesKey, canvases);
}

/** The canvases that a scene's picture is drawn on, and their size. */
export function canvasesOf({ registry }: Phaser.Scene): CanvasPair {
  return registry.get(canvasesKey) as CanvasPair;
}
