import { describe, expect, it } from 'vitest';
import { hyperparameterProblems, PlaytrainError } from '../contract';
import { games, loadGame, loadSimulation } from './catalogue';
import { checkEnvironment } from './engine/check-environment';

describe.each(games.map(({ id }) => id))('%s', (id) => {
  it('is listed under the id that its rules give it', async () => {
    expect((await loadGame(id)).simulation.game).toBe(id);
    expect((await loadSimulation(id))?.game).toBe(id);
  });

  it('keeps to the contract', async () => {
    expect(checkEnvironment((await loadGame(id)).simulation)).toEqual([]);
  });

  it('has presets that are possible and weigh every reward term', async () => {
    const { simulation, presets } = await loadGame(id);
    for (const preset of Object.values(presets)) {
      expect(hyperparameterProblems(preset)).toEqual([]);
      expect(preset.rewardWeights).toEqual(
        Object.fromEntries(simulation.rewardTerms.map(({ name, defaultWeight }) => [name, defaultWeight])),
      );
    }
  });

  it('tells people all there is to tell', async () => {
    const { about } = await loadGame(id);
    const texts = [about, about.promise]
      .flatMap((part) => Object.values(part))
      .filter((value) => typeof value === 'string');
    expect(texts.length).toBeGreaterThan(5);
    for (const text of texts) expect(text).not.toBe('');
  });
});

describe('the catalogue', () => {
  it('has no two games of one id', () => {
    expect(new Set(games.map(({ id }) => id)).size).toBe(games.length);
  });

  it('names the games there are when asked for another', async () => {
    await expect(loadGame('chess')).rejects.toThrow(PlaytrainError);
    await expect(loadGame('chess')).rejects.toThrow(
      'There is no game “chess”; choose one of balance, swing, volley.',
    );
    expect(await loadSimulation('chess')).toBeUndefined();
  });
});
