import type { WrittenLesson } from './lesson';
import { slowly } from './value';

/** δ: better or worse than expected, by one step. */
export const surpriseLesson = {
  id: 'surprise',
  games: ['balance', 'swing'],
  settings: slowly,
  speed: '1',
  steps: [
    { kind: 'do', id: 'capture', target: 'inspect', check: { check: 'captured' } },
    { kind: 'do', id: 'visit', target: 'surprises', check: { check: 'lookedAt', place: 'surprise' } },
    { kind: 'look', id: 'formula', target: 'formula-δ', place: 'chosen', formula: 'residual' },
    {
      kind: 'predict',
      id: 'residual',
      target: 'stems-r',
      place: 'within',
      formula: 'residual',
      given: ['reward', 'discount', 'nextValue', 'value'],
      hides: ['δ', 'A', 'R'],
      answer: {
        kind: 'number',
        right: 'residual',
        relative: 0.02,
        usual: [
          { is: 'notResidualTurned', id: 'turned' },
          { is: 'notResidualDiscounted', id: 'undiscounted' },
          { is: 'notResidualRewarded', id: 'unrewarded' },
          { is: 'notResidualExpected', id: 'unexpected' },
        ],
      },
    },
    {
      kind: 'predict',
      id: 'sign',
      target: 'stems-δ',
      place: 'surprise',
      given: ['residual'],
      answer: {
        kind: 'choice',
        compare: ['residual', 'zero'],
        less: 'worse',
        same: 'asExpected',
        more: 'better',
        others: [],
      },
    },
    {
      kind: 'predict',
      id: 'atEnd',
      target: 'column-end',
      place: 'end',
      formula: 'residualAtEnd',
      given: ['reward', 'value'],
      hides: ['V′', 'δ', 'A', 'R'],
      answer: {
        kind: 'number',
        right: 'residual',
        relative: 0.02,
        usual: [
          { is: 'notResidualBelow', id: 'below' },
          { is: 'notResidualTurned', id: 'turned' },
          { is: 'reward', id: 'unexpected' },
        ],
      },
    },
  ],
} as const satisfies WrittenLesson;
