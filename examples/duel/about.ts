import type { GameAbout } from 'playtrain';

const goodCatches = 3;

export const duelAbout: GameAbout = {
  title: 'Duel',
  summary: 'Throw, dodge and catch: whoever is hit becomes a frog.',
  novelty: 'Two seats in somebody’s own game, and scripted players to meet.',
  setup:
    'Two wizards, a line between them that neither may cross, and an orb each. Orbs rebound from the walls; one that the other threw hits, one’s own comes back to the hand, and after four rebounds it is tame and anybody’s. Whoever holds nothing can hold up a ward for a moment and catch what comes. Nobody holds an orb for long, and from the fourth second on throws get faster. It is a Phaser game with Arcade physics that knows of no agent.',
  goal: 'Hit the other before you are hit: a round. A match goes to five.',
  reward:
    'hit: 1 for a round won, −1 for one lost. caught: 0.1 for each of the other’s orbs that is caught. danger: up to 0.15 a decision for the danger that the other is in, less one’s own.',
  observations:
    'Thirty-five numbers, as seen from the left: where both wizards are, what they hold, how long their wards stand and rest, where each orb is and flies to, when and where it comes past, what threatens most, and how well throws would aim.',
  actions: 'Three at once: forward, back or neither; up, down or neither; and whether to use the hand.',
  controls:
    'W, A, S, D and Space on the left, arrows and Enter on the right: Space or Enter throws what is in the hand, up or down where that is held too, and holds up a ward where there is nothing. On a touch screen a finger that drags moves the wizard of its half, and a tap uses the hand.',
  promise: {
    opening: () => 'Two wizards, one brain, and a twin that learns from both.',
    tally: (times) => `It has been a frog ${times}.`,
    reached: (times) =>
      `It has caught ${goodCatches} orbs in one round! Before that it had been a frog ${times}.`,
    marks: 'It plays against itself and against scripted players: what one side wins the other loses.',
    isCounted: ({ terminated }) => terminated,
    isReached: ({ rewardTerms }) => (rewardTerms[1] ?? 0) >= goodCatches,
  },
};
