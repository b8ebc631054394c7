/** The page itself: the help dialog, what it is about, what is new of it. */
export const pageTexts = {
  compare: 'Compare settings side by side',
  help: {
    title: 'How to use this page',
    about:
      'An agent learns the game with PPO, here in the browser, while the game plays. Watch the curve rise, change a setting and see what it does, or take over an arena and play yourself.',
    aboutMatches: 'Against whom, for points and a rating, you choose under “Play”.',
    keys: 'Keys',
    matchKeys: 'Keys in a match',
    rest: 'Keys rest while a form field or a dialog has the focus.',
    letters: 'Letters and digits alone are shortcuts',
    close: 'Close',
  },
  aboutPlaytrain:
    'The agent learns with proximal policy optimisation (PPO) in two workers beside the page: one acts, one learns. The game never waits for the learner. Nothing leaves this browser.',
  shaping: 'Shaping, not zero-sum.',
  newRelease:
    'A newer version of Playtrain is ready. Reload the page when it suits you; until then this one goes on as it is.',
  reload: 'Reload',
  noGame: (id: string, ids: string) => `There is no game “${id}”; choose one of ${ids}.`,
  otherGame: (id: string, own: string) => `This panel is of the game “${own}”; there is no “${id}” on it.`,
};

/** The charts. */
export const chartTexts = {
  smoothing:
    'An exponential moving average over updates; the raw values stay faint behind it. All the way left shows them as they are.',
  below: 'decisions',
  picture: 'Save as picture',
  pictureOf: 'Which chart to save',
  noPicture: 'There is nothing drawn yet.',
  waiting: 'The first point comes with the first update.',
  waitingForOpponents: 'Opponents appear here as the agent meets them.',
  refused:
    'This browser lets the page draw no charts. Here are their newest values; the others are in the table and the CSV file below.',
};
