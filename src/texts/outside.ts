/** What is said where a program outside plays the game of this tab. */
export const outsideTexts = {
  title: 'Train this tab from Python',
  lead: 'Python steps the game that you see here, and its trainer learns; the run in front pauses meanwhile. The tab connects to a program on this machine, once it listens, and to nobody else.',
  port: 'Port',
  begin: 'Offer this tab',
  stop: 'Stop',
  close: 'Close',
  inPython: 'In Python, with this code, which is good for one connection:',
  program: (code: string, port: number, usual: number) =>
    `from playtrain.tab import TabVectorEnv\n\nenv = TabVectorEnv("${code}"${port === usual ? '' : `, port=${port}`})`,
  waiting:
    'Nobody listens there yet. It is tried again, less and less often, and whenever you come back to this page.',
  playing: (steps: string) => `Python plays: ${steps} steps so far.`,
  ended: 'Python is done with this tab.',
  refused:
    'What listens there does not know this code, or takes no tabs from this address. Offer the tab anew.',
  lost: 'Python went away in the middle.',
  notLive: 'This game cannot be stepped from outside its page; `playtrain sim` serves its twin.',
  badPort: 'The port must be a whole number from 1024 to 65535.',
  begunAlready: 'This game has begun already; send frames.',
  tooEarly: 'A frame came before the options did; send those first.',
  oneFrame: (expected: number, got: number) =>
    `A message holds one frame: ${expected} bytes, and ${got} came. Send frames one by one.`,
  badWord: (name: string, least: number, most: number) =>
    `${name} must be a whole number from ${least} to ${most}.`,
  noPlayer: (id: string) => `There is no scripted player ${id} in this game.`,
  part: 'What plays this tab from outside',
} as const;
