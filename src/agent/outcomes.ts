import type { EpisodeRecord, OutcomeHistory } from '../contract';

/** How many of the last episodes against one opponent a win rate is of. */
const outcomesKept = 200;

/** @returns `history` with what `episodes` add to it, the newest of each opponent kept. */
export function addOutcomes(history: OutcomeHistory, episodes: readonly EpisodeRecord[]): OutcomeHistory {
  const next: Record<string, readonly (-1 | 0 | 1)[]> = { ...history };
  for (const { against } of episodes) {
    if (against === undefined) continue;
    const { opponent, outcome } = against;
    next[opponent] = [...(next[opponent] ?? []), outcome].slice(-outcomesKept);
  }
  return next;
}

/** @returns by opponent, the share of episodes won, 0 to 1; those that nobody won count half. */
export function winRates(history: OutcomeHistory): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(history).map(([opponent, outcomes]) => {
      const points = outcomes.reduce<number>((sum, outcome) => sum + (1 + outcome) / 2, 0);
      return [opponent, points / outcomes.length];
    }),
  );
}
