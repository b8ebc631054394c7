/** For so long the agent still plays before a person does: time to look, and to put the hands on the keys. */
export const countdownMs = 3_000;
/** Shorter between one try and the next. */
export const againMs = 1_500;

/** A person's tries at one arena: when they have it, how long they held it, and their best. Pure. */
export type Hold =
  /** The agent still plays. */
  | { readonly phase: 'countdown'; readonly leftMs: number }
  | { readonly phase: 'playing'; readonly heldTicks: number };

/** What a moment brings. */
export interface Moment {
  readonly elapsedMs: number;
  /** Ticks of the arena's present episode. */
  readonly episodeTicks: number;
}

/** After a moment: who plays now, and how long the try lasted that ended with it; null where none did. */
export interface Held {
  readonly hold: Hold;
  readonly endedTicks: number | null;
}

/**
 * Follows a take-over. A try begins when the countdown is over, and ends with the arena's episode, which its ticks
 * beginning anew tell.
 *
 * @param startTicks ticks of the episode that had gone by when the try began.
 */
export function held(hold: Hold, startTicks: number, before: number, moment: Moment): Held {
  if (hold.phase === 'countdown') {
    const leftMs = hold.leftMs - moment.elapsedMs;
    return leftMs > 0
      ? { hold: { phase: 'countdown', leftMs }, endedTicks: null }
      : { hold: { phase: 'playing', heldTicks: 0 }, endedTicks: null };
  }
  if (moment.episodeTicks < before) {
    return { hold: { phase: 'countdown', leftMs: againMs }, endedTicks: before - startTicks };
  }
  return { hold: { phase: 'playing', heldTicks: moment.episodeTicks - startTicks }, endedTicks: null };
}
