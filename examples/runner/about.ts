import type { GameAbout } from 'playtrain';

/** Where `flag` stands among what is earned. */
const flagTerm = 4;

export const runnerAbout: GameAbout = {
  title: 'Runner',
  summary: 'Run, leap and stomp to the flag; a level from a file, and five ways to press the keys.',
  novelty: 'A level and pictures from files, which the page hands to the twin as plain data.',
  setup:
    'A fox runs through a level that is drawn in tiles, with gaps, spikes, slimes that can be stomped and planks that move. A lantern keeps how far it has come, and a run has three lives. It is a Phaser game as such games are written, with Arcade physics, a Tiled map, and a score that outlives the scene.',
  goal: 'Reach the flag from the level’s start in one life.',
  reward:
    'way: 1 for every 100 pixels to the right, and as much off for going back. coin: 0.1 for each coin. time: −0.01 for each decision. death: −1 for losing a life, which ends the episode. flag: 5 for the flag.',
  observations:
    'How fast the fox goes, whether it stands and whether the jump is held down, a grid of cells ahead of it with what is ground, spikes or plank, and where the nearest slime is.',
  actions: 'Five: wait, run to the right, run and jump, run to the left, or jump. A held jump goes higher.',
  controls:
    'Arrow keys or A and D run; the space bar, up or W jumps, higher where it is held. Buttons for it show once the picture is touched.',
  promise: {
    opening: () => 'One fox, and a twin of it that learns.',
    tally: (times) => `It has lost a life ${times}.`,
    reached: (times) => `It has reached the flag! Before that it had lost a life ${times}.`,
    marks: 'A cross: it lost a life. A star: it reached the flag.',
    isCounted: ({ terminated }) => terminated,
    isReached: ({ rewardTerms }) => (rewardTerms[flagTerm] ?? 0) >= 1,
  },
};
