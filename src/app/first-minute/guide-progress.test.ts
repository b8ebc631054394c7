import { expect, it } from 'vitest';
import type { PageState } from '../../ui/shell/page-state';
import { courtState, pageState, playState } from '../../ui/testing/test-state';
import { type GuideProgress, guideView, noProgress, progressAfter, withoutNext } from './guide-progress';

/** Goes from state to state, each with `changes` laid over the one before. */
function walk(...changes: readonly Partial<PageState>[]): GuideProgress {
  let progress = noProgress;
  let from = pageState();
  for (const change of changes) {
    const to = { ...from, ...change };
    progress = progressAfter(progress, from, to);
    from = to;
  }
  return progress;
}
const shown = (progress: GuideProgress) => guideView(progress, false).step;

const { hyperparameters } = pageState();
const faster = { ...hyperparameters, learningRate: 0.01 };
const back = { learningRate: hyperparameters.learningRate };
const look = { focusedArena: 3 };
// The settings come first, and then what undoes them.
const change = [{ hyperparameters: faster }, { undo: back, redo: {} }];
const undo = [{ hyperparameters: { ...hyperparameters } }, { undo: {}, redo: { learningRate: 0.01 } }];
const takeOver = { focusPlayer: 'person' } as const;

it('goes on when a step was done, and not before', () => {
  expect(shown(walk())).toBe('watch');
  expect(shown(walk({ speed: '4' }))).toBe('watch');
  expect(shown(walk(look))).toBe('change');
  expect(shown(walk(look, { hyperparameters: faster }))).toBe('change');
  expect(shown(walk(look, ...change))).toBe('back');
  expect(shown(walk(look, ...change, { learning: false }))).toBe('back');
  expect(shown(walk(look, ...change, ...undo))).toBe('play');
  expect(shown(walk(look, ...change, ...undo, takeOver))).toBe('done');
});

it('takes what was done before its turn, and settings put back by hand', () => {
  expect(shown(walk(takeOver, look))).toBe('change');
  const byHand = [{ hyperparameters: { ...hyperparameters } }, { undo: { learningRate: 0.01 }, redo: {} }];
  expect(shown(walk(look, ...change, ...byHand))).toBe('play');
  const play = playState({ court: courtState() });
  expect(shown(walk(look, ...change, ...undo, { play }))).toBe('done');
});

it('is not moved by another run, whose settings nobody changed', () => {
  expect(shown(walk({ front: 'another', focusedArena: 2, undo: back }))).toBe('watch');
});

it('can be skipped a step at a time; with a change goes what takes it back', () => {
  let progress = noProgress;
  const steps = [];
  for (let skip = 0; skip < 3; skip++) {
    progress = withoutNext(progress, false);
    steps.push(shown(progress));
  }
  expect(steps).toEqual(['change', 'play', 'done']);
  expect(withoutNext(progress, false)).toBe(progress);
});

it('asks nobody to change settings that are locked', () => {
  expect(guideView(noProgress, true)).toEqual({ step: 'watch', number: 1, of: 2 });
  expect(guideView(walk(look), true)).toEqual({ step: 'play', number: 2, of: 2 });
});
