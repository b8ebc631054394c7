/** FNV-1a's 32-bit offset basis: what a hash starts from. */
export const emptyHash = 0x811c9dc5;
const fnvPrime = 0x01000193;

/**
 * Carries a 32-bit FNV-1a hash on over the bytes of `data` (Fowler, Noll and Vo). Returns a whole number in
 * [0, 2³²). Bit for bit: −0 and 0 differ.
 */
export function hashBytes(data: ArrayBufferView, hash: number = emptyHash): number {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  let running = hash;
  for (let i = 0; i < bytes.length; i++) running = Math.imul(running ^ bytes[i]!, fnvPrime);
  return running >>> 0;
}

/** The hash as eight hexadecimal digits, for people. */
export function hashText(hash: number): string {
  return hash.toString(16).padStart(8, '0');
}
