/** What a first visitor is told: the promise on the picture, and the steps of their first minute. */
export const promiseTexts = {
  notOnce: 'not once',
  once: 'once',
  times: (count: string) => `${count} times`,
  putAway: 'Put this away',
};

export const guideTexts = {
  name: 'Your first minute',
  progress: (number: number, of: number) => `${number} of ${of}`,
  skip: 'Skip',
  close: 'Put the guide away',
  watch: {
    title: 'Watch',
    text: (marks: string) => `${marks} Press one of the small pictures to see it large.`,
    ofLive:
      'The curve is of a copy of the game that nobody sees, and that runs as fast as it can. What it has learned so far plays here.',
  },
  change: {
    title: 'Change something',
    text: 'Make the learning rate ten times as large. You can’t break it.',
    button: 'Show the learning rate',
  },
  back: {
    title: 'Put it back',
    text: 'The charts mark your change, and what comes of it. Take it back now; should learning collapse, one button brings back the best.',
    button: 'Undo',
  },
  play: {
    title: 'Play',
    text: 'Take over and try it yourself; the agent goes on learning.',
    button: 'Take over',
  },
  meet: {
    title: 'Play',
    text: 'Play a match. The weakest opponent is the place to begin.',
    button: 'Play a match',
  },
  end: {
    title: 'That is all there is to it',
    text: 'What the words mean is under About; keys are under “?”.',
  },
};
