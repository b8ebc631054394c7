/** The sizes of a record's shape that a column's width may be. */
export type SizeName = 'observationSize' | 'actionSize' | 'rewardTerms' | 'maskSize';

/** One column of the records that a decision travels in. */
export interface Column {
  readonly name: string;
  readonly dtype: 'float32' | 'int32' | 'uint8';
  /** Numbers in each row: so many, or as many as the record's shape says. */
  readonly width: number | SizeName;
  /** A row for each agent of a step, or one for the whole step. */
  readonly per: 'row' | 'step';
  /** In decision records, `[N, width]`. */
  readonly decision?: true;
  /**
   * In rollouts, `[T, N, width]` or `[T, width]`: copied from the decision as its step opens (what was seen and
   * chosen) or as it closes (what came of it), or written by the one who writes the rollout.
   */
  readonly rollout?: 'opening' | 'closing' | 'writer';
  /** Rows of so many steps more than a rollout has. */
  readonly stepsBeyond?: number;
  /** In what an update learns from, `[M, width]`: gathered from rollouts. Of columns with a row for each agent only. */
  readonly learned?: true;
}

/**
 * Every column there is. Decision records, rollouts, what is copied from the one to the other, the batch that an
 * update learns from and the table that is uploaded of it are all derived from this list: another column is one line.
 * Shapes: N agents, T steps of a rollout, M steps that an update learns from.
 */
// biome-ignore format: a table is read line by line.
export const columns = [
  /** In a rollout as the policy saw them: normalised at collection where normalisation is on. */
  { name: 'observations', dtype: 'float32', width: 'observationSize', per: 'row', decision: true, rollout: 'writer', learned: true },
  { name: 'finalObservations', dtype: 'float32', width: 'observationSize', per: 'row', decision: true },
  { name: 'rewardTerms', dtype: 'float32', width: 'rewardTerms', per: 'row', decision: true },
  /** As sampled: indices of choices, or continuous actions unclipped. */
  { name: 'actions', dtype: 'float32', width: 'actionSize', per: 'row', decision: true, rollout: 'opening', learned: true },
  /** Of the policy that acted. */
  { name: 'logProbabilities', dtype: 'float32', width: 1, per: 'row', decision: true, rollout: 'opening', learned: true },
  /** V(s_t) of the snapshot that acted; a rollout's last row values the state after its last decision. */
  { name: 'values', dtype: 'float32', width: 1, per: 'row', decision: true, rollout: 'opening', stepsBeyond: 1, learned: true },
  /** 1 for each allowed choice; of no width where nothing is ever forbidden. */
  { name: 'masks', dtype: 'uint8', width: 'maskSize', per: 'row', decision: true, rollout: 'opening', learned: true },
  { name: 'lengthTicks', dtype: 'int32', width: 1, per: 'row', decision: true },
  { name: 'terminated', dtype: 'uint8', width: 1, per: 'row', decision: true, rollout: 'closing' },
  { name: 'truncated', dtype: 'uint8', width: 1, per: 'row', decision: true, rollout: 'closing' },
  { name: 'interrupted', dtype: 'uint8', width: 1, per: 'row', decision: true },
  /** Of `controllers`. */
  { name: 'controllers', dtype: 'uint8', width: 1, per: 'row', decision: true },
  /** Weighted, and scaled where reward normalisation is on. */
  { name: 'rewards', dtype: 'float32', width: 1, per: 'row', rollout: 'writer' },
  /** V(final observation) where an episode was truncated and not terminated, else 0. */
  { name: 'finalValues', dtype: 'float32', width: 1, per: 'row', rollout: 'writer' },
  /** 1 where the learner's policy acted; 0 where a person, an opponent or a frozen policy did. */
  { name: 'valid', dtype: 'uint8', width: 1, per: 'row', rollout: 'writer' },
  /** Of the snapshot that chose each step's actions. */
  { name: 'versions', dtype: 'int32', width: 1, per: 'step', rollout: 'writer' },
] as const satisfies readonly Column[];
