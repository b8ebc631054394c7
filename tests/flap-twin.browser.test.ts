import Phaser from 'phaser';
import { filter, firstValueFrom } from 'rxjs';
import { afterEach, expect, it } from 'vitest';
import { bird } from '../examples/flap/bird.agent';
import { type FlapScene, flapConfig } from '../examples/flap/flap';
import { decodePolicy } from '../src';
import { type LearningAgent, learn, playPolicy } from '../src/phaser';
import { placeForGame } from './testing/place-for-game';

let agent: LearningAgent | null = null;
let game: Phaser.Game | null = null;
afterEach(() => {
  agent?.dispose();
  game?.destroy(true);
});

/** On a busy machine most flights are cut short by frames that come late. */
const mostFlights = 40;

/** Gates passed in the next `flights` flights that are seen, or until one has passed `enough`. */
function flightsOf(scene: FlapScene, flights: number, enough = Infinity): Promise<number[]> {
  const passed: number[] = [];
  let isCounted = false;
  return new Promise((resolve) => {
    scene.events.on('postupdate', () => {
      if (scene.isDead && !isCounted) passed.push(scene.score);
      isCounted = scene.isDead;
      if (passed.length === flights || scene.score >= enough) resolve([...passed, scene.score]);
    });
  });
}

it('a bird learns in its game’s twin, unseen, and flies in the game that is seen until a person takes over', async () => {
  game = new Phaser.Game({ ...flapConfig, parent: placeForGame() });
  agent = learn(game, bird, {
    // By no name: what is told the page's own workers apart by is not needed of a developer's.
    twin: () => new Worker(new URL('../examples/flap/twin.ts', import.meta.url), { type: 'module' }),
  });
  const learned = agent.events$.pipe(
    filter(
      (event) => event.kind === 'failed' || (event.kind === 'updated' && (event.metrics.meanReturn ?? 0) > 5),
    ),
  );
  expect(await firstValueFrom(learned)).toMatchObject({ kind: 'updated' });

  // Nobody passes a gate by falling.
  const scene = game.scene.getScene<FlapScene>('FlapScene');
  expect(Math.max(...(await flightsOf(scene, mostFlights, 3)))).toBeGreaterThanOrEqual(3);
  const policy = decodePolicy(await agent.exportPolicy());
  expect(policy.spec).toMatchObject({
    game: 'flap',
    observationSpace: { names: ['y', 'vy', 'near', 'gap'] },
  });

  const file = await agent.save();
  agent.setPlays(false);
  const [, ...untouched] = await flightsOf(scene, 3);
  expect(untouched).toEqual([0, 0, 0]);

  // What ships plays alone.
  agent.dispose();
  const shipped = await playPolicy(game, bird, file);
  expect(Math.max(...(await flightsOf(scene, mostFlights, 3)))).toBeGreaterThanOrEqual(3);
  shipped.dispose();
}, 120_000);
