/** One candidate's scores so far, a seed each; lower is better. */
export interface Scored<Candidate> {
  readonly candidate: Candidate;
  readonly scores: readonly number[];
}

export interface Rung {
  /** How many candidates enter: the best of the rung before. */
  readonly candidates: number;
  /** Seeds that each has been scored on by the rung's end, those of earlier rungs included. */
  readonly seeds: number;
}

/**
 * Successive halving (Jamieson and Talwalkar 2016, algorithm 1), with seeds as the resource: many candidates are tried
 * a little, and those that do best are tried more.
 *
 * @param score of a candidate on a seed, counted from 0; lower is better.
 * @returns those of the last rung, the best mean first.
 */
export async function successiveHalving<Candidate>(
  candidates: readonly Candidate[],
  rungs: readonly Rung[],
  score: (candidate: Candidate, seed: number) => Promise<number>,
): Promise<Scored<Candidate>[]> {
  let field: Scored<Candidate>[] = candidates.map((candidate) => ({ candidate, scores: [] }));
  for (const rung of rungs) {
    const entered = field.slice(0, rung.candidates);
    field = [];
    for (const { candidate, scores } of entered) {
      const more = [...scores];
      while (more.length < rung.seeds) more.push(await score(candidate, more.length));
      field.push({ candidate, scores: more });
    }
    field.sort((left, right) => meanScore(left) - meanScore(right));
  }
  return field;
}

export function meanScore({ scores }: Scored<unknown>): number {
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}
