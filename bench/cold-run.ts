/** From the twin's worker to its page: the goal is reached. */
export interface ColdNews {
  readonly episodesToGoal: number;
}

/** What a cold page came to. */
export interface ColdSample {
  /** Wall time from the navigation until the goal was reached. */
  readonly seconds: number;
  /** Episodes in the twin until then. */
  readonly episodes: number;
}
