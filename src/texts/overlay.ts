/** What an agent senses and thinks, drawn over the game. */
export const overlayTexts = {
  name: 'Senses and thoughts',
  button: 'Thoughts',
  title: 'What the agent senses and thinks, over the game (V)',
  hint: 'what it senses, expects and is surprised by',
  shortcut: 'what the agent senses and thinks, over the game',
  parts: { senses: 'senses', odds: 'odds', value: 'value', surprise: 'surprise' },
  meanings: {
    senses: 'What the agent sees, where it is',
    odds: 'How likely the policy makes each action',
    value: 'V(s): how much reward the agent expects from here',
    surprise: 'δ = r + γ V(s′) − V(s): better or worse than it expected',
  },
  sensesPart: 'What the game’s agent senses',
  /** Names on the picture itself. */
  value: 'V(s)',
  surprise: 'δ',
} as const;
