import { describe, expect, it } from 'vitest';
import { PlaytrainError } from '../../contract';
import { FixedClock } from './clock';

describe('FixedClock', () => {
  it('turns uneven frames into exactly the ticks that have passed', () => {
    const clock = new FixedClock({ tickMs: 20, maximumCatchUpTicks: 10 });
    // 16 + 16 + 33 + 15 = 80 ms = 4 ticks of 20 ms: none at 16, one at 32, two more at 65, one more at 80.
    expect([16, 16, 33, 15].map((ms) => clock.advance(ms))).toEqual([0, 1, 2, 1]);
    expect(clock.blend()).toBe(0);
  });

  it('counts the same ticks whatever the frame rate', () => {
    for (const frameMs of [1, 4, 16, 125]) {
      const clock = new FixedClock({ tickMs: 20, maximumCatchUpTicks: 100 });
      let ticks = 0;
      for (let passed = 0; passed < 10_000; passed += frameMs) ticks += clock.advance(frameMs);
      expect(ticks).toBe(500);
    }
  });

  it('multiplies by the speed', () => {
    const clock = new FixedClock({ tickMs: 20, maximumCatchUpTicks: 100 });
    expect(clock.advance(15, 4)).toBe(3);
    expect(clock.advance(15, 0)).toBe(0);
  });

  it('drops what lies beyond the cap instead of owing it', () => {
    const clock = new FixedClock({ tickMs: 20, maximumCatchUpTicks: 5 });
    expect(clock.advance(10_010)).toBe(5);
    expect(clock.blend()).toBe(0.5);
    expect(clock.advance(5)).toBe(0);
  });

  it('blends from 0 to 1 over a tick', () => {
    const clock = new FixedClock({ tickMs: 50, maximumCatchUpTicks: 5 });
    clock.advance(20);
    expect(clock.blend()).toBe(0.4);
    clock.reset();
    expect(clock.blend()).toBe(0);
  });

  it('stands still when time runs backwards', () => {
    const clock = new FixedClock({ tickMs: 20, maximumCatchUpTicks: 5 });
    clock.advance(10);
    expect(clock.advance(-100)).toBe(0);
    expect(clock.blend()).toBe(0.5);
  });

  it('refuses lengths it cannot count with', () => {
    expect(() => new FixedClock({ tickMs: 0, maximumCatchUpTicks: 5 })).toThrow(PlaytrainError);
    expect(() => new FixedClock({ tickMs: 20, maximumCatchUpTicks: 0.5 })).toThrow(PlaytrainError);
  });
});
