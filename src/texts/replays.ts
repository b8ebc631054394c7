/** What is said of kept matches. */
export const replayTexts = {
  heading: 'Kept replays',
  none: 'There are none yet: “Keep replay” at the end of a match puts one here.',
  watch: (title: string) => `Watch ${title}`,
  exportOne: (title: string) => `Export ${title}`,
  deleteOne: (title: string) => `Delete ${title}`,
  importOne: 'Import replay',
  isGone: 'This match is not kept any more; choose another.',
  placeLabel: 'Place in the match',
  placeMeaning: 'Arrows: a second; with Shift one tick; Page up and down: from point to point',
  /** Such as `0:12 of 1:03, You 3 : 2 Novice`. */
  place: (
    at: string,
    length: string,
    [left, right]: readonly [string, string],
    [leftScore, rightScore]: readonly [number, number],
  ) => `${at} of ${length}, ${left} ${leftScore} : ${rightScore} ${right}`,
  keep: 'Keep replay',
  kept: 'Kept',
  isKept: 'The replay is kept',
  share: 'Share',
  shareOne: (title: string) => `Share ${title}`,
  shareMeaning: 'A link with which anybody can watch this match',
  linkCopied: 'The link is copied: whoever opens it sees this match.',
  linkByHand: (link: string) => `Copy this link by hand: ${link}`,
  tooLongToShare:
    'This match is too long for a link; hand its file on instead, which anybody can import under “Play”.',
  exportFile: 'Export the file',
  noMatches: (game: string) =>
    `The link carries a match, and none is played in “${game}”. Ask for the link again.`,
  opened: 'This match came with the link. It is not among yours unless you keep it.',
  imported: (file: string) => `The match from “${file}” is among the kept ones.`,
  notOver: 'A match can be kept once it is over; play it to its end.',
};

/** A question before a kept match is deleted. */
export const forgetReplayQuestion = (title: string, playedAt: string) => ({
  title: 'Delete this replay?',
  body: `${title}, of ${playedAt}. Export it first if you want to keep it elsewhere.`,
  confirm: 'Delete',
  cancel: 'Keep it',
});
