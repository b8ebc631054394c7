/** Of the game's picture, which the browser took away and did not give back. */
export const pictureTexts = {
  lost: 'The browser has taken the game’s picture away and does not give it back, as it does when the graphics processor is short of memory or was reset. Learning goes on. Reload the page to see it again; the run is saved first.',
  reload: 'Reload',
};
