/** What a policy gives the parts of an action: the odds of each choice, or what a number is drawn around. */
export type ComponentOdds =
  | { readonly kind: 'choices'; readonly odds: readonly number[] }
  | { readonly kind: 'amount'; readonly mean: number; readonly deviation: number };

/** What the learner's policy thought of one decision of an agent, for people to see. Plain data. */
export interface Thought {
  /** Among all of the arenas'. */
  readonly agent: number;
  /** Of the decision. */
  readonly number: number;
  /** What was decided by: the agent's row of the batch, as the game gave it. */
  readonly observation: Float32Array;
  /** V(s), in the learner's own units. */
  readonly value: number;
  /** One a component of the action, in the layout's order. */
  readonly odds: readonly ComponentOdds[];
  /**
   * Of the decisions since the last thought that was told, the largest δ = r + γ V(s′) − V(s), as learning reckons it;
   * null where none is known.
   */
  readonly surprise: number | null;
}
