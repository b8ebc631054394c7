/** Beginning anew as a player. */
export const resetTexts = {
  button: 'Reset my rating',
  question: (matches: number) => ({
    title: 'Reset your rating?',
    body: `You begin anew beside the gentlest opponent, as if you had never played here. What ${matches === 1 ? 'your match' : `your ${matches} matches`} came to is forgotten, for good; kept replays stay.`,
    confirm: 'Reset it',
    cancel: 'Keep it',
  }),
};
