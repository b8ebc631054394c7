import './stand-ins';
import fc from 'fast-check';
import Phaser from 'phaser';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startHeadless } from './headless-game';
import { HeldKeys } from './held-keys';
import { paced } from './paced';
import { stepMs } from './step-length';

/** When a frame is to be drawn after the one before, and whether the page's thread had no time for anything in between. */
interface Frame {
  readonly intervalMs: number;
  readonly isBlocked: boolean;
}

/** A scene that hears of each press of a key. */
class Listening extends Phaser.Scene {
  heard = 0;
  constructor() {
    super('Listening');
  }
  create(): void {
    this.input.keyboard?.on('keydown-SPACE', () => {
      this.heard += 1;
    });
  }
}

let game: Phaser.Game;
let nowMs = 0;
beforeEach(async () => {
  game = await startHeadless({ scene: Listening, width: 8, height: 8 }, 1);
  game.step = game.headlessStep.bind(game);
  game.headlessStep(0, stepMs);
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  nowMs = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => nowMs);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  game.destroy(true);
  game.headlessStep(0, 0);
});

/** At each step: whether the key was pressed for it, whether the game heard, and how far its time went on. */
function stepsOf(frames: readonly Frame[]) {
  const scene = game.scene.getScene<Listening>('Listening');
  const keys = new HeldKeys(game, () => game.loop.time);
  const steps: { isPressed: boolean; heard: number; tookMs: number }[] = [];
  let [lastMs, heard] = [game.loop.time, scene.heard];
  // As quick as fingers never are: down in one step, up in the next.
  const isPressed = () => steps.length % 2 === 0;
  const leave = paced(game, {
    beforeStep: () => keys.hold(isPressed() ? ['SPACE'] : []),
    afterStep: () => {
      steps.push({ isPressed: isPressed(), heard: scene.heard - heard, tookMs: game.loop.time - lastMs });
      [lastMs, heard] = [game.loop.time, scene.heard];
    },
  });
  const { callback } = game.loop as unknown as { callback: (nowMs: number) => void };
  callback(nowMs);
  for (const { intervalMs, isBlocked } of frames) {
    for (let passed = 0; passed < intervalMs; passed++) {
      nowMs += 1;
      if (!isBlocked) vi.advanceTimersByTime(1);
    }
    callback(nowMs);
  }
  leave();
  keys.hold([]);
  game.headlessStep(game.loop.time, stepMs);
  return steps;
}

const frames = fc.array(
  fc.record({ intervalMs: fc.integer({ min: 4, max: 120 }), isBlocked: fc.boolean() }),
  { minLength: 1, maxLength: 40 },
);

it('gives a game each press in its own step, and steps of a sixtieth of a second, however frames come', () => {
  fc.assert(
    fc.property(frames, (list) => {
      const steps = stepsOf(list);
      steps.forEach(({ isPressed, heard, tookMs }, index) => {
        expect({ index, isPressed, heard }).toEqual({
          index,
          isPressed: index % 2 === 0,
          heard: index % 2 === 0 ? 1 : 0,
        });
        expect(tookMs).toBeCloseTo(stepMs, 6);
      });
    }),
    { numRuns: 40 },
  );
});

it('takes every step, and draws every second frame of a usual display where no graphics processor draws', () => {
  const drawnOf = (renderer: string) => {
    Object.defineProperty(game, 'renderer', { value: named(renderer), configurable: true });
    let [drawn, taken] = [0, 0];
    const step = game.step.bind(game);
    game.step = (time, delta) => {
      drawn += 1;
      step(time, delta);
    };
    const leave = paced(game, { beforeStep: () => {}, afterStep: () => (taken += 1) });
    const { callback } = game.loop as unknown as { callback: (nowMs: number) => void };
    for (let frame = 0; frame <= 120; frame++) callback(frame * stepMs);
    leave();
    game.step = step;
    Object.defineProperty(game, 'renderer', { value: null, configurable: true });
    return { drawn, taken };
  };
  const quick = drawnOf('ANGLE (Some Graphics Processor)');
  const slow = drawnOf('ANGLE (SwiftShader)');
  expect(quick.drawn).toBe(quick.taken);
  expect(slow.taken).toBe(quick.taken);
  // Every second one, give or take the first and the last.
  expect(Math.abs(slow.drawn - quick.drawn / 2)).toBeLessThanOrEqual(1);
});

/** What says what draws, in the way that WebGL does. */
function named(renderer: string) {
  return { gl: { RENDERER: 1, getExtension: () => null, getParameter: () => renderer } };
}
