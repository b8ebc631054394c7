/** The seed of the next match of a setup: the one that was chosen, else another each time. */
export function seedFor({ seed }: { readonly seed: number | null }): number {
  return seed ?? randomSeed();
}

/** A seed that nobody chose: half the range of 32 bits, so that a little may be added to it. */
export function randomSeed(): number {
  return (crypto.getRandomValues(new Uint32Array(1))[0] ?? 1) >>> 1;
}
