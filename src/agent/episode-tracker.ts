import { type DecisionOutcome, type EpisodeRecord, interruptions } from '../contract';

/** Follows every agent's running episode, and notes those that the learner's policy played from first step to last. */
export class EpisodeTracker {
  private readonly seats: number;
  private readonly intervalTicks: number;
  private readonly returns: Float64Array; // [N]
  private readonly lengths: Int32Array; // [N]
  /** 1 while the learner has taken every step of the running episode, `[N]`. */
  private readonly whole: Uint8Array;
  private latestEpisodes: EpisodeRecord[] = [];
  private untaken: EpisodeRecord[] = [];

  /** Every agent stands at its episode's first step. @param intervalTicks from one decision to the next. */
  constructor(agents: number, seats: number, intervalTicks: number) {
    this.seats = seats;
    this.intervalTicks = intervalTicks;
    this.returns = new Float64Array(agents);
    this.lengths = new Int32Array(agents);
    this.whole = new Uint8Array(agents).fill(1);
  }

  /** Episodes that the last step ended, in order of agents. */
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
   * Adds one step of every agent.
   *
   * @param rewards weighted and unscaled, `[N]`.
   * @param own 1 where the agent was the learner's own, `[N]`.
   * @param note whether episodes that end here are noted.
   * @param against where agents meet: whom an agent met in the episode that ends, and how it went.
   */
  step(
    rewards: Float64Array,
    own: Uint8Array,
    outcome: Pick<DecisionOutcome, 'terminated' | 'truncated' | 'interrupted' | 'lengthTicks'>,
    note: boolean,
    against: (agent: number) => EpisodeRecord['against'] = () => undefined,
  ): void {
    this.latestEpisodes = [];
    for (let agent = 0; agent < rewards.length; agent++) {
      if (own[agent] === 0) this.whole[agent] = 0;
      this.returns[agent] = this.returns[agent]! + rewards[agent]!;
      this.lengths[agent] = this.lengths[agent]! + 1;
      const terminated = outcome.terminated[agent] !== 0;
      if (!terminated && outcome.truncated[agent] === 0) continue;
      const whole = this.whole[agent] === 1 && outcome.interrupted[agent] === interruptions.none;
      if (note && whole) {
        const met = against(agent);
        const episode: EpisodeRecord = {
          arena: Math.floor(agent / this.seats),
          return: this.returns[agent]!,
          length: this.lengthOf(agent, outcome.lengthTicks[agent]!),
          truncated: !terminated,
          ...(met === undefined ? {} : { against: met }),
        };
        this.latestEpisodes.push(episode);
        this.untaken.push(episode);
      }
      this.begin(agent);
    }
  }

  /** A step whose rewards are not known: an agent whose episode it ended stands at a first step again. */
  skip(outcome: Pick<DecisionOutcome, 'terminated' | 'truncated'>): void {
    this.latestEpisodes = [];
    for (let agent = 0; agent < this.whole.length; agent++) {
      if (outcome.terminated[agent] !== 0 || outcome.truncated[agent] !== 0) this.begin(agent);
    }
  }

  /** Forgets what ended and was not taken, and leaves out the episodes that are running. */
  forget(): void {
    this.latestEpisodes = [];
    this.untaken = [];
    this.whole.fill(0);
  }

  /** Held ticks, in which an action was late, pass without a decision: so ticks are counted where they are known. */
  private lengthOf(agent: number, ticks: number): number {
    return ticks > 0 ? Math.ceil(ticks / this.intervalTicks) : this.lengths[agent]!;
  }

  private begin(agent: number): void {
    this.returns[agent] = 0;
    this.lengths[agent] = 0;
    this.whole[agent] = 1;
  }
}
