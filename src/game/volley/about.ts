import type { GameAbout } from '../../contract';

/** At 60 ticks a second. */
const tenSecondsTicks = 600;

export const volleyAbout: GameAbout = {
  title: 'Volley',
  summary: 'Keep the ball off your floor and bring it down on theirs.',
  novelty: 'Two seats: it learns against itself, and you play against it.',
  setup:
    'Two players, a net between them and a ball, 60 ticks a second. A rally begins with the ball hanging over one side, drawn by lot, and ends where it comes down. Every crossing of the net makes it 4 % faster.',
  goal: 'Win the rally: the ball on the other’s floor, or a fourth touch on their side. A match goes to seven points with a lead of two, at the latest to fifteen.',
  reward:
    'pointWon: 1 for a rally won; pointLost: counts a rally lost, weight −1. jump costs 0.005, against hopping without need. touch, crossing and rallyLength help or hold back a beginner, weight 0 unless you raise it. What these four pay one player they do not take from the other.',
  observations:
    'Seventeen numbers, as seen from the left: place and speed of both players and the ball, its spin and pace, how long the serve still hangs, and the touches each side has left.',
  actions: 'Two at once: run back, stay or run forward; stand or jump.',
  controls:
    'Left and right arrow or A and D run, up arrow, W or Space jumps; hold it to jump again on landing. On the touch pad the halves run and the button jumps; on a gamepad the stick runs and its button jumps. A second person can play the other side at the same keyboard.',
  promise: {
    opening: (arenas) =>
      arenas === 1 ? 'One court, one brain on both sides.' : `${arenas} courts, one brain on both sides.`,
    tally: (times) => `It has dropped the ball ${times}.`,
    reached: (times) => `It has kept the ball up for 10 seconds! Before that it had dropped it ${times}.`,
    marks: 'It plays against itself, and against others from the ladder: what one side wins the other loses.',
    isCounted: ({ terminated }) => terminated,
    isReached: ({ lengthTicks }) => lengthTicks >= tenSecondsTicks,
  },
};
