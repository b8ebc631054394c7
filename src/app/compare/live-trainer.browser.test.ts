import { expect, it } from 'vitest';
import type { Hyperparameters } from '../../contract';
import { ourGames } from '../games/our-games';
import { Comparison } from './comparison';
import { LiveTrainer } from './live-trainer';

it('trains a live game unseen: the same seed to the same curve, other settings to another', async () => {
  const game = await ourGames.load('flap');
  if (game.kind !== 'live') throw new Error('Flap is a live game.');
  const trainer = new LiveTrainer(game);
  const told: number[] = [];
  const train = (patch: Partial<Hyperparameters>) =>
    trainer.train(
      { game: 'flap', hyperparameters: { ...game.presets.fast, ...patch }, decisions: 8_192, from: null },
      ({ decisions }) => told.push(decisions),
    );
  const first = await train({ seed: 3 });
  expect(first.length).toBeGreaterThan(2);
  expect(told).toEqual(first.map(({ decisions }) => decisions));
  expect(await train({ seed: 3 })).toEqual(first);
  expect(await train({ seed: 3, learningRate: 0.01 })).not.toEqual(first);
  // What is seen was not played meanwhile.
  expect(game.visible.gate.steps).toBe(0);
});

it('tells nothing more once its comparison is disposed of', async () => {
  const game = await ourGames.load('flap');
  const ways = [{ label: 'as it is', patch: {} }];
  const comparison = new Comparison({ game, settings: game.presets.fast, ways, beside: 0, from: null });
  let told = 0;
  const trained = comparison.train(() => told++);
  await expect.poll(() => told).toBeGreaterThan(1);
  comparison.dispose();
  const before = told;
  await trained;
  expect(told).toBe(before);
});
