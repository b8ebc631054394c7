/** What the agent does, in a word or two, and in a sentence. */
export const phaseTexts = {
  starting: { label: 'starting…', sentence: 'The workers are starting.' },
  warming: {
    label: 'warming up…',
    sentence: 'The backend is being prepared: the first update compiles what later ones reuse.',
  },
  collecting: {
    label: 'learning',
    sentence: 'The agent plays and fills a rollout, from which the next update learns.',
  },
  /** As `collecting`, with learning switched off. */
  playing: { label: 'playing', sentence: 'The agent plays; learning is off.' },
  updating: {
    label: 'updating',
    sentence: 'An update runs while the game goes on and the next rollout fills.',
  },
  eased: {
    label: 'catching up',
    sentence: 'Both rollouts are full: the game goes at 1× until the learner has caught up.',
  },
  paused: { label: 'paused', sentence: 'The game is paused.' },
  failed: { label: 'stopped', sentence: 'The agent stopped; the notice says why.' },
} as const;

/** Who plays the arena in focus. */
export const playerTexts = {
  newest: 'newest policy',
  best: 'best policy',
  bestOf: (version: number) => `best, update ${version}`,
  frozen: 'frozen policy',
  person: 'you',
};

/** For those who do not see the page. */
export const spokenTexts = {
  noEpisode: 'No episode has ended yet',
  meanReturn: (value: string) => `Mean return ${value}`,
  summary: (
    parts: Readonly<Record<'game' | 'phase' | 'result' | 'decisions' | 'where' | 'player', string>>,
  ) =>
    `${parts.game}, ${parts.phase}. ${parts.result} after ${parts.decisions} decisions. ${parts.where} is played by ${parts.player}.`,
  arena: (number: number) => `Arena ${number}, which is in focus,`,
  arenaInNews: (number: number) => `Arena ${number}`,
  liveGame: 'The game',
  news: (run: string, phase: string, where: string, player: string) =>
    `${run}: ${phase}. ${where} is played by ${player}.`,
  theNewest: 'the newest policy',
};
