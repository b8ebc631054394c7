import { describe, expect, it } from 'vitest';
import { sourceLine } from './source-line';

describe('a quoted line', () => {
  it('is of the file that trains', () => {
    expect(sourceLine('residual').text).toMatch(/^const residual = rollout\.rewards.*- value;$/);
    expect(sourceLine('advantage').text).toBe('advantage = residual + discount * gaeLambda * tail;');
    expect(sourceLine('return').text).toBe('returns[cell] = advantage + value;');
  });
});
