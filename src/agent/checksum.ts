/**
 * A number that tells whether bytes are what they were: MurmurHash3, x86, 32 bits (Appleby 2011). Not for secrets.
 *
 * @param seed another seed gives an unrelated number of the same bytes.
 * @returns a whole number, 0 to 2³² − 1.
 */
export function murmur3(bytes: Uint8Array, seed: number): number {
  const words = bytes.length >> 2;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let state = seed | 0;
  for (let word = 0; word < words; word++) {
    state ^= scrambled(view.getInt32(4 * word, true));
    state = Math.imul((state << 13) | (state >>> 19), 5) + 0xe6546b64;
  }
  let rest = 0;
  for (let i = bytes.length - 1; i >= 4 * words; i--) rest = (rest << 8) | bytes[i]!;
  if (bytes.length > 4 * words) state ^= scrambled(rest);
  state ^= bytes.length;
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return (state ^ (state >>> 16)) >>> 0;
}

function scrambled(word: number): number {
  const mixed = Math.imul(word, 0xcc9e2d51);
  return Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593);
}

/** A text or an array of numbers. */
export type Content = string | Float32Array | Float64Array | Int32Array;

/**
 * What tells one content from another.
 *
 * @param parts their order and their borders count.
 * @returns 64 bits, as sixteen hexadecimal digits.
 */
export function checksum(parts: readonly Content[]): string {
  let low = 0;
  let high = 0x9747b28c;
  for (const part of parts) {
    const bytes =
      typeof part === 'string'
        ? new TextEncoder().encode(part)
        : new Uint8Array(part.buffer, part.byteOffset, part.byteLength);
    low = murmur3(bytes, low);
    high = murmur3(bytes, high);
  }
  return [high, low].map((half) => half.toString(16).padStart(8, '0')).join('');
}
