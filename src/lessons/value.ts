import type { WrittenLesson } from './lesson';

/** Balance learned slowly, so that poles fall in every rollout. */
export const slowly = {
  learningRate: 3e-4,
  arenas: 8,
  rolloutLength: 64,
  minibatchSize: 64,
  collectors: 'none',
  seed: 1,
} as const;

/** What is to come is worth the less the later it comes; V says it before, R afterwards. */
export const valueLesson = {
  id: 'value',
  games: ['balance'],
  settings: slowly,
  speed: '1',
  steps: [
    { kind: 'look', id: 'reward', target: 'game' },
    { kind: 'do', id: 'capture', target: 'inspect', check: { check: 'captured' } },
    { kind: 'look', id: 'critic', target: 'stems-V' },
    {
      kind: 'predict',
      id: 'endless',
      target: 'gamma',
      place: 'ordinary',
      formula: 'endless',
      given: ['reward', 'discount'],
      answer: {
        kind: 'number',
        right: 'endless',
        relative: 0.02,
        usual: [
          { is: 'notEndlessDiscount', id: 'discount' },
          { is: 'reward', id: 'once' },
        ],
      },
    },
    {
      kind: 'do',
      id: 'nearEnd',
      target: 'steps',
      place: 'nearEnd',
      check: { check: 'lookedAt', place: 'nearEnd' },
    },
    {
      kind: 'predict',
      id: 'came',
      target: 'stems-r',
      place: 'nearEnd',
      formula: 'came',
      given: ['reward', 'firstLater', 'secondLater', 'discount'],
      hides: ['A', 'R'],
      answer: {
        kind: 'number',
        right: 'cameTrue',
        relative: 0.004,
        usual: [
          { is: 'notDiscounted', id: 'undiscounted' },
          { is: 'notLater', id: 'first' },
          { is: 'value', id: 'value' },
        ],
      },
    },
    {
      kind: 'predict',
      id: 'wasRight',
      target: 'stems-V',
      place: 'nearEnd',
      given: ['value', 'cameTrue'],
      answer: {
        kind: 'choice',
        compare: ['value', 'cameTrue'],
        less: 'tooLow',
        same: 'right',
        more: 'tooHigh',
        others: [],
      },
    },
  ],
} as const satisfies WrittenLesson;
