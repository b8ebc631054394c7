import { expect, it } from 'vitest';
import { playSlice } from './play-slice';

/** Ticks of half a millisecond each. */
function playing(last: number) {
  let ticks = 0;
  const playable = {
    tick() {
      ticks += 1;
    },
    isOver: () => ticks >= last,
  };
  return { playable, ticks: () => ticks, nowMs: () => ticks / 2 };
}

it('plays until the time is over, but for the ticks before the next look at the clock', () => {
  const { playable, ticks, nowMs } = playing(10_000);
  expect(playSlice(playable, 40, nowMs)).toBe(48);
  expect(ticks()).toBe(96);
});

it('plays no tick after the end, and some however little time there is', () => {
  const { playable, ticks, nowMs } = playing(40);
  playSlice(playable, 0, nowMs);
  expect(ticks()).toBe(32);
  playSlice(playable, 1_000, nowMs);
  playSlice(playable, 1_000, nowMs);
  expect(ticks()).toBe(40);
});
