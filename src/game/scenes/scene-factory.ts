import type Phaser from 'phaser';
import type { Stage } from '../../contract';

/** Makes the Phaser scene that draws a game's stage. */
export type SceneFactory = (stage: Stage) => Phaser.Scene;

/** Where a scene finds the canvas that lies behind its own, in the game's registry. */
export const groundKey = 'ground';
