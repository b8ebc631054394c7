import { describe, expect, it } from 'vitest';
import { hyperparameterProblems, PlaytrainError } from '../../contract';
import { checkEnvironment } from './check-environment';
import { findGame, games } from './registry';

describe.each(games.map((entry) => [entry.simulation.game, entry] as const))('%s', (id, entry) => {
  it('keeps to the contract', () => {
    expect(checkEnvironment(entry.simulation)).toEqual([]);
  });

  it('is found by its id', () => {
    expect(findGame(id)).toBe(entry);
  });

  it('has presets that are possible and weigh every reward term', () => {
    const terms = entry.simulation.rewardTerms;
    for (const preset of Object.values(entry.presets)) {
      expect(hyperparameterProblems(preset)).toEqual([]);
      expect(preset.rewardWeights).toEqual(
        Object.fromEntries(terms.map(({ name, defaultWeight }) => [name, defaultWeight])),
      );
    }
  });

  it('tells people all there is to tell', () => {
    for (const text of Object.values(entry.about)) expect(text.length).toBeGreaterThan(0);
  });
});

describe('the registry', () => {
  it('has no two games of one id', () => {
    expect(new Set(games.map(({ simulation }) => simulation.game)).size).toBe(games.length);
  });

  it('names the games there are when asked for another', () => {
    expect(() => findGame('chess')).toThrow(PlaytrainError);
    expect(() => findGame('chess')).toThrow(
      'There is no game “chess”; choose one of balance, swing, volley.',
    );
  });
});
