/** Of the game's picture, where there is none. */
export const pictureTexts = {
  /** Privacy settings mostly. */
  refused:
    'This browser lets the page draw on no canvas, so the game is not to be seen; its agent learns all the same. Allow this page canvases in the browser’s privacy settings, and reload it.',
  /** The browser took it away. */
  lost: 'The browser has taken the game’s picture away and does not give it back, as it does when the graphics processor is short of memory or was reset. Learning goes on. Reload the page to see it again; the run is saved first.',
  reload: 'Reload',
  /** A game that is shown a second time. */
  frame: 'The game',
  noFrame:
    'The game could not be opened a second time: its part of the page could not be fetched. Check the connection and try again.',
};
