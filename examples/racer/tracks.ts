import { drawnTrack } from './drawn-track';
import { type Point, rounded } from './track';

/** Courses that come with the game, by the corners of their centre lines, clockwise from the start. */
const corners: Readonly<Record<string, readonly (readonly [x: number, y: number])[]>> = {
  Meadow: [
    [640, 706],
    [820, 706],
    [990, 696],
    [1150, 600],
    [1110, 440],
    [930, 420],
    [770, 530],
    [590, 510],
    [560, 350],
    [700, 262],
    [930, 262],
    [1130, 236],
    [1130, 92],
    [960, 78],
    [700, 100],
    [420, 100],
    [190, 140],
    [110, 300],
    [180, 440],
    [120, 590],
    [220, 700],
    [440, 706],
  ],
};

/** Outlines by name. */
export const tracks: Readonly<Record<string, readonly Point[]>> = Object.fromEntries(
  Object.entries(corners).map(([name, points]) => {
    const drawn = drawnTrack(rounded(points.map(([x, y]) => ({ x, y }))));
    return [name, 'outline' in drawn ? drawn.outline : []];
  }),
);
