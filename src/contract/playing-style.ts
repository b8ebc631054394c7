/** How somebody plays, in numbers that have names of the game's own. Plain data, fit for JSON. */
export type PlayingStyle = Readonly<Record<string, number>>;

/** Watches one player in rallies against others, and counts what it does. */
export interface StyleMeter {
  /** A rally begins from this state `[stateSize]`, with the player in this seat. */
  begin(state: Float64Array, seat: 0 | 1): void;
  /**
   * A tick led from one state to another.
   *
   * @param ended whether the rally ended with it.
   */
  look(before: Float64Array, after: Float64Array, ended: boolean): void;
  /** How the player played in all that was seen. */
  style(): PlayingStyle;
}
