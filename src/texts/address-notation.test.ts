import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  estimateMistakes,
  type HyperparameterField,
  type Hyperparameters,
  hyperparameterFields,
  hyperparameterProblems,
  type InspectedPlace,
  sb3Hyperparameters,
  speeds,
} from '../contract';
import { gameInUrl, readUrl as readUrlOf, type UrlGame, writeReplayUrl, writeUrl } from './address-notation';

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

/** Reads an address as a page does: first which game, then the rest. */
const readUrl = (hash: string) => {
  const id = gameInUrl(hash, ['balance', 'swing']);
  return readUrlOf(hash, games.find((game) => game.id === id) ?? balance);
};

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
      fc.property(usable, fc.boolean(), ({ game, settings, speed }, locked) => {
        const read = readUrl(writeUrl(game, settings, { speed, locked }));
        expect(read.problems).toEqual([]);
        expect(read.game).toBe(game.id);
        expect(read.speed).toBe(speed);
        expect(read.locked).toBe(locked);
        expect(read.hyperparameters).toEqual(settings);
      }),
    );
  });

  it('hold only what is not default', () => {
    expect(writeUrl(balance, balance.defaults, { speed: '1' })).toBe('#game=balance');
    const settings = { ...balance.defaults, seed: 7, learningRate: 0.001, hiddenSizes: [32, 16] };
    expect(writeUrl(balance, settings, { speed: '4' })).toBe(
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
          expect(hyperparameterProblems(readUrl(hash).hyperparameters)).toEqual([]);
        },
      ),
    );
  });
});

describe('a place in an update', () => {
  const anyShare = fc.option(
    fc.double({ min: 0, max: 1, noNaN: true, noDefaultInfinity: true }).map(Math.abs),
  );
  const anyPlace: fc.Arbitrary<InspectedPlace> = fc.record({
    step: fc.nat(),
    gaeLambda: anyShare,
    discount: anyShare,
    mistakes: fc.option(fc.subarray([...estimateMistakes])),
  });

  it('comes back from the address as it was', () => {
    fc.assert(
      fc.property(anyPlace, (inspect) => {
        const read = readUrl(writeUrl(balance, balance.defaults, { speed: '1', inspect, update: 'abc-_1' }));
        expect([read.inspect, read.update, read.problems]).toEqual([inspect, 'abc-_1', []]);
      }),
    );
    expect(readUrl('#game=balance').inspect).toBeNull();
  });

  it('stands beside the size of type, which links may leave open', () => {
    const manner = { speed: '1', large: true } as const;
    expect(readUrl(writeUrl(balance, balance.defaults, manner)).large).toBe(true);
    expect(readUrl('#game=balance&large=off').large).toBe(false);
    expect(readUrl('#game=balance').large).toBeNull();
    expect(readUrl('#large=huge').problems).toHaveLength(1);
  });

  it('is what can be read of it, with a sentence for the rest', () => {
    const read = readUrl('#game=balance&inspect=two&lambda=3&gamma=&mistakes=resetForFinal,typo');
    expect(read.inspect).toEqual({
      step: 0,
      gaeLambda: null,
      discount: null,
      mistakes: ['resetForFinal'],
    });
    expect(read.problems.length).toBeGreaterThan(2);
  });
});

describe('an address that asks for the impossible', () => {
  it('opens the first game when it names none that is here', () => {
    const read = readUrl('#game=chess');
    expect(read.game).toBe('balance');
    expect(read.problems).toEqual([
      'The link names a game “chess” that is not here; “balance” opens instead.',
    ]);
  });

  it('keeps what can be used beside what cannot', () => {
    const read = readUrl('#game=swing&learningRate=5&seed=7&speed=9&discnt=1&rewardWeights.joy=1');
    expect(read.overrides).toEqual({ seed: 7 });
    expect(read.speed).toBe('1');
    expect(read.problems).toHaveLength(4);
    expect(read.problems.join(' ')).toContain('Learning rate is 5; keep it between');
    expect(read.problems.at(-1)).toBe('1 more part of the link was set aside.');
  });

  it('drops batch sizes that do not suit each other, together', () => {
    const read = readUrl('#rolloutLength=100&minibatchSize=512&seed=3');
    expect(read.overrides).toEqual({ seed: 3 });
    expect(read.problems).toHaveLength(1);
  });
});

describe('an address that something was done to', () => {
  it('reads as it was meant', () => {
    for (const hash of [
      '#game=swing&amp;learningRate=0.001',
      '#game=swing&#38;learningRate=0.001',
      '#game%3Dswing%26learningRate%3D0.001',
      '#game%3Dswing%26amp%3BlearningRate%3D0.001',
      'game=swing&learningRate=0.001',
    ]) {
      const { game, overrides, problems } = readUrl(hash);
      expect({ hash, game, overrides, problems }).toEqual({
        hash,
        game: 'swing',
        overrides: { learningRate: 0.001 },
        problems: [],
      });
    }
  });

  it('is told of in a few sentences, however long it is', () => {
    const hash = Array.from({ length: 500 }, (_, index) => `a${index}=1`).join('&');
    const { problems } = readUrl(`#game=balance&${hash}&${'x'.repeat(5_000)}=1`);
    expect(problems).toHaveLength(4);
    expect(problems.at(-1)).toContain('498 more parts');
    expect(problems.join('').length).toBeLessThan(1_000);
  });

  it('says so where it names a setting twice, or leaves a layer out', () => {
    expect(readUrl('#seed=7&seed=9')).toMatchObject({ overrides: { seed: 7 } });
    expect(readUrl('#seed=7&seed=9').problems).toHaveLength(1);
    expect(readUrl('#hiddenSizes=64,,64').problems).toHaveLength(1);
    expect(readUrl('#locked=on')).toMatchObject({ locked: true, problems: [] });
    expect(readUrl('#locked=please')).toMatchObject({ locked: false });
    expect(readUrl('#locked=please').problems).toHaveLength(1);
  });
});

it('finds the run again that it was written for', () => {
  const hash = writeUrl(balance, balance.defaults, { speed: '1', run: 'ab12' });
  expect(hash).toBe('#game=balance&run=ab12');
  expect(readUrl(hash)).toMatchObject({ run: 'ab12', overrides: {} });
  expect(readUrl('#game=balance').run).toBeNull();
});

it('carries a match beside the game, and no setting', () => {
  const hash = writeReplayUrl('balance', 'aB3_-');
  expect(hash).toBe('#game=balance&replay=aB3_-');
  expect(readUrl(hash)).toMatchObject({ game: 'balance', replay: 'aB3_-', overrides: {}, problems: [] });
  expect(readUrl('#game=balance').replay).toBeNull();
});

describe('a lesson in an address', () => {
  const keys = hyperparameterFields.map(({ key }) => key);
  const anyLesson = fc.record({
    id: fc.option(fc.stringMatching(/^[a-z][a-zA-Z]{0,8}$/).filter((id) => id !== 'none')),
    at: fc.nat({ max: 20 }),
    isOwn: fc.boolean(),
    fixed: fc.uniqueArray(fc.constantFrom(...keys)),
    hidden: fc.uniqueArray(fc.constantFrom(...keys)),
  });

  it('is read as it was written, beside game and settings', () => {
    fc.assert(
      fc.property(anyLesson, fc.nat({ max: 1000 }), (lesson, seed) => {
        const settings = { ...swing.defaults, seed };
        const read = readUrl(writeUrl(swing, settings, { speed: '4', locked: true, lesson }));
        expect(read).toMatchObject({
          lesson,
          game: 'swing',
          hyperparameters: settings,
          speed: '4',
          locked: true,
        });
        expect(read.problems).toEqual([]);
      }),
    );
  });

  it('is none where none is named, and leaves out settings that there are not', () => {
    expect(readUrl('#game=swing').lesson).toBeNull();
    const read = readUrl('#lesson=clip&fixed=seed,magic&at=-3');
    expect(read.lesson).toEqual({ id: 'clip', at: 0, isOwn: false, fixed: ['seed'], hidden: [] });
    expect(read.problems).toEqual(['The link’s setting “magic” was set aside: there is no such setting.']);
  });
});
