import type { EpisodeRecord, Hyperparameters, NormalisationData, Policy, SnapshotData } from '../contract';
import type { CollectedRollout, Collector } from './collector';

/** What an update hands back: the policy that acts from now on. */
export interface NewPolicy {
  readonly snapshot: SnapshotData;
  readonly hyperparameters: Hyperparameters;
  /** The run's statistics, everybody's samples merged. */
  readonly normalisation: NormalisationData;
  /** A policy that joins the opponents; null where none does. */
  readonly addedPast?: Policy | null;
}

/** An episode, and the decisions taken up to and including the one that ended it. */
export interface EndedEpisode {
  readonly episode: EpisodeRecord;
  readonly decisions: number;
}

/** What was gathered for one update. */
export interface Gathered {
  /** A rollout of each collector. */
  readonly parts: readonly CollectedRollout[];
  /** In the order in which they ended. */
  readonly ended: readonly EndedEpisode[];
  /** Taken by the learner's policy since the run began. */
  readonly decisions: number;
}

/** What an update gives those who gather. */
export interface Answer extends NewPolicy {
  /** Memory of the rollouts that it was computed from, one of each collector. */
  readonly buffers: readonly ArrayBuffer[];
}

/** Plays and gathers, in this thread or in another. */
export interface Gathering {
  /** Fills the next rollout of each collector, by the policy of `answer`, or, without one, by the one before. */
  gather(answer: Answer | null): Gathered | Promise<Gathered>;
}

/** Gathers in whichever thread asks for it; the collectors, their actors at the same count of decisions, take turns. */
export class Gatherer implements Gathering {
  private readonly collectors: readonly Collector[];
  private readonly decisionsAtStart: number;

  constructor(collectors: readonly Collector[]) {
    this.collectors = collectors;
    this.decisionsAtStart = Math.max(...collectors.map(({ actor }) => actor.decisions));
  }

  /** Since the run began. */
  get decisions(): number {
    const { collectors, decisionsAtStart } = this;
    return collectors.reduce((sum, { actor }) => sum + actor.decisions - decisionsAtStart, decisionsAtStart);
  }

  async gather(answer: Answer | null): Promise<Gathered> {
    if (answer !== null) this.adopt(answer);
    const ended: EndedEpisode[] = [];
    for (;;) {
      const parts = this.hasToSettle ? await this.decideSettled() : this.decide();
      for (const episode of this.endedEpisodes()) ended.push({ episode, decisions: this.decisions });
      if (parts.length > 0) return { parts, ended, decisions: this.decisions };
    }
  }

  /** One decision of all arenas. @returns the rollouts that it filled: one of each collector, or none. */
  decide(): CollectedRollout[] {
    const full: CollectedRollout[] = [];
    for (const collector of this.collectors) {
      const part = collector.decide();
      if (part !== null) full.push(part);
    }
    return full;
  }

  /** As `decide`, in games that wait for more than ticks. */
  async decideSettled(): Promise<CollectedRollout[]> {
    const full: CollectedRollout[] = [];
    for (const collector of this.collectors) {
      const part = await collector.decideSettled();
      if (part !== null) full.push(part);
    }
    return full;
  }

  /** Whether any of its games waits for more than ticks. */
  get hasToSettle(): boolean {
    return this.collectors.some(({ hasToSettle }) => hasToSettle);
  }

  /** Those that the last decision ended. */
  endedEpisodes(): readonly EpisodeRecord[] {
    return this.collectors.flatMap(({ endedEpisodes }) => endedEpisodes);
  }

  /** Acts by a new policy, and takes memory back. */
  adopt({ snapshot, hyperparameters, normalisation, addedPast, buffers }: Answer): void {
    this.collectors.forEach(({ actor }, index) => {
      actor.adopt(snapshot, hyperparameters, normalisation, addedPast);
      actor.takeBack(buffers[index]!); // one of each
    });
  }
}
