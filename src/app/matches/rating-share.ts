/** Of a core, for rating matches; and where frames are late already, so that ratings come in the end all the same. */
export const ratingShareInTime = 0.1;
export const ratingShareWhenLate = 0.02;
/** Frames that take longer than every second one of a 60 Hz display are late. */
export const lateFrameMs = 34;

/** What rating matches have to give way to. */
export interface RatingRoom {
  /** Whether a person lets agents play them at all. */
  readonly isWanted: boolean;
  readonly isHidden: boolean;
  readonly isAgentStarting: boolean;
  readonly doesPersonPlay: boolean;
  /** Between two frames, at the median. */
  readonly frameMs: number;
}

/** How much of a core rating matches may take: none while a person plays, nobody looks or the agent starts. */
export function ratingShare(room: RatingRoom): number {
  if (!room.isWanted || room.isHidden || room.isAgentStarting || room.doesPersonPlay) return 0;
  return room.frameMs > lateFrameMs ? ratingShareWhenLate : ratingShareInTime;
}
