/** A match of rounds, which whoever first wins so many of them wins. */
export interface FirstTo {
  readonly roundsToWin: number;
  /** Rounds won, left and right. */
  readonly score: readonly [number, number];
}

export function firstTo(roundsToWin: number): FirstTo {
  return { roundsToWin, score: [0, 0] };
}

/** The match after one more round; a drawn one counts for nobody. @param ahead by how much the first one was. */
export function afterRound(match: FirstTo, ahead: number): FirstTo {
  const [left, right] = match.score;
  if (ahead === 0 || winnerOf(match) !== null) return match;
  return { ...match, score: ahead > 0 ? [left + 1, right] : [left, right + 1] };
}

/** Which side has won; null while none has. */
export function winnerOf({ roundsToWin, score }: FirstTo): 0 | 1 | null {
  if (score[0] >= roundsToWin) return 0;
  return score[1] >= roundsToWin ? 1 : null;
}
