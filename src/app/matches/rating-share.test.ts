import { expect, it } from 'vitest';
import {
  lateFrameMs,
  type RatingRoom,
  ratingShare,
  ratingShareInTime,
  ratingShareWhenLate,
} from './rating-share';

const room: RatingRoom = {
  isWanted: true,
  isHidden: false,
  isAgentStarting: false,
  doesPersonPlay: false,
  frameMs: 17,
};

it('leaves rating matches a part of a core, and less of it where frames are late', () => {
  expect(ratingShare(room)).toBe(ratingShareInTime);
  expect(ratingShare({ ...room, frameMs: lateFrameMs + 1 })).toBe(ratingShareWhenLate);
  expect(ratingShareWhenLate).toBeLessThan(ratingShareInTime);
});

it.each([{ isWanted: false }, { isHidden: true }, { isAgentStarting: true }, { doesPersonPlay: true }])(
  'leaves them nothing with $0',
  (reason) => {
    expect(ratingShare({ ...room, ...reason })).toBe(0);
  },
);
