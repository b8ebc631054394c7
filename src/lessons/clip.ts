import type { WrittenLesson } from './lesson';

/** The ratio, and why PPO stops pulling where it has gone far enough. */
export const clipLesson = {
  id: 'clip',
  games: ['balance', 'swing'],
  settings: { rolloutLength: 64, arenas: 8, collectors: 'none', seed: 1 },
  speed: '1',
  steps: [
    { kind: 'do', id: 'capture', target: 'inspect', check: { check: 'captured' } },
    { kind: 'look', id: 'ratio', target: 'column-ratio' },
    {
      kind: 'predict',
      id: 'ratioOf',
      target: 'steps',
      place: 'moved',
      formula: 'ratio',
      given: ['oldProbability', 'newProbability'],
      hides: ['ratio', 'clip'],
      answer: {
        kind: 'number',
        right: 'ratio',
        relative: 0.02,
        usual: [
          { is: 'notRatioTurned', id: 'turned' },
          { is: 'notRatioDifference', id: 'difference' },
          { is: 'newProbability', id: 'new' },
        ],
      },
    },
    {
      kind: 'predict',
      id: 'bound',
      target: 'column-clip',
      place: 'moved',
      formula: 'clip',
      given: ['clipRange'],
      answer: {
        kind: 'number',
        right: 'upperBound',
        relative: 0,
        usual: [
          { is: 'clipRange', id: 'range' },
          { is: 'lowerBound', id: 'lower' },
          { is: 'one', id: 'one' },
        ],
      },
    },
    {
      kind: 'predict',
      id: 'pulls',
      target: 'column-clip',
      place: 'moved',
      given: ['normalised', 'ratio', 'clipRange'],
      hides: ['clip'],
      answer: {
        kind: 'choice',
        compare: ['goneAlong', 'clipRange'],
        less: 'pulls',
        same: 'pulls',
        more: 'stops',
        others: [],
      },
    },
    {
      kind: 'do',
      id: 'wider',
      target: 'setting-clipRange',
      check: { check: 'setting', key: 'clipRange', atLeast: 0.5, used: false },
    },
    {
      kind: 'do',
      id: 'again',
      target: 'inspect',
      check: { check: 'setting', key: 'clipRange', atLeast: 0.5, used: true },
    },
    { kind: 'look', id: 'farther', target: 'column-ratio' },
  ],
} as const satisfies WrittenLesson;
