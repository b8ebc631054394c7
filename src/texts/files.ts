/** What is said of files that people bring or take along. */
export const fileTexts = {
  tooLarge: (name: string, size: string, most: string) =>
    `“${name}” was not read: it has ${size}, and no such file has more than ${most}. Choose another.`,
  unreadable: (name: string) =>
    `“${name}” could not be read. Choose it again, or another; of a folder, choose the files in it.`,
  noMatchesHere: (name: string) =>
    `“${name}” belongs to a game in which agents meet. Open that game first, and choose it again.`,
  otherGame: (game: string) =>
    `This file was not loaded: its game, “${game}”, is not among those of this page. Choose another file.`,
  /** What is fetched for it, as a sentence begins with it. */
  onnxPart: 'What reads and writes files of other engines',
  brokenHistory:
    'This file was not loaded: the history of its updates is not as it should be. Export it again, or choose another file.',
  imported: (name: string, game: string) =>
    `The agent from “${name}” goes on from here in ${game}, as a run of its own.`,
};
