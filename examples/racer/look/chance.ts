/** Chance for what is only seen: the same picture each time, and none of the game's own chance is used up. */
export function chanceFrom(seed: number): () => number {
  let state = seed;
  return () => {
    // A linear congruential generator (Numerical Recipes).
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
