import { loadScene } from '../game/load-scene';
import { type MountedGame, mountGame } from '../game/scenes/mount';
import { type Still, StillStage } from '../game/scenes/still-stage';

/** What tells one moment of one arena. */
interface Moment extends Still {
  readonly state: readonly number[]; // [stateSize]
  readonly actions: readonly number[]; // [seats, actionSize]
}

/** A page without anything but a game's picture, in which a program has single moments drawn by the scene that people see. */
export interface PicturePage {
  /** Draws a moment of a game. Resolves once it is to be seen. */
  draw(game: string, look: 'dark' | 'light', moment: Moment): Promise<void>;
  /** What a PNG file shows: red, green and blue of each pixel, in base64. */
  pixels(png: string): Promise<string>;
}

declare global {
  interface Window {
    playtrainPicture?: PicturePage;
  }
}

const container = document.body;
let mounted: MountedGame | null = null;
let stage: StillStage | null = null;

async function draw(game: string, look: 'dark' | 'light', moment: Moment): Promise<void> {
  if (mounted !== null && stage !== null) stage.still(moment);
  else {
    // Nothing is written over it.
    const looks = { theme: () => look, reducedMotion: () => true, captions: () => false };
    stage = new StillStage(moment.state.length, moment.actions.length, looks);
    stage.still(moment);
    mounted = mountGame(container, await loadScene(game), stage);
    await mounted.drawn();
  }
  await frames(mounted, 2);
}

/** Resolves as the last of the next `count` frames begins: all before it were drawn. */
function frames(game: MountedGame, count: number): Promise<void> {
  return new Promise((resolve) => {
    let begun = 0;
    const end = game.onFrame(() => {
      if (++begun < count) return;
      end();
      resolve();
    });
  });
}

async function pixels(png: string): Promise<string> {
  const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
  if (context === null) throw new Error('This browser gives no canvas.');
  context.drawImage(bitmap, 0, 0);
  const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
  const colours = new Uint8Array((data.length / 4) * 3);
  for (let from = 0, to = 0; from < data.length; from += 4) {
    for (let channel = 0; channel < 3; channel++) colours[to++] = data[from + channel]!;
  }
  return base64(colours);
}

function base64(bytes: Uint8Array): string {
  // As many arguments as a call may have anywhere.
  const most = 8_192;
  let text = '';
  for (let at = 0; at < bytes.length; at += most) {
    text += String.fromCharCode(...bytes.subarray(at, at + most));
  }
  return btoa(text);
}

window.playtrainPicture = { draw, pixels };
