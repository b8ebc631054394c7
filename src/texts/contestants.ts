/** What is said of those whom one may meet. */
export const contestantTexts = {
  inTraining: 'Agent in training',
  inTrainingSummary: 'Learns in this page right now.',
  inTrainingAt: (version: number) => `In training, update ${version}`,
  generation: (version: number) => `Update ${version}`,
  generationSummary: (version: number) => `The agent of this run as it was at update ${version}.`,
  best: (version: number) => `Best: update ${version}`,
  bestToCome: 'Best generation',
  noneRated: 'none is rated yet',
  bestSummary: 'The highest rated generation of this run.',
  shippedSummary: (decisions: string) => `Learned from ${decisions} decisions of self-play.`,
  importedSummary: (file: string, version: number, decisions: string) =>
    `From “${file}”: update ${version}, after ${decisions} decisions.`,
  imported: (name: string) => `“${name}” is among the opponents.`,
  notBegun: 'The agent in training has not begun yet; wait a moment and try again.',
  isGone: (id: string) => `“${id}” is not here any more; choose another opponent.`,
  noPolicy: 'A scripted player follows rules and has no policy to export; choose an agent that learned.',
  notFetched: (file: string) =>
    `The agent’s file “${file}” could not be fetched; check the connection and try again, or choose another.`,
};
