/**
 * What the page tells the learner about its frames, a few times a second: when each was drawn, and how fast the display
 * is. Or, once, that nobody sees them or asks for them to come evenly.
 */
export type FrameReport =
  | { readonly visible: false }
  | {
      readonly visible: true;
      /** The shortest time between two frames that this display and this page reach. */
      readonly displayIntervalMs: number;
      /**
       * When frames were drawn, in milliseconds since the Unix epoch, as the page counts them. The first is the last of
       * the report before, so that each time but the first ends one interval.
       */
      readonly frameTimesMs: readonly number[];
    };
