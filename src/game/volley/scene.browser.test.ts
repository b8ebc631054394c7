import { afterEach, describe, expect, it, vi } from 'vitest';
import { controllers, type MatchView, type PlayerLook, type Stage } from '../../contract';
import { SeededRandom } from '../../random/seeded-random';
import { type MountedGame, mountGame } from '../scenes/mount';
import { createScene } from './scene';
import { volley } from './simulation';

let mounted: MountedGame | null = null;

afterEach(() => {
  mounted?.destroy();
  mounted = null;
  document.body.replaceChildren();
  vi.restoreAllMocks();
});

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

type Looks = readonly [PlayerLook | null, PlayerLook | null];

/** A match of one arena in which both players run back from the net, so that a serve is soon a point. */
function showMatch({ reducedMotion = false, looks = [null, null] as Looks } = {}) {
  const random = SeededRandom.fromSeed(4);
  const states = new Float64Array(volley.stateSize);
  volley.reset(states, random);
  const previousStates = states.slice();
  const actions = new Float32Array(4);
  const episodeTicks = new Int32Array(1);
  const terms = new Float64Array(2 * volley.rewardTerms.length);
  const match: Writable<MatchView> = {
    score: [0, 0],
    pointsToWin: 7,
    names: ['Left', 'Right'],
    person: null,
    phase: 'countdown',
    countdownSeconds: 1,
    matchPoint: null,
    deuce: false,
    winner: null,
  };
  const stage: Stage = {
    arenas: 1,
    stateSize: volley.stateSize,
    states,
    previousStates,
    actions,
    episodeTicks,
    blend: () => 1,
    focusedArena: () => 0,
    focus: () => undefined,
    controller: () => controllers.frozen,
    takeEndings: () => [],
    theme: () => 'dark',
    reducedMotion: () => reducedMotion,
    match: () => match,
    sound: () => false,
    looks: () => looks,
  };
  const parent = document.createElement('div');
  Object.assign(parent.style, { position: 'relative', width: '600px', height: '400px', overflow: 'hidden' });
  document.body.append(parent);
  const game = mountGame(parent, createScene, stage);
  mounted = game;

  const serve = () => {
    volley.reset(states, random);
    previousStates.set(states);
    episodeTicks[0] = 0;
    match.phase = 'rally';
    match.countdownSeconds = 0;
  };
  /** Plays two ticks; a rally’s end is a point for the right. */
  const play = () => {
    for (let tick = 0; tick < 2 && match.phase === 'rally'; tick++) {
      previousStates.set(states);
      episodeTicks[0] = (episodeTicks[0] ?? 0) + 1;
      if (!volley.step(states, actions, terms)) continue;
      match.score = [match.score[0], match.score[1] + 1];
      match.phase = 'point';
    }
  };
  /** Calls back each frame until it returns true. */
  const frames = (each: () => boolean) =>
    new Promise<void>((resolve) => {
      const stop = game.onFrame(() => {
        if (!each()) return;
        stop();
        resolve();
      });
    });
  const canvases = () => Array.from(parent.querySelectorAll('canvas'));
  return { match, actions, serve, play, frames, canvases };
}

/** Pixels of a canvas just drawn, as 0xAABBGGRR. */
function pixels(canvas: HTMLCanvasElement): Uint32Array {
  const copy = new OffscreenCanvas(canvas.width, canvas.height);
  const context = copy.getContext('2d') as OffscreenCanvasRenderingContext2D;
  context.drawImage(canvas, 0, 0);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  return new Uint32Array(data.buffer);
}

/** Different colours on it. */
const coloursOf = (canvas: HTMLCanvasElement) => new Set(pixels(canvas)).size;
const pixelsOf = (canvas: HTMLCanvasElement, colour: number) =>
  pixels(canvas).filter((pixel) => pixel === colour).length;

describe('Volley’s scene in a match', () => {
  it('draws a countdown, a rally, a point, the next rally and the end, without errors', async () => {
    const complaints = vi.spyOn(console, 'error');
    const { match, actions, serve, play, frames, canvases } = showMatch();
    const most = { colours: 0 };
    let waited = 0;
    const wait = (count: number) => frames(() => ++waited % count === 0);
    await wait(8);
    for (let point = 0; point < 2; point++) {
      // At first both run to the net and jump, so that there are jumps, landings and touches to be shown.
      actions.set(point === 0 ? [2, 1, 2, 1] : [0, 0, 0, 0]);
      serve();
      await frames(() => {
        play();
        queueMicrotask(() => {
          const moving = canvases()[1];
          if (moving !== undefined && most.colours <= 200) most.colours = coloursOf(moving);
        });
        return match.phase === 'point';
      });
      await wait(12);
    }
    match.phase = 'over';
    match.winner = 1;
    await wait(12);
    expect(match.score).toEqual([0, 2]);
    expect(most.colours).toBeGreaterThan(200);
    expect(complaints).not.toHaveBeenCalled();
  });

  it('draws what a player wears in its own colour, and nothing for what it does not know', async () => {
    const complaints = vi.spyOn(console, 'error');
    const unknown = { colour: '#00ff11', mark: 'top-hat' };
    const { frames, canvases } = showMatch({ looks: [{ colour: '#ff00ee', mark: 'band' }, unknown] });
    let counts: readonly number[] = [];
    await frames(() => {
      queueMicrotask(() => {
        const moving = canvases()[1];
        if (moving !== undefined) counts = [0xffee00ff, 0xff11ff00].map((colour) => pixelsOf(moving, colour));
      });
      return (counts[0] ?? 0) > 10;
    });
    expect(counts[1]).toBe(0);
    expect(complaints).not.toHaveBeenCalled();
  });

  it('kicks the whole picture when a point is won, and puts it back', async () => {
    const { match, serve, play, frames, canvases } = showMatch();
    const places = () => canvases().map(({ style }) => style.transform);
    serve();
    await frames(() => {
      play();
      return match.phase === 'point';
    });
    await frames(() => places().every((place) => place !== ''));
    await frames(() => places().every((place) => place === ''));
  });

  it('holds the picture still where less motion is wanted', async () => {
    const { match, serve, play, frames, canvases } = showMatch({ reducedMotion: true });
    serve();
    await frames(() => {
      play();
      return match.phase === 'point';
    });
    let waited = 0;
    await frames(() => {
      for (const { style } of canvases()) expect(style.transform).toBe('');
      return ++waited === 12;
    });
  });
});
