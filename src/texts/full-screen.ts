/** The game on the whole screen. */
export const fullScreenTexts = {
  begin: 'Full screen',
  beginTitle: 'The game on the whole screen (⇧F)',
  leave: 'Leave full screen',
  refused: 'The browser shows nothing on the whole screen here; its own key for it, mostly F11, may do.',
};
