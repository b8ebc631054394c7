import { describe, expect, it } from 'vitest';
import { Spring, widthOf } from './scene-spring';

function run(spring: Spring, totalMs: number, frameMs: number): number[] {
  return Array.from({ length: Math.round(totalMs / frameMs) }, () => spring.update(frameMs));
}

describe('Spring', () => {
  it('stays at rest until it is struck', () => {
    expect(run(new Spring(), 500, 16)).toEqual(Array.from({ length: 31 }, () => 0));
  });

  it('is pressed flat by a blow from above, then swings out, and comes to rest within a second', () => {
    const spring = new Spring();
    spring.kick(-0.8);
    const offsets = run(spring, 1000, 16);
    expect(Math.min(...offsets)).toBeLessThan(-0.15);
    expect(Math.max(...offsets)).toBeGreaterThan(0.03);
    expect(Math.abs(offsets.at(-1) ?? 1)).toBeLessThan(0.005);
  });

  it('swings alike at 30 and at 120 frames a second', () => {
    const slow = new Spring();
    const fast = new Spring();
    slow.kick(0.6);
    fast.kick(0.6);
    const few = run(slow, 400, 40);
    const many = run(fast, 400, 8).filter((_, i) => i % 5 === 4);
    few.forEach((offset, i) => {
      expect(offset).toBeCloseTo(many[i] ?? Number.NaN, 9);
    });
  });

  it('never tears its body apart, however hard it is struck', () => {
    const spring = new Spring();
    for (let i = 0; i < 5; i++) spring.kick(-1);
    for (const offset of run(spring, 1500, 33)) expect(Math.abs(offset)).toBeLessThanOrEqual(0.4);
  });
});

describe('widthOf', () => {
  it('makes what is pressed to a quarter of its height twice as wide', () => {
    // 1 / √(1 − 0.75) = 2.
    expect(widthOf(-0.75)).toBe(2);
    expect(widthOf(0)).toBe(1);
  });
});
