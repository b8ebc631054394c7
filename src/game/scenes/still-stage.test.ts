import { expect, it } from 'vitest';
import type { Stage } from '../../contract';
import { StillStage } from './still-stage';

it('a still is the whole of what a scene is shown, in the same arrays, and each is a jump', () => {
  const looks = { theme: () => 'light' as const, reducedMotion: () => true };
  const stage = new StillStage(2, 4, looks);
  const { states, previousStates, actions } = stage;
  stage.still({ state: [1, 2], actions: [3, 4], episodeTicks: 7 });
  const jumps = stage.cuts();
  stage.still({ state: Float64Array.of(5, 6), actions: Float32Array.of(7, 8), episodeTicks: -1 });
  expect(stage.cuts()).toBe(jumps + 1);
  expect([...states, ...previousStates]).toEqual([5, 6, 5, 6]);
  // Of a seat that nothing is told of nothing is drawn.
  expect([...actions]).toEqual([7, 8, 0, 0]);
  expect(stage.episodeTicks[0]).toBe(-1);
  expect([stage.theme(), stage.reducedMotion(), stage.typeScale(), stage.captions()]).toEqual([
    'light',
    true,
    1,
    true,
  ]);
  const bare: Stage = new StillStage(1, 1, { ...looks, typeScale: () => 1.5, captions: () => false });
  expect([bare.typeScale?.(), bare.captions?.()]).toEqual([1.5, false]);
});
