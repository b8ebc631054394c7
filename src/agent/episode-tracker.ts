import type { DecisionOutcome, EpisodeRecord } from '../contract';

/** Follows every arena's running episode, and notes those that the learner's policy played from first step to last. */
export class EpisodeTracker {
  private readonly returns: Float64Array; // [N]
  private readonly lengths: Int32Array; // [N]
  /** 1 while the learner has taken every step of the running episode, `[N]`. */
  private readonly whole: Uint8Array;
  private latestEpisodes: EpisodeRecord[] = [];
  private untaken: EpisodeRecord[] = [];

  /** Every arena stands at its episode's first step. */
  constructor(arenas: number) {
    this.returns = new Float64Array(arenas);
    this.lengths = new Int32Array(arenas);
    this.whole = new Uint8Array(arenas).fill(1);
  }

  /** Episodes that the last step ended, in order of arenas. */
  get latest(): readonly EpisodeRecord[] {
    return this.latestEpisodes;
  }

  /** Episodes that ended since the last call. */
  take(): readonly EpisodeRecord[] {
    const episodes = this.untaken;
    this.untaken = [];
    return episodes;
  }

  /**
   * Adds one step of every arena.
   *
   * @param rewards weighted and unscaled, `[N]`.
   * @param byLearner 1 where the learner's policy took the step, `[N]`.
   * @param note whether episodes that end here are noted.
   */
  step(
    rewards: Float64Array,
    byLearner: Uint8Array,
    outcome: Pick<DecisionOutcome, 'terminated' | 'truncated'>,
    note: boolean,
  ): void {
    this.latestEpisodes = [];
    for (let arena = 0; arena < rewards.length; arena++) {
      if (byLearner[arena] === 0) this.whole[arena] = 0;
      this.returns[arena] = this.returns[arena]! + rewards[arena]!;
      this.lengths[arena] = this.lengths[arena]! + 1;
      const terminated = outcome.terminated[arena] !== 0;
      if (!terminated && outcome.truncated[arena] === 0) continue;
      if (note && this.whole[arena] === 1) {
        const episode: EpisodeRecord = {
          arena,
          return: this.returns[arena]!,
          length: this.lengths[arena]!,
          truncated: !terminated,
        };
        this.latestEpisodes.push(episode);
        this.untaken.push(episode);
      }
      this.begin(arena);
    }
  }

  /** A step whose rewards are not known: an arena whose episode it ended stands at a first step again. */
  skip(outcome: Pick<DecisionOutcome, 'terminated' | 'truncated'>): void {
    this.latestEpisodes = [];
    for (let arena = 0; arena < this.whole.length; arena++) {
      if (outcome.terminated[arena] !== 0 || outcome.truncated[arena] !== 0) this.begin(arena);
    }
  }

  /** Forgets what ended and was not taken, and leaves out the episodes that are running. */
  forget(): void {
    this.latestEpisodes = [];
    this.untaken = [];
    this.whole.fill(0);
  }

  private begin(arena: number): void {
    this.returns[arena] = 0;
    this.lengths[arena] = 0;
    this.whole[arena] = 1;
  }
}
