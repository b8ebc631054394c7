/** What came of somebody's matches against somebody else. */
export interface Tally {
  readonly won: number;
  readonly lost: number;
}

/** What came of all of somebody's matches. */
export interface Results {
  /** Won in a row, up to the last. */
  readonly streak: number;
  /** By what the others are rated under. */
  readonly against: Readonly<Record<string, Tally>>;
}

export const noResults: Results = { streak: 0, against: {} };
const noTally: Tally = { won: 0, lost: 0 };

/** What came of the matches against one of them. */
export function tallyOf({ against }: Results, key: string): Tally {
  return Object.hasOwn(against, key) ? (against[key] ?? noTally) : noTally;
}

/** Results after one more match. @param score 1 won, 0.5 drawn, 0 lost. */
export function resultsAfter(results: Results, key: string, score: number): Results {
  const { won, lost } = tallyOf(results, key);
  const tally = { won: won + Number(score === 1), lost: lost + Number(score === 0) };
  return {
    streak: score === 1 ? results.streak + 1 : 0,
    against: { ...results.against, [key]: tally },
  };
}
