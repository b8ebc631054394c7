import Phaser from 'phaser';
import { afterEach, expect, it } from 'vitest';
import type { EpisodeEnding } from '../contract';
import { keys } from './actions';
import { defineAgent } from './agent-definition';
import { gain } from './earnings';
import { sceneRuns } from './scene-status';
import { SeenEpisodes } from './seen-episodes';

/** Each of two counts up to a length of its own, and is put back when somebody says so. */
class CountScene extends Phaser.Scene {
  counts = [0, 0];
  constructor() {
    super('CountScene');
  }
  create(): void {
    this.counts = [0, 0];
  }
  override update(): void {
    this.counts = this.counts.map((count) => count + 1);
  }
}

const counter = defineAgent<CountScene>({
  name: 'counter',
  scene: 'CountScene',
  bodies: 2,
  begin: (scene, body) => {
    scene.counts[body] = 0;
  },
  sees: (scene, who) => ({ count: scene.counts[who]! }),
  does: keys({ wait: [] }),
  earns: { count: gain((scene, who) => scene.counts[who]!, 2) },
  ends: (scene, who) => scene.counts[who]! >= 3 + who,
});

let game: Phaser.Game | null = null;
afterEach(() => {
  game?.destroy(true);
  // It is gone at its next step, which it does not take by itself.
  game?.headlessStep(0, 0);
});

/** The game, which only a test steps, at the start of both episodes. */
async function begun() {
  game = new Phaser.Game({ type: Phaser.CANVAS, width: 8, height: 8, scene: CountScene, banner: false });
  await sceneRuns(game, 'CountScene');
  game.loop.stop();
  const scene = game.scene.getScene<CountScene>('CountScene');
  scene.counts = [0, 0];
  return { scene, episodes: new SeenEpisodes(game, counter) };
}

it('tells of each one’s episodes once, with what they came to, and of those that the game itself cuts off', async () => {
  const { scene, episodes } = await begun();
  const step = (times: number): readonly EpisodeEnding[] => {
    const endings: EpisodeEnding[] = [];
    for (let i = 0; i < times; i++) {
      game?.headlessStep(i * 16, 16);
      endings.push(...episodes.step());
    }
    return endings;
  };
  const ending = (arena: number, length: number, sum = length) => ({
    arena,
    terminated: true,
    truncated: false,
    lengthTicks: length,
    rewardTerms: [sum],
  });
  expect(step(2)).toEqual([]);
  expect(step(1)).toEqual([ending(0, 3)]);
  // The second ends a step later; the first is over and told no more.
  expect(step(3)).toEqual([ending(1, 4)]);
  counter.begin?.(scene, 0);
  // It begins at the step that finds it begun, at a count of 1 by then.
  expect(step(3)).toEqual([ending(0, 2, 2)]);
  scene.scene.restart();
  expect(step(2)).toEqual([]);
  scene.scene.restart();
  // Both had gone two steps.
  expect(step(1)).toEqual([ending(0, 2), ending(1, 2)]);
});

it('writes into questions what each one earned since the last, and its end once', async () => {
  const { scene, episodes } = await begun();
  const asked = (steps: number) => {
    for (let i = 0; i < steps; i++) {
      game?.headlessStep(i * 16, 16);
      episodes.step();
    }
    const question = {
      rewardTerms: new Float32Array(2),
      terminated: new Uint8Array(2),
      interrupted: new Uint8Array(2),
    };
    episodes.write(question);
    const { rewardTerms, terminated, interrupted } = question;
    return { earned: [...rewardTerms], ended: [...terminated], unknown: [...interrupted] };
  };
  // What was decided before the first is not known.
  expect(asked(2)).toEqual({ earned: [2, 2], ended: [0, 0], unknown: [1, 1] });
  expect(asked(1)).toEqual({ earned: [1, 1], ended: [1, 0], unknown: [0, 0] });
  expect(asked(1)).toEqual({ earned: [0, 1], ended: [0, 1], unknown: [1, 0] });
  scene.counts = [0, 0];
  expect(asked(1)).toEqual({ earned: [0, 0], ended: [0, 0], unknown: [1, 1] });
});
