import type { WrittenLesson } from './lesson';

/** A time limit cuts what would have gone on. */
export const timeLimitLesson = {
  id: 'timeLimit',
  games: ['swing'],
  settings: { arenas: 8, rolloutLength: 256, collectors: 'none', seed: 1 },
  speed: '16',
  steps: [
    { kind: 'look', id: 'limit', target: 'game' },
    { kind: 'do', id: 'capture', target: 'inspect', check: { check: 'captured' } },
    { kind: 'do', id: 'visit', target: 'steps', place: 'cut', check: { check: 'lookedAt', place: 'cut' } },
    {
      kind: 'predict',
      id: 'target',
      target: 'column-end',
      place: 'cut',
      formula: 'cut',
      given: ['reward', 'discount', 'finalValue'],
      hides: ['V′', 'δ', 'A', 'R'],
      answer: {
        kind: 'number',
        right: 'cutTarget',
        relative: 0.01,
        usual: [
          { is: 'deadTarget', id: 'dead' },
          { is: 'resetTarget', id: 'reset' },
          { is: 'notCutDiscounted', id: 'undiscounted' },
          { is: 'finalValue', id: 'unrewarded' },
        ],
      },
    },
    {
      kind: 'predict',
      id: 'asDeath',
      target: 'timeLimitAsDeath',
      place: 'cut',
      given: ['cutTarget', 'deadTarget'],
      answer: {
        kind: 'choice',
        compare: ['deadTarget', 'cutTarget'],
        less: 'worse',
        same: 'same',
        more: 'better',
        others: [],
      },
    },
    {
      kind: 'do',
      id: 'death',
      target: 'timeLimitAsDeath',
      check: { check: 'mistake', mistake: 'timeLimitAsDeath', on: true },
    },
    { kind: 'look', id: 'spreads', target: 'steps', place: 'cut', given: ['changedRows'] },
    {
      kind: 'do',
      id: 'reset',
      target: 'resetForFinal',
      check: { check: 'mistake', mistake: 'resetForFinal', on: true },
    },
    { kind: 'do', id: 'back', target: 'asUsed', check: { check: 'asUsed' } },
  ],
} as const satisfies WrittenLesson;
