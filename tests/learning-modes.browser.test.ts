import Phaser from 'phaser';
import { filter, firstValueFrom } from 'rxjs';
import { afterEach, expect, it } from 'vitest';
import { type DuelScene, duelConfig } from '../examples/duel/duel';
import { duelist } from '../examples/duel/duel.agent';
import { bird } from '../examples/flap/bird.agent';
import { FlapScene, flapConfig } from '../examples/flap/flap';
import { type LearningAgent, type LearningMode, type LearnOptions, learn } from '../src/phaser';
import { laterPageFlapConfig, pageFlapConfig } from './testing/page-flap';
import { placeForGame } from './testing/place-for-game';

let end = () => {};
afterEach(() => end());

/** Flap, drawn, and its agent, as it learns. */
function learning(config: Phaser.Types.Core.GameConfig, options: LearnOptions) {
  const game = new Phaser.Game({ ...config, banner: false, parent: placeForGame() });
  const agent = learn(game, bird, options);
  const modes: LearningMode[] = [];
  const counted = { steps: 0, frames: 0 };
  game.events.on('poststep', () => (counted.steps += 1));
  // Steps that draw nothing tell of no renderer.
  game.events.on('postrender', (renderer: unknown) => (counted.frames += Number(renderer !== null)));
  const said: string[] = [];
  agent.mode$.subscribe((mode) => modes.push(mode));
  agent.events$.subscribe((event) => {
    if (event.kind === 'warning' || event.kind === 'failed') said.push(event.message);
  });
  end = () => {
    agent.dispose();
    game.destroy(true);
  };
  const scene = () => game.scene.getScene<FlapScene>('FlapScene');
  return { agent, modes, said, scene, counted };
}

/** The next update, or why there is none. */
function updated(agent: LearningAgent) {
  return firstValueFrom(agent.events$.pipe(filter(({ kind }) => kind === 'updated' || kind === 'failed')));
}

/** So that a rollout fills in seconds, also at the game's own pace. */
const short = { rolloutLength: 32, minibatchSize: 32 };
const twinOf = (file: 'page-flap' | 'later-page-flap') => (name: string) =>
  file === 'page-flap'
    ? new Worker(new URL('./testing/page-flap.worker.ts', import.meta.url), { type: 'module', name })
    : new Worker(new URL('./testing/later-page-flap.worker.ts', import.meta.url), { type: 'module', name });

it('a game without a twin learns in its page, faster than it is seen, until a person plays it', async () => {
  const { agent, modes, said, scene, counted } = learning(flapConfig, { settings: short });
  expect(await updated(agent)).toMatchObject({ kind: 'updated' });
  const { steps, frames } = counted;
  // Two updates may come in one frame: the next rollout fills while one is learned from.
  do expect(await updated(agent)).toMatchObject({ kind: 'updated' });
  while (counted.frames - frames < 3);
  expect(counted.steps - steps).toBeGreaterThan(2 * (counted.frames - frames));
  expect(modes).toEqual([
    { name: 'turbo', reason: expect.stringContaining('no worker with the game’s twin') },
  ]);
  expect(said).toEqual([]);

  // Then it goes at its own pace, and falls.
  agent.setPlays(false);
  await expect.poll(() => scene().isDead, { timeout: 20_000 }).toBe(true);
  agent.setPlays(true);
  expect(await updated(agent)).toMatchObject({ kind: 'updated' });
});

it('live, what is seen is what is learned from, and a scene that throws is begun anew', async () => {
  let throws = 0;
  class Faulty extends FlapScene {
    override update(): void {
      super.update();
      if (this.bird.y < 200 || this.bird.y > 380) {
        throws += 1;
        throw new Error('undefined is not a wing');
      }
    }
  }
  const { agent, modes, said } = learning(
    { ...flapConfig, scene: Faulty },
    { mode: 'live', settings: short },
  );
  expect(await updated(agent)).toMatchObject({ kind: 'updated' });
  expect(await updated(agent)).toMatchObject({ kind: 'updated' });
  expect(modes.map(({ name }) => name)).toEqual(['live']);
  expect(throws).toBeGreaterThan(said.length);
  expect(new Set(said).size).toBe(said.length);
  for (const sentence of said) expect(sentence).toContain('undefined is not a wing');
});

it.each([
  ['at once', pageFlapConfig, 'page-flap', 'document.getElementById'],
  ['later', laterPageFlapConfig, 'later-page-flap', 'document.querySelector'],
] as const)(
  'a game whose twin asks for the page %s goes on in its page',
  async (_when, config, file, what) => {
    const { agent, modes } = learning(config, { twin: twinOf(file), settings: short });
    await expect.poll(() => modes.map(({ name }) => name), { timeout: 20_000 }).toEqual(['twin', 'turbo']);
    expect(modes[1]?.reason).toContain(`uses ${what}`);
    expect(await updated(agent)).toMatchObject({ kind: 'updated' });
  },
);

it('where a game of two learns in its page, a person takes one, and the other plays on', async () => {
  const game = new Phaser.Game({ ...duelConfig, banner: false, parent: placeForGame() });
  const agent = learn(game, duelist, { settings: short });
  end = () => {
    agent.dispose();
    game.destroy(true);
  };
  expect(await updated(agent)).toMatchObject({ kind: 'updated' });
  agent.setPlays(false, 0);
  const [left, right] = game.scene.getScene<DuelScene>('DuelScene').wizards;
  const moves = { left: 0, right: 0 };
  await expect.poll(() => left.body.velocity.length()).toBe(0);
  game.events.on('poststep', () => {
    moves.left += Number(left.body.velocity.length() > 0);
    moves.right += Number(right.body.velocity.length() > 0);
  });
  await expect.poll(() => moves.right).toBeGreaterThan(30);
  expect(moves.left).toBe(0);
  agent.setPlays(true, 0);
  expect(await updated(agent)).toMatchObject({ kind: 'updated' });
});
