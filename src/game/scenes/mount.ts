import Phaser from 'phaser';
import { isSoftwareRenderer, rendererOf, type Stage } from '../../contract';
import { groundKey, type SceneFactory } from './scene-factory';

/** A game's canvas on the page. */
export interface MountedGame {
  /** Calls back before each drawn frame with the display's time in milliseconds; returns what ends it. */
  onFrame(listener: (nowMs: number) => void): () => void;
  /** Takes the canvas away and frees what it held. */
  destroy(): void;
}

/** More pixels than two a CSS pixel cost more than they show. */
const largestPixelRatio = 2;
/** Frames a second where WebGL is drawn in software: every second one of a 60 Hz display, whose interval is 16.7 ms. */
const softwareFramesPerSecond = 31;

/**
 * Puts a canvas into `parent`, which must be positioned, that fills it, follows its size and draws a stage with the
 * scene made for it. A second canvas behind it holds what stands still, so that no frame draws it again.
 * Phaser only draws here: ticks are the page's, and Phaser's own input is off, so that it takes no key and no touch
 * from the page.
 */
export function mountGame(parent: HTMLElement, createScene: SceneFactory, stage: Stage): MountedGame {
  const ground = document.createElement('canvas');
  ground.setAttribute('aria-hidden', 'true');
  parent.append(ground);
  const game = new Phaser.Game({
    type: Phaser.AUTO,
    parent,
    transparent: true,
    callbacks: { preBoot: (booting) => booting.registry.set(groundKey, ground) },
    scene: createScene(stage),
    ...sizes(parent),
    scale: { mode: Phaser.Scale.NONE, zoom: 1 / pixelRatio() },
    autoFocus: false,
    disableContextMenu: false,
    banner: false,
    audio: { noAudio: true },
    input: { keyboard: false, mouse: false, touch: false, gamepad: false },
    fps: { smoothStep: false },
    // One texture a batch: with several, the shader compares an interpolated texture number for equality, and where the
    // interpolation is not exact (software rendering, some phones) rotated images lose parts.
    // The pictures' edges are smooth by themselves; smoothing all of the canvas again is the dearest thing there is
    // where no GPU draws it.
    render: { antialias: true, antialiasGL: false, maxTextures: 1 },
  });

  const followParent = () => {
    const zoom = 1 / pixelRatio();
    const { width, height } = sizes(parent);
    if (game.scale.zoom === zoom && game.scale.width === width && game.scale.height === height) return;
    game.scale.setZoom(zoom);
    game.scale.resize(width, height);
  };
  const observer = new ResizeObserver(followParent);
  // Zooming the page or moving to another display changes the pixel ratio but perhaps not the size.
  const ready = () => {
    if (drawsInSoftware(game)) game.loop.setFPSLimit(softwareFramesPerSecond);
    observer.observe(parent);
    window.addEventListener('resize', followParent);
    followParent();
  };
  if (game.isBooted) ready();
  else game.events.once(Phaser.Core.Events.READY, ready);

  return {
    onFrame(listener) {
      const call = (nowMs: number) => listener(nowMs);
      game.events.on(Phaser.Core.Events.PRE_STEP, call);
      return () => game.events.off(Phaser.Core.Events.PRE_STEP, call);
    },
    destroy() {
      observer.disconnect();
      window.removeEventListener('resize', followParent);
      game.events.off(Phaser.Core.Events.READY, ready);
      // Phaser takes itself apart at its next frame, which a hidden page would not bring; the canvases go at once.
      game.canvas?.remove();
      ground.remove();
      game.destroy(true);
    },
  };
}

/** True where no graphics processor draws a game's canvas, so that every pixel drawn costs the processor. */
export function drawsInSoftware({ renderer }: Phaser.Game): boolean {
  return (
    renderer instanceof Phaser.Renderer.WebGL.WebGLRenderer && isSoftwareRenderer(rendererOf(renderer.gl))
  );
}

function pixelRatio(): number {
  return Math.min(window.devicePixelRatio || 1, largestPixelRatio);
}

/** The parent's size in the canvas's own pixels. */
function sizes(parent: HTMLElement): { width: number; height: number } {
  const ratio = pixelRatio();
  return {
    width: Math.max(1, Math.floor(parent.clientWidth * ratio)),
    height: Math.max(1, Math.floor(parent.clientHeight * ratio)),
  };
}
