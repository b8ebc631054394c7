import { describe, expect, it } from 'vitest';
import { trainCatch } from './train';

describe('example 1: a game of your own', () => {
  it('teaches an agent to catch nearly every ball', async () => {
    // A paddle that never moves catches one ball in five: a mean return of −0.6.
    expect(await trainCatch(1, 30_000)).toBeGreaterThan(0.8);
  });
});
