import { describe, expect, it } from 'vitest';
import { wilsonInterval } from './wilson';

describe('a Wilson interval', () => {
  it('is as Newcombe’s table has it', () => {
    // 81 of 263: 0.2553 to 0.3662; 0 of 20: 0 to 0.1611 (Newcombe 1998, Table I, method 3).
    expect(wilsonInterval(81, 263).low).toBeCloseTo(0.2553, 4);
    expect(wilsonInterval(81, 263).high).toBeCloseTo(0.3662, 4);
    expect(wilsonInterval(0, 20).low).toBeCloseTo(0, 12);
    expect(wilsonInterval(0, 20).high).toBeCloseTo(0.1611, 4);
  });

  it('is mirrored for what was lost', () => {
    const won = wilsonInterval(150, 200);
    const lost = wilsonInterval(50, 200);
    expect(won.low).toBeCloseTo(1 - lost.high, 12);
    expect(won.high).toBeCloseTo(1 - lost.low, 12);
  });
});
