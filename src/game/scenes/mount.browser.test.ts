import { afterEach, describe, expect, it, vi } from 'vitest';
import { controllers, type Stage } from '../../contract';
import { SeededRandom } from '../../random/seeded-random';
import { games, loadGame } from '../catalogue';
import { createVectorEnvironment } from '../engine/vector-environment';
import { loadScene } from '../load-scene';
import { layoutArenas } from './arena-layout';
import { type MountedGame, mountGame } from './mount';
import { cssColour, paletteOf } from './palette';

const arenas = 16;
let mounted: MountedGame | null = null;

afterEach(() => {
  mounted?.destroy();
  document.body.replaceChildren();
});

/** How many different colours there are. */
function coloursOf({ data }: ImageData): number {
  return new Set(new Uint32Array(data.buffer)).size;
}

/** A stage over a real environment whose arenas all push the same way. */
async function createStage(id: string) {
  const { simulation } = await loadGame(id);
  const environment = createVectorEnvironment(simulation, { arenas, seed: 1 });
  const wishes = { focused: 0, theme: 'dark' as 'dark' | 'light' };
  const stage: Stage = {
    arenas,
    stateSize: environment.stateSize,
    states: environment.states,
    previousStates: environment.previousStates,
    actions: environment.actions,
    episodeTicks: environment.episodeTicks,
    blend: () => 0.5,
    focusedArena: () => wishes.focused,
    focus: (arena) => {
      wishes.focused = arena;
    },
    controller: () => controllers.cast,
    takeEndings: () => environment.takeEndings(),
    theme: () => wishes.theme,
    reducedMotion: () => false,
  };
  return { environment, wishes, stage };
}

/** Mounts a game's stage in a parent of this size. */
async function show(entry: string, widthPx: number, heightPx: number) {
  const { environment, wishes, stage } = await createStage(entry);
  const parent = document.createElement('div');
  Object.assign(parent.style, {
    position: 'relative',
    width: `${widthPx}px`,
    height: `${heightPx}px`,
    overflow: 'hidden',
  });
  document.body.append(parent);
  const game = mountGame(parent, await loadScene(entry), stage);
  mounted = game;

  /** Waits for a frame that `fits`, and gives the pixels of the canvas behind and of the one that moves. */
  const frame = (fits: (ground: ImageData, moving: ImageData) => boolean) =>
    new Promise<{ ground: ImageData; moving: ImageData }>((resolve, reject) => {
      // After an error Phaser draws no further frame.
      window.addEventListener('error', ({ error }) => reject(error), { once: true });
      const stop = game.onFrame(() => {
        environment.applyActions(environment.actions);
        environment.tick();
        // When the frame is drawn and not yet handed to the display.
        queueMicrotask(() => {
          const [ground, moving] = Array.from(parent.querySelectorAll('canvas'), pixelsOf);
          if (ground == null || moving == null || !fits(ground, moving)) return;
          stop();
          resolve({ ground, moving });
        });
      });
    });
  return { parent, game, frame, wishes };
}

/** A side's pixels by its CSS pixels. */
const canvasPixels = (px: number) => Math.round(px * Math.min(2, devicePixelRatio));

const twoFrames = () =>
  new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));

/** Null before the canvas has a size. */
function pixelsOf(canvas: HTMLCanvasElement): ImageData | null {
  if (canvas.width === 0 || canvas.height === 0) return null;
  const copy = new OffscreenCanvas(canvas.width, canvas.height);
  const context = copy.getContext('2d') as OffscreenCanvasRenderingContext2D;
  context.drawImage(canvas, 0, 0);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

/** The colour in the canvas's corner, which shows the ground. */
function corner({ data }: ImageData): string {
  return cssColour(((data[0] ?? 0) << 16) | ((data[1] ?? 0) << 8) | (data[2] ?? 0));
}

describe.each(games.map(({ id }) => id))('the scene of %s', (entry) => {
  it('draws, in either theme, and changes between them while it runs', async () => {
    const { frame, wishes } = await show(entry, 600, 400);
    const dark = await frame((pixels) => corner(pixels) === cssColour(paletteOf('dark').ground));
    wishes.theme = 'light';
    const light = await frame((pixels) => corner(pixels) === cssColour(paletteOf('light').ground));
    // Not the ground alone: many different colours are on the canvas that moves.
    for (const { moving } of [dark, light]) expect(coloursOf(moving)).toBeGreaterThan(200);
  });

  it('asks for the focus of the arena whose tile is clicked', async () => {
    const { parent, frame, wishes } = await show(entry, 600, 400);
    await frame((pixels) => corner(pixels) === cssColour(paletteOf('dark').ground));
    const [, canvas] = parent.querySelectorAll('canvas');
    if (canvas === undefined) throw new Error('There is no canvas that moves.');
    const { left, top } = canvas.getBoundingClientRect();
    // Every game's tiles are about square, so the middle of a grid of squares' last tile is within its last tile.
    const tile = layoutArenas(600, 400, arenas, 1).tiles.at(-1);
    if (tile === undefined) throw new Error('There are no tiles.');
    const at = (xPx: number, yPx: number) =>
      canvas.dispatchEvent(new MouseEvent('click', { clientX: left + xPx, clientY: top + yPx }));
    at(30, 200);
    expect(wishes.focused).toBe(0);
    at(tile.xPx + tile.widthPx / 2, tile.yPx + tile.heightPx / 2);
    expect(wishes.focused).toBeGreaterThan(0);
  });

  it('follows its parent’s size', async () => {
    const { parent, frame } = await show(entry, 600, 400);
    await frame((pixels) => pixels.width === canvasPixels(600));
    Object.assign(parent.style, { width: '320px', height: '500px' });
    const { ground, moving } = await frame((pixels) => pixels.width === canvasPixels(320));
    for (const { height } of [ground, moving]) expect(height).toBe(canvasPixels(500));
  });

  it('draws at any size, however small, without an error', async () => {
    const { parent, frame } = await show(entry, 600, 400);
    const random = SeededRandom.fromSeed(1);
    // As often small as large: 1 to 1,500 px.
    const side = () => Math.round(1500 ** random.uniform());
    for (let i = 0; i < 40; i++) {
      const [width, height] = [side(), side()];
      Object.assign(parent.style, { width: `${width}px`, height: `${height}px` });
      await frame((ground) => ground.width === canvasPixels(width) && ground.height === canvasPixels(height));
    }
  });

  it('draws once there is room, where at first there was none', async () => {
    const { parent, frame } = await show(entry, 0, 400);
    await twoFrames();
    parent.style.display = 'none';
    parent.style.width = '600px';
    await twoFrames();
    parent.style.display = '';
    const { moving } = await frame((pixels) => corner(pixels) === cssColour(paletteOf('dark').ground));
    expect(coloursOf(moving)).toBeGreaterThan(200);
  });

  it('leaves nothing behind', async () => {
    const { parent, frame } = await show(entry, 600, 400);
    await frame(() => true);
    mounted?.destroy();
    mounted = null;
    expect(parent.querySelector('canvas')).toBeNull();
  });
});

describe('a mounted game', () => {
  it('shows one game after another on the same canvases, as each would look alone', async () => {
    const [first, ...others] = games.map(({ id }) => id);
    if (first === undefined) throw new Error('There is no game.');
    const { parent, game, frame } = await show(first, 600, 400);
    await frame(() => true);
    const before = [...parent.querySelectorAll('canvas')];
    for (const entry of [...others, first]) {
      game.show(await loadScene(entry), (await createStage(entry)).stage);
      await frame((_, moving) => coloursOf(moving) > 200);
      expect(before[0]?.style.visibility).toBe('');
    }
    expect([...parent.querySelectorAll('canvas')]).toEqual(before);
  });

  it('shows only the last of what was asked for in quick succession, and nothing when cleared', async () => {
    const complaints = vi.spyOn(console, 'error');
    const [{ id: first }] = games;
    const { game, frame, parent } = await show(first, 600, 400);
    for (let turn = 0; turn < 4; turn++) {
      for (const { id: entry } of games) {
        game.show(await loadScene(entry), (await createStage(entry)).stage);
        if (turn % 2 === 0) await twoFrames();
      }
    }
    game.clear();
    await twoFrames();
    const [ground] = parent.querySelectorAll('canvas');
    expect(ground?.style.visibility).toBe('hidden');
    const { moving } = await frame(() => true);
    expect(new Uint32Array(moving.data.buffer).every((pixel) => pixel === 0)).toBe(true);
    expect(complaints).not.toHaveBeenCalled();
  });
});
