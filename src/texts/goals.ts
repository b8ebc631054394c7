const ordinals = ['Second', 'Third', 'Fourth', 'Fifth', 'Sixth', 'Seventh', 'Eighth', 'Ninth', 'Tenth'];

/** What a person reaches by winning. */
export const goalTexts = {
  /** Such as “Third win in a row”; null where there is no row. */
  streak(wins: number): string | null {
    if (wins < 2) return null;
    const ordinal = ordinals[wins - 2];
    return ordinal === undefined ? `${wins} wins in a row` : `${ordinal} win in a row`;
  },
  /** Such as “3 wins in a row”; null where there is no row. */
  inARow: (wins: number) => (wins < 2 ? null : `${wins} wins in a row`),
  beaten: (name: string, next: string | null) =>
    next === null
      ? `${name} beaten for the first time. Nobody is left above.`
      : `${name} beaten for the first time. Next: ${next}.`,
  /** Of one's matches against somebody. */
  tally: (won: number, lost: number) => `you won ${won}, lost ${lost}`,
  climbed: (beaten: number, rungs: number) => `${beaten} of ${rungs} beaten`,
  isBeaten: 'beaten',
};
