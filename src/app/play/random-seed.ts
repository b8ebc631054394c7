/** A seed that nobody chose: half the range of 32 bits, so that a little may be added to it. */
export function randomSeed(): number {
  return (crypto.getRandomValues(new Uint32Array(1))[0] ?? 1) >>> 1;
}
