import Phaser from 'phaser';
import { drawsInSoftware, type Stage } from '../../contract';
import { CanvasPair } from './canvas-pair';
import { lendCanvases, type SceneFactory } from './scene-factory';

/** A game's canvases on the page. */
export interface MountedGame {
  /** Draws another stage in place of the present one, from the next frame on. */
  show(createScene: SceneFactory, stage: Stage): void;
  /** Draws nothing, from the next frame on, until something is shown again. */
  clear(): void;
  /** Resolves when what is to be shown now is drawn for the first time, or when something else takes its place. */
  drawn(): Promise<void>;
  /** Calls back before each drawn frame with the display's time in milliseconds; returns what ends it. */
  onFrame(listener: (nowMs: number) => void): () => void;
  /** What draws it, whatever it shows. */
  readonly game: Phaser.Game;
  /** Takes the canvases away and frees what they held. */
  destroy(): void;
}

/** Frames a second where WebGL is drawn in software: every second one of a 60 Hz display, whose interval is 16.7 ms. */
const softwareFramesPerSecond = 31;

/**
 * Puts two canvases into `parent`, which must be positioned, that fill it, follow its size and draw a stage with the
 * scene made for it: what stands still on the one behind, so that no frame draws it again, what moves on Phaser's.
 * Phaser only draws here: ticks are the page's, and Phaser's own input is off, so that it takes no key and no touch
 * from the page. One game of Phaser's serves for whatever is shown, since each would take a WebGL context and listen
 * to the page for ever.
 */
export function mountGame(parent: HTMLElement, createScene: SceneFactory, stage: Stage): MountedGame {
  const canvases = new CanvasPair(parent);
  const game = new Phaser.Game({
    type: Phaser.AUTO,
    // Phaser would measure a parent twice a second.
    parent: null,
    transparent: true,
    callbacks: { preBoot: (booting) => lendCanvases(booting, canvases) },
    // Sizes are the canvas pair's: Phaser, at a zoom of 1, sets the canvas's pixels and never its CSS.
    width: 1,
    height: 1,
    scale: { mode: Phaser.Scale.NONE, zoom: 1 },
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

  let wanted: (() => Phaser.Scene) | null = null;
  let isNew = false;
  let shown: Phaser.Scene | null = null;
  let tellDrawn = () => {};
  let drawn = Promise.resolve();
  const want = (scene: (() => Phaser.Scene) | null) => {
    tellDrawn();
    wanted = scene;
    isNew = true;
    drawn = new Promise((resolve) => {
      tellDrawn = resolve;
    });
  };
  want(() => createScene(stage));
  const changeScene = () => {
    isNew = false;
    if (shown !== null) game.scene.remove(shown.sys.settings.key);
    canvases.hideGround();
    shown = wanted?.() ?? null;
    if (shown === null) return tellDrawn();
    game.scene.add('', shown, true);
    // Its pictures may have to be fetched first.
    if (shown.sys.settings.status === Phaser.Scenes.RUNNING) tellDrawn();
    else shown.events.once(Phaser.Scenes.Events.CREATE, tellDrawn);
  };
  const beginFrame = () => {
    const changed = canvases.update();
    const { size } = canvases;
    if (changed && size !== null) game.scale.resize(size.canvasWidth, size.canvasHeight);
    if (isNew) changeScene();
  };
  // First of all that a frame does, before scenes are updated.
  game.events.on(Phaser.Core.Events.PRE_STEP, beginFrame);
  const ready = () => {
    canvases.adopt(game.canvas);
    if (drawsInSoftware(game.renderer)) game.loop.setFPSLimit(softwareFramesPerSecond);
  };
  if (game.isBooted) ready();
  else game.events.once(Phaser.Core.Events.BOOT, ready);

  return {
    game,
    show: (nextScene, nextStage) => want(() => nextScene(nextStage)),
    clear: () => want(null),
    drawn: () => drawn,
    onFrame(listener) {
      const call = (nowMs: number) => listener(nowMs);
      game.events.on(Phaser.Core.Events.PRE_STEP, call);
      return () => game.events.off(Phaser.Core.Events.PRE_STEP, call);
    },
    destroy() {
      game.events.off(Phaser.Core.Events.BOOT, ready);
      game.events.off(Phaser.Core.Events.PRE_STEP, beginFrame);
      // Browsers keep few contexts, and take the oldest away from whoever has it.
      game.events.once(Phaser.Core.Events.DESTROY, () => contextOf(game)?.loseContext());
      canvases.end();
      game.destroy(true);
      // Phaser takes itself apart at its next frame, which a hidden page would not bring.
      if (document.hidden && game.isRunning) game.step(performance.now(), 0);
    },
  };
}

function contextOf({ renderer }: Phaser.Game): WEBGL_lose_context | null {
  if (!(renderer instanceof Phaser.Renderer.WebGL.WebGLRenderer)) return null;
  return renderer.gl.getExtension('WEBGL_lose_context');
}
