import type { WrittenLesson } from './lesson';

/** λ: how far later surprises reach back. */
export const lambdaLesson = {
  id: 'lambda',
  games: ['balance', 'swing'],
  settings: { learningRate: 3e-4, rolloutLength: 64, collectors: 'none', seed: 1 },
  speed: '1',
  steps: [
    { kind: 'do', id: 'capture', target: 'inspect', check: { check: 'captured' } },
    {
      kind: 'do',
      id: 'zero',
      target: 'lambda',
      check: { check: 'supposed', what: 'gaeLambda', from: 0, to: 0 },
    },
    {
      kind: 'predict',
      id: 'oneStep',
      target: 'stems-δ',
      place: 'within',
      formula: 'advantage',
      given: ['residual', 'lambda'],
      hides: ['A', 'R'],
      answer: {
        kind: 'number',
        right: 'advantage',
        relative: 0.02,
        usual: [
          { is: 'usedAdvantage', id: 'used' },
          { is: 'zero', id: 'zero' },
        ],
      },
    },
    {
      kind: 'predict',
      id: 'spread',
      target: 'lambda',
      place: 'chosen',
      answer: {
        kind: 'choice',
        compare: ['spreadAtOne', 'spreadAtZero'],
        less: 'less',
        same: 'same',
        more: 'more',
        others: [],
      },
    },
    {
      kind: 'do',
      id: 'one',
      target: 'lambda',
      check: { check: 'supposed', what: 'gaeLambda', from: 1, to: 1 },
    },
    { kind: 'look', id: 'meter', target: 'meter' },
    { kind: 'do', id: 'back', target: 'asUsed', check: { check: 'asUsed' } },
    {
      kind: 'predict',
      id: 'weight',
      target: 'stems-δ',
      place: 'within',
      formula: 'weight',
      given: ['discount', 'lambda'],
      hides: [],
      answer: {
        kind: 'number',
        right: 'weightTwoLater',
        relative: 0.01,
        usual: [
          { is: 'notWeightOnce', id: 'once' },
          { is: 'notWeightLambda', id: 'lambda' },
          { is: 'notWeightDiscount', id: 'discount' },
          { is: 'notWeightDoubled', id: 'doubled' },
        ],
      },
    },
    { kind: 'look', id: 'same', target: 'forms' },
  ],
} as const satisfies WrittenLesson;
