import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aloneBecause, shardsToUse, shardsWorthTrying } from './shard-choice';

const long = { collectors: 0, onWebAssembly: true, operations: 5e7 };

describe('threads that are worth trying', () => {
  it('are one for each core that neither the page nor a collector has, and the learner’s; four at most', () => {
    const tried = (cores: number, collectors: number) => shardsWorthTrying({ ...long, cores, collectors });
    expect([1, 2, 3, 4, 8].map((cores) => tried(cores, 0))).toEqual([1, 2, 3, 4, 4]);
    expect([0, 1, 2, 4].map((collectors) => tried(4, collectors))).toEqual([4, 3, 2, 1]);
    expect(shardsWorthTrying({ ...long, cores: undefined })).toBe(1);
  });

  it('are the learner’s alone on other backends and for short minibatches, whatever cores there are', () => {
    expect(shardsWorthTrying({ ...long, cores: 8, onWebAssembly: false })).toBe(1);
    expect(shardsWorthTrying({ ...long, cores: 8, operations: 3e6 })).toBe(1);
  });
});

it('threads are used where they take a tenth off at least, as many as were tried', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 4 }),
      fc.double({ min: 0.01, max: 1e4, noNaN: true }),
      fc.double({ min: 0.3, max: 4, noNaN: true }),
      (tried, sharedMs, gain) => {
        fc.pre(Math.abs(gain - 1.1) > 1e-6);
        expect(shardsToUse(tried, { aloneMs: gain * sharedMs, sharedMs })).toBe(gain > 1.1 ? tried : 1);
      },
    ),
  );
});

it('that a page is not isolated is told only where there would be cores for more threads', () => {
  expect(aloneBecause(2, false)).toBe('notIsolated');
  expect(aloneBecause(1, false)).toBeNull();
  expect(aloneBecause(2, true)).toBeNull();
});
