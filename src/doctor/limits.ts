// What holds for a run as well as for a game that is played by lot, before any is learned from.

/** What is larger was not scaled. */
export const largestSight = 5;

/** Whether what an observation came to is past where it should stay. */
export const isUnscaled = (largest: number): boolean => largest > largestSight;

/** Whether the amounts that decisions earned tell none of them from another: all as good as the same. */
export function tellsNothing(amounts: readonly number[]): boolean {
  const usual = amounts[0] ?? 0;
  return amounts.every((amount) => Math.abs(amount - usual) < negligible);
}

const negligible = 1e-9;
