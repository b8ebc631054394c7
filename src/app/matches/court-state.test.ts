import { expect, it } from 'vitest';
import { courtState } from '../../ui/testing/test-state';
import { toldState } from './court-state';

const replay = (tick: number) => ({ tick, length: 3_600, points: [] as const });
const points = replay(0).points;
const court = courtState({ kind: 'replay' });
const at = (tick: number, paused: boolean) => ({ ...court, paused, replay: { ...replay(tick), points } });

it('a replay that goes on is told of four times a second, and one that is paused to the tick', () => {
  const first = toldState(at(600, false), null);
  expect(first.replay?.tick).toBe(600);
  for (let tick = 601; tick < 615; tick++) expect(toldState(at(tick, false), first)).toBe(first);
  expect(toldState(at(615, false), first).replay?.tick).toBe(615);
  expect(toldState(at(607, true), first).replay?.tick).toBe(607);
});

it('a countdown is told of by its begun seconds, and a new point at once', () => {
  const counting = (countdownSeconds: number) => ({
    ...court,
    view: { ...court.view, phase: 'countdown', countdownSeconds } as const,
  });
  const first = toldState(counting(3), null);
  expect(toldState(counting(2.1), first)).toBe(first);
  expect(toldState(counting(2), first).view.countdownSeconds).toBe(2);
  const point = { tick: 90, winner: 0, score: [1, 0] } as const;
  const told = toldState(at(600, false), null);
  const more = { ...court, replay: { ...replay(600), points: [point] } };
  expect(toldState(more, told).replay?.points).toEqual([point]);
});
