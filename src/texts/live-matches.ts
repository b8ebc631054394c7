const won = 'You won.';
const lost = 'You lost.';
const moved = (points: number) =>
  points >= 0 ? `Your rating rose by ${points}.` : `Your rating fell by ${-points}.`;

/** Matches of a person in somebody’s own game for two. */
export const liveMatchTexts = {
  tab: 'Play',
  heading: 'Play a match',
  rules: (rounds: number) =>
    `You play your side by the game’s own controls. Whoever first wins ${rounds} rounds wins the match; the agent learns on meanwhile.`,
  side: 'Your side',
  sides: ['On the left', 'On the right'],
  against: 'Against',
  begin: 'Play',
  again: 'Play again',
  leave: 'Leave the match',
  leaveMeaning: 'Whoever leaves a match that they are losing has lost it.',
  unrated: 'not rated',
  scripted: (name: string) => `${name[0]?.toUpperCase() ?? ''}${name.slice(1)}, by rules`,
  shipped: (generation: number) => `Generation ${generation}, shipped`,
  score: 'You : rival',
  won,
  lost,
  moved,
  over: (winner: 0 | 1, points: number | null) =>
    `The match is over. ${winner === 0 ? won : lost}${points === null ? '' : ` ${moved(points)}`}`,
  yours: 'Your rating',
  after: (matches: number) => (matches === 1 ? 'after 1 match' : `after ${matches} matches`),
  toBegin: 'before your first match',
  record: (won: number, lost: number) => `${won} won, ${lost} lost`,
} as const;
