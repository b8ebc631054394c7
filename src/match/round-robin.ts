/** A player as a table of ratings knows it. */
export interface Rated {
  readonly id: string;
  readonly rating: number;
  /** That its rating rests on. */
  readonly matches: number;
}

/**
 * Who should meet next so that ratings settle soonest: of the pairs with the fewest matches together, the one whose
 * ratings rest on the fewest matches, and of those the one whose ratings lie closest, since an even match tells most.
 *
 * @param matchesTogether how often two players have met, whatever their order.
 * @returns null for fewer than two players; the first of equals, in the order given.
 */
export function nextPair<Player extends Rated>(
  players: readonly Player[],
  matchesTogether: (a: string, b: string) => number,
): readonly [Player, Player] | null {
  let best: { readonly pair: readonly [Player, Player]; readonly key: readonly number[] } | null = null;
  for (const [index, a] of players.entries()) {
    for (const b of players.slice(index + 1)) {
      const key = [matchesTogether(a.id, b.id), a.matches + b.matches, Math.abs(a.rating - b.rating)];
      if (best === null || isBefore(key, best.key)) best = { pair: [a, b], key };
    }
  }
  return best === null ? null : best.pair;
}

/** The player whose rating lies nearest; the first of equals, null where there is none. */
export function nearestRating<Player extends Pick<Rated, 'rating'>>(
  players: readonly Player[],
  rating: number,
): Player | null {
  let nearest: Player | null = null;
  for (const player of players) {
    if (nearest === null || Math.abs(player.rating - rating) < Math.abs(nearest.rating - rating)) {
      nearest = player;
    }
  }
  return nearest;
}

/** Compares lists of numbers, the first that differ deciding. */
function isBefore(a: readonly number[], b: readonly number[]): boolean {
  const index = a.findIndex((number, i) => number !== b[i]);
  return index >= 0 && a[index]! < b[index]!;
}
