/** Settings that are locked, such as for a class. */
export const lockTexts = {
  locked: 'Settings are locked, here and in links copied from here.',
  refused: 'Settings are locked here; “Unlock” under Settings opens them.',
  unlock: 'Unlock',
  question: {
    title: 'Unlock the settings?',
    body: 'Whoever gave you the link wanted them to stay as they are. The run goes on either way.',
    confirm: 'Unlock',
    cancel: 'Leave them locked',
  },
  lock: 'Lock for a class',
  lockMeaning: 'Nobody changes settings then, here and in a link that you copy now',
};
