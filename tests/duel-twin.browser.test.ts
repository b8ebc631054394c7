import Phaser from 'phaser';
import { filter, firstValueFrom } from 'rxjs';
import { afterEach, expect, it } from 'vitest';
import { type DuelScene, duelConfig } from '../examples/duel/duel';
import { duelist } from '../examples/duel/duel.agent';
import { trajectoryHash } from '../examples/duel/trajectory-hash';
import { type LearningAgent, learn, playPolicy } from '../src/phaser';
import { placeForGame } from './testing/place-for-game';

let agent: LearningAgent | null = null;
let game: Phaser.Game | null = null;
afterEach(() => {
  agent?.dispose();
  game?.destroy(true);
});

/** Resolves once something is so after a step of the scene. */
const until = (scene: DuelScene, isSo: () => boolean): Promise<void> =>
  new Promise((resolve) => {
    const look = () => {
      if (!isSo()) return;
      scene.events.off('postupdate', look);
      resolve();
    };
    scene.events.on('postupdate', look);
  });

it('two wizards see the same to the bit in a worker as in Node, every time', async () => {
  const worker = new Worker(new URL('./testing/duel-trajectory.worker.ts', import.meta.url), {
    type: 'module',
  });
  const seen = await new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
  });
  worker.terminate();
  expect(seen).toEqual({ hashes: [trajectoryHash, trajectoryHash], faults: [] });
});

it('two wizards learn in their game’s twin, and a person takes one of them in the game that is seen', async () => {
  game = new Phaser.Game({ ...duelConfig, parent: placeForGame() });
  agent = learn(game, duelist, {
    twin: (name) =>
      new Worker(new URL('../examples/duel/twin.ts', import.meta.url), { type: 'module', name }),
  });
  const learned = agent.events$.pipe(filter(({ kind }) => kind === 'failed' || kind === 'updated'));
  expect(await firstValueFrom(learned)).toMatchObject({ kind: 'updated' });
  const scene = game.scene.getScene<DuelScene>('DuelScene');
  const [left, right] = scene.wizards;
  await until(scene, () => left.body.velocity.length() > 0 && right.body.velocity.length() > 0);

  // A person who presses nothing stands still; the other goes on.
  agent.setPlays(false, 0);
  await until(scene, () => scene.phase === 'play' && left.body.velocity.length() === 0);
  let moved = 0;
  for (let step = 0; step < 60; step++) {
    await until(scene, () => true);
    expect(left.body.velocity.length()).toBe(0);
    moved += Number(right.body.velocity.length() > 0);
  }
  expect(moved).toBeGreaterThan(0);

  // What ships plays the right side against a scripted player.
  const file = await agent.save();
  agent.dispose();
  const shipped = await playPolicy(game, duelist, ['hard', file]);
  await until(scene, () => left.body.velocity.length() > 0);
  await until(scene, () => right.body.velocity.length() > 0);
  shipped.dispose();
});
