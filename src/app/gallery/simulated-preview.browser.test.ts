import Phaser from 'phaser';
import { afterEach, expect, it, vi } from 'vitest';
import { loadGame } from '../../game/catalogue';
import { environmentSpec } from '../../game/engine/vector-environment';
import type { SimulatedGame } from '../games/page-game';
import { simulatedPreview } from './simulated-preview';

afterEach(() => vi.restoreAllMocks());

it('leaves nothing in its place where the browser cannot draw the game', async () => {
  const { simulation, presets } = await loadGame('balance');
  const spec = environmentSpec(simulation);
  const game = { kind: 'simulated', spec, simulation, presets } as unknown as SimulatedGame;
  const place = document.createElement('div');
  vi.spyOn(Phaser, 'Game').mockImplementation(function refuse(): never {
    throw new Error('no context');
  });
  const looks = { theme: () => 'dark' as const, reducedMotion: () => true };
  await expect(simulatedPreview(place, game, null, looks)).rejects.toThrow('no context');
  expect(place.childElementCount).toBe(0);
});
