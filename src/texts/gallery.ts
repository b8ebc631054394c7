/** The choice of a game. */
export const galleryTexts = {
  title: 'Games',
  about: 'In each an agent learns from nothing, here in your browser. What learns now stays kept.',
  open: (game: string) => `Game: ${game}. Choose another.`,
  openTitle: 'All games (G)',
  close: 'Close',
  shortcut: 'choose a game',
  present: 'on the page now',
};
