import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Playback } from './playback';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it('what plays goes on until there is nothing more, or it is stopped, and goes on from there when asked again', () => {
  let step = 0;
  let ended = 0;
  const goOn = () => {
    if (step === 3) return false;
    step += 1;
    return true;
  };
  const playback = new Playback(100, goOn, () => (ended += 1));
  playback.toggle();
  vi.advanceTimersByTime(200);
  playback.toggle();
  vi.advanceTimersByTime(1_000);
  expect([step, playback.isPlaying, ended]).toEqual([2, false, 0]);
  playback.toggle();
  vi.advanceTimersByTime(1_000);
  expect([step, playback.isPlaying, ended]).toEqual([3, false, 1]);
  expect(vi.getTimerCount()).toBe(0);
});
