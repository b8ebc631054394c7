import type { MatchView } from '../contract';

/** What is said of a match or a replay that is on the court. */
export const courtTexts = {
  paused: 'paused',
  replay: 'replay',
  replayOver: 'replay over',
  phases: {
    countdown: 'get ready',
    rally: 'in play',
    point: 'point',
    over: 'over',
  } satisfies Readonly<Record<MatchView['phase'], string>>,
  deuce: 'Deuce: a lead of two wins',
  nextDecides: 'The next point decides',
  matchPointToYou: 'Match point to you',
  matchPointTo: (name: string) => `Match point to ${name}`,
  draw: 'A draw',
  youWon: 'You won',
  won: (name: string) => `${name} won`,
  wonThisOne: (name: string) => `${name} won this one`,
  kinds: { replay: 'Replay of a match', agents: 'Match of two agents', match: 'Match' },
  summary: (what: string, phase: string, score: string, pointsToWin: number) =>
    `${what}, ${phase}. ${score}. First to ${pointsToWin}, with a lead of two.`,
  practice: (begun: string, score: string) => `${begun} ${score}.`,
  sides: ([left, right]: readonly [string, string]) => `${left} on the left, ${right} on the right.`,
  aim: (pointsToWin: number) => `First to ${pointsToWin}, with a lead of two.`,
  ended: (outcome: string, score: string) => `${outcome}, ${score}.`,
  newRating: (rating: string) => `Your rating: ${rating}.`,
  isPaused: 'Paused.',
  goesOn: 'The match goes on.',
  tookOver: (version: number) => `The policy of update ${version} took over.`,
  you: 'you',
  /** @param stakes what is at stake in the next rally; null where it is a point like any other. */
  point: (winner: string, score: string, stakes: string | null) =>
    `Point to ${winner}. ${score}.${stakes === null ? '' : ` ${stakes}.`}`,
  learning: 'learns from this',
  notLearning: 'does not learn from this',
  learningSubject: 'learning from the match',
  learningExplained:
    'What happens in this match is experience for the agent: its updates learn from it, and a newer policy takes over in mid-match.',
};
