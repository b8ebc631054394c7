import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type HyperparameterField,
  type Hyperparameters,
  hyperparameterFields,
  hyperparameterProblems,
  sb3Hyperparameters,
  speeds,
} from '../contract';
import { readUrl, type UrlGame, writeUrl } from './address-notation';

const balance: UrlGame = {
  id: 'balance',
  defaults: {
    ...sb3Hyperparameters,
    arenas: 16,
    rolloutLength: 128,
    minibatchSize: 256,
    rewardWeights: { upright: 1 },
  },
};
const swing: UrlGame = {
  id: 'swing',
  defaults: { ...balance.defaults, discount: 0.9, rewardWeights: { angle: 1, 'wasted effort': 0.5 } },
};
const games = [balance, swing] as const;

/** Any value that a field allows. */
function allowed(field: HyperparameterField, game: UrlGame): fc.Arbitrary<unknown> {
  switch (field.kind) {
    case 'number':
      return field.integer
        ? fc.integer({ min: field.min, max: field.max })
        : fc.double({ min: field.min, max: field.max, noNaN: true }).map((value) => value + 0);
    case 'switch':
      return fc.boolean();
    case 'choice':
      return fc.constantFrom(...field.options);
    case 'sizes':
      return fc.array(fc.integer({ min: field.min, max: field.max }), {
        minLength: 1,
        maxLength: field.maxLayers,
      });
    case 'weights':
      return fc.record(
        Object.fromEntries(
          Object.keys(game.defaults.rewardWeights).map((term) => [
            term,
            fc.double({ min: field.min, max: field.max, noNaN: true }).map((value) => value + 0),
          ]),
        ),
      );
  }
}

const usable = fc.constantFrom(...games).chain((game) =>
  fc.record({
    game: fc.constant(game),
    speed: fc.constantFrom(...speeds),
    settings: fc
      .record(
        Object.fromEntries(
          hyperparameterFields.map((field) => [
            field.key,
            fc.oneof(fc.constant(game.defaults[field.key]), allowed(field, game)),
          ]),
        ),
      )
      .map((settings) => settings as unknown as Hyperparameters)
      .filter((settings) => hyperparameterProblems(settings).length === 0),
  }),
);

describe('game and settings in the address', () => {
  it('come back as they were written', () => {
    fc.assert(
      fc.property(usable, ({ game, settings, speed }) => {
        const read = readUrl(writeUrl(game, settings, speed), games);
        expect(read.problems).toEqual([]);
        expect(read.game).toBe(game.id);
        expect(read.speed).toBe(speed);
        expect(read.hyperparameters).toEqual(settings);
      }),
    );
  });

  it('hold only what is not default', () => {
    expect(writeUrl(balance, balance.defaults, '1')).toBe('#game=balance');
    const settings = { ...balance.defaults, seed: 7, learningRate: 0.001, hiddenSizes: [32, 16] };
    expect(writeUrl(balance, settings, '4')).toBe(
      '#game=balance&speed=4&learningRate=0.001&seed=7&hiddenSizes=32,16',
    );
  });

  it('always read as usable settings, whatever stands there', () => {
    const pair = fc
      .tuple(
        fc.constantFrom(...hyperparameterFields.map(({ key }) => key), 'game', 'speed', 'x'),
        fc.string(),
      )
      .map(([key, text]) => `${key}=${encodeURIComponent(text)}`);
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(pair).map((pairs) => pairs.join('&')),
        ),
        (hash) => {
          expect(hyperparameterProblems(readUrl(hash, games).hyperparameters)).toEqual([]);
        },
      ),
    );
  });
});

describe('an address that asks for the impossible', () => {
  it('opens the first game when it names none that is here', () => {
    const read = readUrl('#game=chess', games);
    expect(read.game).toBe('balance');
    expect(read.problems).toEqual([
      'The link names a game “chess” that is not here; “balance” opens instead.',
    ]);
  });

  it('keeps what can be used beside what cannot', () => {
    const read = readUrl('#game=swing&learningRate=5&seed=7&speed=9&discnt=1&rewardWeights.joy=1', games);
    expect(read.overrides).toEqual({ seed: 7 });
    expect(read.speed).toBe('1');
    expect(read.problems).toHaveLength(4);
    expect(read.problems.join(' ')).toContain('Learning rate is 5; keep it between');
  });

  it('drops batch sizes that do not suit each other, together', () => {
    const read = readUrl('#rolloutLength=100&minibatchSize=512&seed=3', games);
    expect(read.overrides).toEqual({ seed: 3 });
    expect(read.problems).toHaveLength(1);
  });
});
