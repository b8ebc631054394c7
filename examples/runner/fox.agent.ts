import Phaser from 'phaser';
import { defineAgent, each, gain, grid, keys, nearest, when } from 'playtrain/phaser';
import { jumpSpeed, runSpeed } from './hero';
import { newGame, plankSpeed, type RunnerScene, score } from './runner';

type Moving = Phaser.Types.Physics.Arcade.ImageWithDynamicBody;

export const fox = defineAgent<RunnerScene>({
  name: 'runner',
  scene: 'RunnerScene',
  every: 6,
  limit: 2_400,
  sees: ({ hero: { sprite, isOnGround }, planks, input }) => ({
    vx: sprite.body.velocity.x / runSpeed,
    vy: sprite.body.velocity.y / jumpSpeed,
    ground: isOnGround,
    // Cells come and go by whole tiles.
    within: (sprite.x % 16) / 8 - 1,
    drift: driftOf(planks.getChildren() as Moving[], sprite.x),
    // Who holds it down since before landing does not jump again.
    held: input.keyboard?.addKey('SPACE').isDown ?? false,
  }),
  sensors: {
    cell: grid({
      around: ({ hero: { sprite } }) => ({ x: sprite.x + 40, y: sprite.y }),
      rows: 8,
      columns: 7,
      cellPx: 16,
      hold: { ground: ({ ground }) => ground, spikes: ({ spikes }) => spikes },
    }),
    plank: nearest({ from: ({ hero }) => hero.sprite, of: ({ planks }) => planks, rangePx: 160 }),
    slime: nearest({ from: ({ hero }) => hero.sprite, of: ({ slimes }) => slimes, rangePx: 140 }),
  },
  does: keys({ wait: [], right: ['RIGHT'], leap: ['RIGHT', 'SPACE'], left: ['LEFT'], jump: ['SPACE'] }),
  earns: {
    way: gain(({ hero }) => hero.sprite.x / 100),
    coin: gain(() => score, 0.1),
    time: each(-0.01),
    death: when(({ isDead }) => isDead, -1),
    flag: when(({ hasWon }) => hasWon, 5),
  },
  ends: ({ isDead, hasWon }) => isDead || hasWon,
  // Episodes begin all over the level, so that its end is not learned last; the run outlives the scene.
  reset: ({ scene }) => {
    const { checkpoints } = scene.getScene<RunnerScene>('RunnerScene');
    newGame(Phaser.Math.RND.pick([null, ...checkpoints]));
    scene.start('RunnerScene');
  },
});

/** Which way the nearest plank goes. */
function driftOf(planks: readonly Moving[], x: number): number {
  const nearest = planks.reduce((near, plank) =>
    Math.abs(plank.x - x) < Math.abs(near.x - x) ? plank : near,
  );
  return nearest.body.velocity.x / plankSpeed;
}
