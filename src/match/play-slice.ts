/** Something that is played tick by tick until it is over. */
export interface Ticking {
  tick(): void;
  isOver(): boolean;
}

/** Between two looks at the clock, which cost more than a tick. */
const ticksALook = 32;

/** Plays for so long, or until it is over, and at least some ticks. @returns how long that took. */
export function playSlice(playable: Ticking, durationMs: number, nowMs: () => number): number {
  const beganMs = nowMs();
  do {
    for (let tick = 0; tick < ticksALook && !playable.isOver(); tick++) playable.tick();
  } while (!playable.isOver() && nowMs() - beganMs < durationMs);
  return nowMs() - beganMs;
}
