import './stand-ins';
import Phaser from 'phaser';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { DecisionBatch, decisionShape } from '../contract';
import { keys } from './actions';
import { type AgentDefinition, defineAgent, type Sight } from './agent-definition';
import { each } from './earnings';
import { startHeadless } from './headless-game';
import { openLive } from './live-environment';
import { sendKey } from './phaser-internals';
import { stepMs } from './step-length';

// Before any game is started that speaks through them.
const { console } = globalThis;
const warned = vi.spyOn(console, 'warn').mockImplementation(() => {});
const logged = vi.spyOn(console, 'log').mockImplementation(() => {});

/** Whatever a made-up game keeps, for the agent to see. */
class Room extends Phaser.Scene {
  seen: Record<string, Sight> = {};

  constructor() {
    super('Room');
  }
}

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

function config(scene: typeof Room): Phaser.Types.Core.GameConfig {
  return { width: 100, height: 100, scene };
}

function watcher(more: Partial<AgentDefinition<Room>> = {}) {
  return defineAgent<Room>({
    name: 'watcher',
    scene: 'Room',
    every: 1,
    sees: ({ seen }) => seen,
    does: keys({ wait: [], press: ['SPACE'] }),
    earns: { alive: each(1) },
    ...more,
  });
}

/** What is seen after each of `steps` steps in a game's twin, where an action is in force. */
async function inTwin(scene: typeof Room, steps: number, action: (step: number) => number = () => 0) {
  const { environment, close } = await openLive(config(scene), watcher(), { seed: 1 });
  closing.push(close);
  const batch = new DecisionBatch(decisionShape(environment.spec, 1));
  const names = environment.spec.observationSpace.names;
  environment.takeDecision(batch);
  const seen: Record<string, number>[] = [];
  for (let step = 0; step < steps; step++) {
    environment.applyActions(Float32Array.of(action(step)));
    environment.tick();
    await environment.settle?.();
    environment.takeDecision(batch);
    seen.push(Object.fromEntries(names.map((name, i) => [name, batch.observations[i]!])));
  }
  expect(environment.takeFaults()).toEqual([]);
  return seen;
}

/** What a game keeps after `steps` steps that follow each other as fast as they can, without an ambience. */
async function inHaste(scene: typeof Room, steps: number, before: (game: Phaser.Game) => void = () => {}) {
  const game = await startHeadless(config(scene), 1);
  closing.push(() => game.destroy(true));
  game.scene.getScene('Room').scene.restart();
  game.headlessStep(0, stepMs);
  for (let step = 1; step <= steps; step++) {
    before(game);
    game.headlessStep(step * stepMs, stepMs);
  }
  return game.scene.getScene<Room>('Room').seen;
}

describe('a game that runs many times as fast as it is meant to', () => {
  it('goes by dates, intervals and frames as on a page', async () => {
    class Clocks extends Room {
      create(): void {
        const begun = new Date();
        const seen = { seconds: 0, beats: 0, frames: 0, cancelled: 0 };
        this.seen = seen;
        setInterval(() => (seen.beats += 1), 100);
        cancelAnimationFrame(requestAnimationFrame(() => (seen.cancelled += 1)));
        const frame = () => {
          seen.frames += 1;
          requestAnimationFrame(frame);
        };
        requestAnimationFrame(frame);
        this.events.on('update', () => {
          const now = new Date();
          seen.seconds = (now.getTime() - begun.getTime()) / 1_000;
        });
      }
    }
    const seen = (await inTwin(Clocks, 60)).at(-1)!;
    expect(seen['seconds']).toBeCloseTo(1, 2);
    expect(seen).toMatchObject({ beats: 9 + 1, frames: 60, cancelled: 0 });
    const without = await inHaste(Clocks, 60);
    expect(without).toMatchObject({ beats: 0, frames: 0 });
    expect(without['seconds']).toBeLessThan(0.5);
  });

  it('goes on with promises between the steps, with its own time in force', async () => {
    const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
    class Waiting extends Room {
      create(): void {
        this.seen = { stage: 0, beganMs: 0 };
        void this.play();
      }
      private async play(): Promise<void> {
        const begunMs = Date.now();
        for (const stage of [1, 2, 3]) {
          await wait(100);
          this.seen = { stage, beganMs: Date.now() - begunMs };
        }
      }
    }
    const seen = await inTwin(Waiting, 20);
    // 100 ms are six steps, and the next wait begins where the one before ends.
    expect(seen.map(({ stage }) => stage)).toEqual([
      ...Array<number>(5).fill(0),
      ...Array<number>(6).fill(1),
      ...Array<number>(6).fill(2),
      ...Array<number>(3).fill(3),
    ]);
    expect(seen.at(-1)?.['beganMs']).toBe(300);
    expect(await inHaste(Waiting, 20)).toMatchObject({ stage: 0 });
  });

  it('hears sounds begin, go round and end after their length', async () => {
    class Sounds extends Room {
      create(): void {
        const seen = { ended: 0, rounds: 0, isPlaying: false, marked: 0 };
        this.seen = seen;
        this.cache.audio.add('half', { duration: 0.5 });
        const half = this.sound.add('half');
        half.on('complete', () => (seen.ended += 1));
        half.play();
        const loop = this.sound.add('half', { loop: true, rate: 2 });
        loop.on('looped', () => (seen.rounds += 1));
        loop.play();
        const sprite = this.sound.add('unknown');
        sprite.addMarker({ name: 'tick', duration: 0.2 });
        sprite.on('complete', () => (seen.marked += 1));
        sprite.play('tick');
        this.events.on('update', () => (seen.isPlaying = half.isPlaying));
      }
    }
    const seen = await inTwin(Sounds, 60);
    const endsAt = seen.findIndex(({ ended }) => ended === 1);
    expect(Math.abs(endsAt - 30)).toBeLessThanOrEqual(1);
    expect(seen.map(({ isPlaying }) => isPlaying).lastIndexOf(1)).toBe(endsAt - 1);
    expect(seen.at(-1)).toMatchObject({ ended: 1, rounds: 3, marked: 1 });
    expect(Math.abs(seen.findIndex(({ marked }) => marked === 1) - 12)).toBeLessThanOrEqual(1);
  });

  it('goes on after a sound whose file nobody knows', async () => {
    class Fanfare extends Room {
      create(): void {
        this.seen = { over: false };
        this.sound.once('complete', () => {});
        this.sound.add('fanfare').once('complete', () => (this.seen = { over: true }));
        this.sound.play('fanfare', { volume: 0.5 });
        this.sound.get('fanfare').play();
      }
    }
    const seen = await inTwin(Fanfare, 70);
    expect(seen.at(-1)).toEqual({ over: 1 });
  });

  it('tells a key that goes down from one that is down, and for how long it was', async () => {
    class Keys extends Room {
      create(): void {
        const key = this.input.keyboard!.addKey('SPACE');
        const seen = { justDown: 0, heldMs: 0, isLong: false };
        this.seen = seen;
        this.events.on('update', () => {
          if (Phaser.Input.Keyboard.JustDown(key)) seen.justDown += 1;
          seen.heldMs = key.isDown ? key.getDuration() : 0;
          seen.isLong = this.input.keyboard!.checkDown(key, 200);
        });
      }
    }
    const held = (step: number) => Number(step % 20 < 10);
    const seen = await inTwin(Keys, 40, held);
    expect(seen.at(-1)).toMatchObject({ justDown: 2 });
    // Nine steps after it went down.
    expect(seen[9]?.['heldMs']).toBeCloseTo(10 * stepMs, 0);
    expect(seen[12]?.['heldMs']).toBe(0);
    // Without it the loop's time stands still, and a key is never down for long.
    const without = await inHaste(Keys, 10, (game) => {
      sendKey(game, { type: 'keydown', keyCode: 32, timeStamp: 0 });
    });
    expect(without['heldMs']).not.toBeCloseTo(10 * stepMs, 0);
  });

  it('is not heard to warn at each restart, and else once', async () => {
    class Talking extends Room {
      create(): void {
        this.seen = { n: 1 };
        this.anims.create({ key: 'run', frames: [] });
        this.events.on('update', () => console.log('hello'));
        this.time.delayedCall(50, () => this.scene.restart());
      }
    }
    await inTwin(Talking, 40);
    expect(warned.mock.calls.flat().join()).not.toContain('key already exists: run');
    expect(logged.mock.calls.filter(([text]) => text === 'hello')).toHaveLength(1);
    // Without it, at each of them.
    await inHaste(Talking, 1);
    expect(warned.mock.calls.flat().join()).toContain('key already exists: run');
  });

  it('keeps what it stores for as long as it runs', async () => {
    class Best extends Room {
      create(): void {
        const best = Number(localStorage.getItem('best') ?? 0);
        localStorage.setItem('best', String(best + 1));
        this.seen = { best };
      }
    }
    expect((await inTwin(Best, 1))[0]!['best']).toBeGreaterThanOrEqual(1);
  });
});

describe('a game that asks for its page', () => {
  it.each<[string, (scene: Room) => void]>([
    ['document.getElementById', () => (document.getElementById('score')!.textContent = '1')],
    ['document.querySelector', () => document.querySelector('.score')],
    ["document.createElement('div')", () => document.createElement('div')],
    ['add.dom', (scene) => scene.add.dom(0, 0)],
    ['alert', () => alert('Game over')],
    ['prompt', () => prompt('Your name?')],
  ])('by %s is refused with a code and a sentence, at once or later', async (what, ask) => {
    class AtOnce extends Room {
      create(): void {
        this.seen = { n: 0 };
        ask(this);
      }
    }
    class Later extends Room {
      create(): void {
        this.seen = { n: 0 };
        this.time.delayedCall(50, () => ask(this));
      }
    }
    const refusal = { code: 'needs-page', message: expect.stringContaining(`uses ${what}`) };
    await expect(inTwin(AtOnce, 1)).rejects.toMatchObject(refusal);
    await expect(inTwin(Later, 10)).rejects.toMatchObject(refusal);
  });
});
