import type { GameAbout } from 'playtrain';

export const racerAbout: GameAbout = {
  title: 'Racer',
  summary: 'Drive a lap without touching a wall, then race whoever taught itself to.',
  novelty: 'Sixteen cars in one scene, steered by two continuous actions and eleven rays.',
  setup:
    'Cars on a course between walls, seen from above. Engine, brakes and tyres that slide are the game’s own, walls and bumps are Matter’s, sixty times a second. You may draw the course yourself.',
  goal: 'A clean lap: from line to line without touching a wall. Then a quicker one.',
  reward:
    'way: 1 for every 100 pixels along the course, and as much off for going back. crash: −1 for touching a wall, which ends the episode. clean: a clean lap, weight 0 unless you raise it.',
  observations:
    'Fourteen numbers: how fast it goes ahead, slides and spins, and eleven rays that tell how close the walls are.',
  actions:
    'Two amounts: steering from −1, left, to 1, and gas from −1, which brakes and then goes back, to 1.',
  controls:
    'Arrow keys or W, A, S, D. By touch the car goes by itself: the sides of the picture steer, its middle brakes. R puts you back onto the course.',
  promise: {
    opening: (arenas) => (arenas === 1 ? 'One car, one brain.' : `${arenas} cars, one brain.`),
    tally: (times) => `It has hit a wall ${times}.`,
    reached: (times) => `A clean lap! Before that it had hit a wall ${times}.`,
    marks: 'A cross: it hit a wall. A star: it had driven a clean lap.',
    isCounted: ({ terminated }) => terminated,
    // The third of what it earns: clean laps.
    isReached: ({ rewardTerms }) => (rewardTerms[2] ?? 0) >= 1,
  },
};
