import type { MatchKind } from '../contract';

/** What the Play panel says. */
export const playTexts = {
  heading: 'Play',
  whoPlays: 'Who plays',
  swap: 'Swap sides',
  notRated: 'not rated yet',
  rated: 'rated',
  begin: 'Play',
  beginWatched: 'Watch',
  matchMe: 'Match me',
  matchMeMeaning: 'A match against whoever is nearest your rating',
  opponent: 'Opponent',
  whoPlaysOn: (side: string) => `Who plays on the ${side}`,
  asAtUpdate: 'As it was at update',
  playAsAtUpdate: 'Play it as it was at update',
  exportAgent: (name: string) => `Export ${name}`,
  importAgent: 'Import agent',
  files:
    'Agents and runs are .safetensors files, or .onnx files of other engines; they can also be dropped here.',
};

export const matchKindLabels: Readonly<Record<MatchKind, string>> = {
  person: 'You play',
  people: 'Two people',
  agents: 'Watch',
};

/** Of the switch with which a match is experience for the agent. */
export const learnsTexts = {
  label: 'it learns while I play',
  subject: 'learning while you play',
  explained:
    'Against the agent in training only. On, your match is experience: the run goes on at 1×, updates learn from you, and the page shows when a newer policy takes over. Off, it plays as it stands now.',
  trainingOnly: 'agent in training only',
};

/** Of the seed of a match that is watched. */
export const matchSeedTexts = {
  label: 'Seed',
  subject: 'the seed of a match',
  explained:
    'The same seed serves the same balls, so that different generations can be compared on them. Empty, every match has another.',
  none: 'another each time',
  present: (seed: number) => `the present one, ${seed}`,
};

/** Of ratings, and the matches that agents play for them. */
export const ratingTexts = {
  yours: 'Your rating',
  subject: 'ratings',
  explained:
    'Elo: 400 points more mean odds of ten to one. A win moves a rating by up to K points, the more the less it was expected; K is 32 for the first 30 matches and 16 after. Your first five matches place you: from the foot of the ladder wins carry you up fast. A match that you leave while losing is lost. Those that ship keep the rating that they were measured with. “Match me” picks whoever is nearest, but not whom you met last.',
  toBegin: 'to begin with: your first matches place you',
  after: (matches: number, shown: string) => `after ${shown} ${matches === 1 ? 'match' : 'matches'}`,
  placing: (left: number) => `${left} ${left === 1 ? 'match' : 'matches'} left to place you`,
  about: (rating: string, placing: string) => `about ${rating}, ${placing}`,
  heading: 'Ratings',
  inBackground: 'agents play rating matches in the background',
  noneNow: 'None is being played at the moment.',
  now: (match: string) => `Now: ${match}`,
  off: 'Off: ratings change only by what is played on the court.',
  unsaved: 'The browser would not save ratings, so they hold only while this page is open.',
};

/** Of the agent as it was at earlier updates. */
export const generationTexts = {
  none: 'None yet: the first is kept with the first updates.',
  subject: 'generations',
  explained:
    'Earlier policies of this run that were kept on the way. The best is the one with the highest rating, from the matches that agents play in the background.',
  update: (version: number, isBest: boolean) => `update ${version}${isBest ? ', the best' : ''}`,
  best: (version: string, rating: string) => `◆ best: update ${version}, rated ${rating}`,
};
