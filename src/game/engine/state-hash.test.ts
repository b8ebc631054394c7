import { describe, expect, it } from 'vitest';
import { emptyHash, hashBytes, hashText } from './state-hash';

const bytesOf = (text: string) => new TextEncoder().encode(text);

describe('hashBytes', () => {
  it('is FNV-1a as published', () => {
    // Test vectors of the FNV reference: '' , 'a', 'foobar'.
    expect(hashText(hashBytes(bytesOf('')))).toBe('811c9dc5');
    expect(hashText(hashBytes(bytesOf('a')))).toBe('e40c292c');
    expect(hashText(hashBytes(bytesOf('foobar')))).toBe('bf9cf968');
  });

  it('carries on where it was left', () => {
    expect(hashBytes(bytesOf('bar'), hashBytes(bytesOf('foo'), emptyHash))).toBe(
      hashBytes(bytesOf('foobar')),
    );
  });

  it('sees only the view, and every bit of it', () => {
    const whole = Float64Array.of(1, 2, 3);
    expect(hashBytes(whole.subarray(1, 2))).toBe(hashBytes(Float64Array.of(2)));
    expect(hashBytes(Float64Array.of(0))).not.toBe(hashBytes(Float64Array.of(-0)));
    expect(hashBytes(Float64Array.of(1))).not.toBe(hashBytes(Float64Array.of(1 + Number.EPSILON)));
  });
});
