import type Phaser from 'phaser';
import ballUrl from '../../../assets/volley/ball.svg?url&no-inline';
import ballLightUrl from '../../../assets/volley/ball-light.svg?url&no-inline';
import faceBlinkUrl from '../../../assets/volley/face-blink.svg?url&no-inline';
import faceCalmUrl from '../../../assets/volley/face-calm.svg?url&no-inline';
import faceCheerUrl from '../../../assets/volley/face-cheer.svg?url&no-inline';
import faceGlumUrl from '../../../assets/volley/face-glum.svg?url&no-inline';
import footUrl from '../../../assets/volley/foot.svg?url&no-inline';
import leftUrl from '../../../assets/volley/left.svg?url&no-inline';
import pupilUrl from '../../../assets/volley/pupil.svg?url&no-inline';
import rightUrl from '../../../assets/volley/right.svg?url&no-inline';
import type { Stage } from '../../contract';
import { ArenaScene, type ArtFile, type SceneArt } from '../scenes/arena-scene';
import { VolleyFocus } from './scene-focus';
import { sceneFrame } from './scene-frame';
import { VolleyTiles } from './scene-tiles';
import { volley } from './simulation';

/** The scene of Volley: two players on sand with a net between them, and around a match its score and sounds. */
export function createScene(stage: Stage): Phaser.Scene {
  return new ArenaScene(stage, artFor(stage));
}

const files: readonly ArtFile[] = [
  { key: 'volley-left', url: leftUrl, scale: 1.5 },
  { key: 'volley-right', url: rightUrl, scale: 1.5 },
  { key: 'volley-face-blink', url: faceBlinkUrl, scale: 1.5 },
  { key: 'volley-face-calm', url: faceCalmUrl, scale: 1.5 },
  { key: 'volley-face-cheer', url: faceCheerUrl, scale: 1.5 },
  { key: 'volley-face-glum', url: faceGlumUrl, scale: 1.5 },
  { key: 'volley-pupil', url: pupilUrl, scale: 1.5 },
  { key: 'volley-foot', url: footUrl, scale: 1.5 },
  { key: 'volley-ball', url: ballUrl, scale: 1 },
  { key: 'volley-ball-light', url: ballLightUrl, scale: 1 },
];

function artFor(stage: Stage): SceneArt {
  return {
    files,
    tileAspect: sceneFrame.tileAspect,
    ...(sceneFrame.focusAspect !== undefined && { focusAspect: sceneFrame.focusAspect }),
    timeLimitTicks: volley.timeLimitTicks,
    tickMs: volley.tickMs,
    createFocusView: (scene) => new VolleyFocus(scene, stage),
    createTileViews: (scene, arenas) => new VolleyTiles(scene, arenas, () => stage.theme() === 'dark'),
    // What one side won the other lost: neither good nor bad.
    verdict: () => 'neutral',
  };
}
