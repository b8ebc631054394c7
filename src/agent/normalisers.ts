import type { EnvironmentSpec, Hyperparameters, NormalisationData, RunningStatisticsData } from '../contract';
import { ObservationNormaliser, RewardNormaliser } from './normalisation';

/**
 * How an actor sees observations and scales rewards, where the settings say so: by statistics of the whole run, which
 * it shares with others through the learner.
 */
export class Normalisers {
  private readonly agents: number;
  private readonly observationSize: number;
  private observations: ObservationNormaliser | null;
  private rewards: RewardNormaliser | null;
  /** Of everybody's samples, as the learner last told. */
  private merged: NormalisationData;
  /** What was handed over and is not among them yet, oldest first. */
  private readonly unmerged: NormalisationData[] = [];
  private frozen = false;
  private readonly final: Float32Array; // [N, obs]

  /** @param agents N. @param merged statistics to go on from. */
  constructor(
    { observationSpace }: EnvironmentSpec,
    agents: number,
    settings: Hyperparameters,
    merged: NormalisationData,
  ) {
    const { size } = observationSpace;
    this.agents = agents;
    this.observationSize = size;
    this.merged = merged;
    this.observations = settings.normaliseObservations
      ? new ObservationNormaliser(agents, size, merged.observations)
      : null;
    this.rewards = settings.normaliseRewards ? new RewardNormaliser(agents, merged.rewards) : null;
    this.final = new Float32Array(agents * size);
  }

  /** Takes switches up. @returns whether observations are seen otherwise from now on. */
  setSettings({ normaliseObservations, normaliseRewards }: Hyperparameters): boolean {
    const seenOtherwise = normaliseObservations !== this.countsObservations;
    const { observations, rewards } = this.merged;
    this.observations = normaliseObservations
      ? (this.observations ?? new ObservationNormaliser(this.agents, this.observationSize, observations))
      : null;
    this.rewards = normaliseRewards ? (this.rewards ?? new RewardNormaliser(this.agents, rewards)) : null;
    this.setFrozen(this.frozen);
    return seenOtherwise;
  }

  /** Frozen, statistics stay as they are. */
  setFrozen(frozen: boolean): void {
    this.frozen = frozen;
    if (this.observations) this.observations.frozen = frozen;
    if (this.rewards) this.rewards.frozen = frozen;
  }

  /** Whether observations are normalised, and counted. */
  get countsObservations(): boolean {
    return this.observations !== null;
  }

  /**
   * Counts observations `[N, obs]` and writes them as the policy sees them.
   *
   * @param counts 1 where the row enters the statistics, `[N]`.
   */
  see(observations: Float32Array, counts: Uint8Array, seen: Float32Array): void {
    if (this.observations) this.observations.observe(observations, counts, seen);
    else seen.set(observations);
  }

  /** @returns an array `[N, obs]` whose row `agent` is that observation as the policy sees it, uncounted. */
  seenFinal(observations: Float32Array, agent: number): Float32Array {
    if (!this.observations) return observations;
    this.observations.normalise(observations, agent, this.final);
    return this.final;
  }

  /** Scales one step's rewards in place; see `RewardNormaliser.normalise`. */
  scale(rewards: Float64Array, counts: Uint8Array, ended: Uint8Array, discount: number): void {
    this.rewards?.normalise(rewards, counts, ended, discount);
  }

  /** One reward, scaled as others are, and counted nowhere. */
  scaled(reward: number): number {
    return this.rewards?.scaled(reward) ?? reward;
  }

  /** Running discounted returns begin anew. */
  forgetReturns(): void {
    this.rewards?.forgetReturns();
  }

  /** All that observations are normalised by; null where they are not. */
  saveObservations(): RunningStatisticsData | null {
    return this.observations?.save() ?? null;
  }

  /** What was counted here since the last call, which the learner is now to merge. */
  handOver(): NormalisationData {
    const own = {
      observations: this.observations?.takeOwn() ?? null,
      rewards: this.rewards?.takeOwn() ?? null,
    };
    this.unmerged.push(own);
    return own;
  }

  /** The learner has merged the oldest that was handed over; goes on from there, keeping what was counted since. */
  rebase(merged: NormalisationData): void {
    this.merged = merged;
    this.unmerged.shift();
    const underWay = (kind: keyof NormalisationData) => this.unmerged.flatMap((own) => own[kind] ?? []);
    this.observations?.rebase(merged.observations, underWay('observations'));
    this.rewards?.rebase(merged.rewards, underWay('rewards'));
  }
}
