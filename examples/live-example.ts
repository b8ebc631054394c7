import type Phaser from 'phaser';
import type { EpisodeRecord, Hyperparameters } from 'playtrain';
import type { AgentDefinition } from 'playtrain/phaser';

/** A finished episode of a live game. */
export interface LiveEpisode {
  /** Unweighted sums by the name that they are earned under; of the first seat, where there are several. */
  readonly terms: Readonly<Record<string, number>>;
  readonly steps: number;
  readonly terminated: boolean;
  readonly truncated: boolean;
  /** Where agents meet and the learner tells: who the other was, and whether the learner won (1), lost (−1) or neither (0). */
  readonly against?: EpisodeRecord['against'];
}

/** What counts as learned. */
export interface LiveGoal {
  /** Such as “16 gates passed in one episode”. */
  readonly sentence: string;
  /** What an episode came to; null for one that does not count. */
  readonly score: (episode: LiveEpisode) => number | null;
  /** It is reached once the latest episodes that count came to this, on average. */
  readonly least: number;
  /** How many episodes that are; one where it is left out. */
  readonly episodes?: number;
}

/** A game with an agent, as tools need it. */
export interface LiveExample {
  readonly config: Phaser.Types.Core.GameConfig;
  readonly definition: AgentDefinition<never>;
  /** Settings that differ from those for live games. */
  readonly settings: Partial<Hyperparameters>;
  readonly goal: LiveGoal;
}
