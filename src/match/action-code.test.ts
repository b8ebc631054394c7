import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { counting } from '../game/engine/counting-simulation';
import { ActionCode } from './action-code';
import { duel } from './testing/duel';

describe('the number of an action', () => {
  it('counts the last choice first', () => {
    const code = new ActionCode(duel.actionSpace);
    expect(code.count).toBe(6);
    // Choice 2 of 3 and 1 of 2: 2 · 2 + 1.
    expect(code.encode(Float32Array.of(9, 2, 1), 1)).toBe(5);
  });

  it('leads back to the action, in any space of choices', () => {
    const spaces = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(spaces, fc.nat(), (counts, number) => {
        const code = new ActionCode({ kind: 'multiDiscrete', counts, labels: [] });
        const action = new Float32Array(counts.length + 1);
        code.decode(number % code.count, action, 1);
        expect(code.encode(action, 1)).toBe(number % code.count);
      }),
    );
  });

  it('is that of several choices where all parts are choices, and refused where one is not', () => {
    const stick = { name: 'stick', kind: 'continuous', size: 1, names: ['x'], low: [-1], high: [1] } as const;
    const choice = (count: number) => ({ name: `of ${count}`, kind: 'discrete', count, labels: [] }) as const;
    const code = new ActionCode({ kind: 'product', parts: [choice(3), choice(2)] });
    expect([code.count, code.encode(Float32Array.of(2, 1), 0)]).toEqual([6, 5]);
    expect(() => new ActionCode({ kind: 'product', parts: [choice(2), stick] })).toThrow('continuous');
  });

  it('is refused where it does not fit a byte', () => {
    expect(() => new ActionCode(counting.actionSpace)).toThrow('continuous');
    expect(() => new ActionCode({ kind: 'multiDiscrete', counts: [17, 16], labels: [] })).toThrow('272');
  });
});
