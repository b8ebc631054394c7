import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checksum, murmur3 } from './checksum';

describe('a checksum', () => {
  it('is MurmurHash3’s of known texts', () => {
    const of = (text: string, seed: number) => murmur3(new TextEncoder().encode(text), seed);
    expect(of('', 0)).toBe(0);
    expect(of('', 1)).toBe(0x514e28b7);
    expect(of('test', 0)).toBe(0xba6bd213);
    expect(of('Hello, world!', 0)).toBe(0xc0363e43);
    expect(of('The quick brown fox jumps over the lazy dog', 0x9747b28c)).toBe(0x2fa826cd);
  });

  it('tells contents apart that differ in any bit, or in where their parts end', () => {
    fc.assert(
      fc.property(
        fc.float32Array({ minLength: 1, maxLength: 40 }),
        fc.nat(),
        fc.nat({ max: 31 }),
        (numbers, place, bit) => {
          const changed = new Int32Array(numbers.slice().buffer);
          const at = place % changed.length;
          changed[at] = changed[at]! ^ (1 << bit);
          expect(checksum([new Float32Array(changed.buffer)])).not.toBe(checksum([numbers]));
        },
      ),
    );
    expect(checksum(['ab', 'c'])).not.toBe(checksum(['a', 'bc']));
    expect(checksum(['a'])).toMatch(/^[0-9a-f]{16}$/);
  });
});
