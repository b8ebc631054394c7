import Phaser from 'phaser';
import { filter, firstValueFrom } from 'rxjs';
import { afterEach, expect, it, vi } from 'vitest';
import { type LearningAgent, learn } from '../src/phaser';
import { box, config } from './fixtures/twins/box';
import { placeForGame } from './testing/place-for-game';

let agent: LearningAgent | null = null;
let game: Phaser.Game | null = null;
afterEach(() => {
  agent?.dispose();
  game?.destroy(true);
  vi.restoreAllMocks();
});

it('what would keep an agent from learning is told once as it learns, and again to who asks', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
  const toldOf = () => warn.mock.calls.filter(([words]) => String(words).startsWith('Playtrain, box'));
  game = new Phaser.Game({ ...config, parent: placeForGame() });
  agent = learn(
    game,
    { ...box, sees: () => ({ x: 0.5 }) },
    {
      twin: () => new Worker(new URL('./fixtures/twins/blind.twin.ts', import.meta.url), { type: 'module' }),
      settings: { rolloutLength: 128, minibatchSize: 64, hiddenSizes: [8] },
    },
  );
  const warnings$ = agent.events$.pipe(filter(({ kind }) => kind === 'warning'));
  expect(await firstValueFrom(warnings$)).toMatchObject({ message: /“x” is 0.5 all the time.*Read it/ });
  const told = toldOf().length;
  expect(told).toBeGreaterThan(0);

  const { findings, stepsPerSecond } = await agent.check();
  expect(findings.map(({ code }) => code)).toContain('constantSight');
  expect(stepsPerSecond).toBeGreaterThan(0);
  expect(toldOf()).toHaveLength(2 * told);
});
