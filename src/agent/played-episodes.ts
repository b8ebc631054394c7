import type { EpisodeRecord } from '../contract';
import { ArenaEpisodes } from './arena-episodes';
import type { FullRollout } from './full-rollout';
import type { JoinedNotes } from './joined-rollouts';

/** What an update learned from, and what changed with it. */
export interface PlayedUpdate {
  readonly parts: readonly FullRollout[];
  readonly notes: Pick<JoinedNotes, 'episodes' | 'playing'>;
  /** Of the reward terms, before it. */
  readonly weightsBefore: readonly number[];
  /** Whether settings took hold with it, those of the reward's weights aside. */
  readonly settingsChanged: boolean;
  /** From now on. */
  readonly arenas: number;
}

/** What was played of late, and what of it a policy may be judged by. Never changes: `after` gives another. */
export class PlayedEpisodes {
  /** What is shown. */
  private readonly recent: ArenaEpisodes;
  /** Those since settings were last changed: earlier ones say nothing of a policy that these made. */
  private readonly judging: ArenaEpisodes;

  private constructor(recent: ArenaEpisodes, judging: ArenaEpisodes) {
    this.recent = recent;
    this.judging = judging;
  }

  /** @param kept what an earlier part of the run was judged by. */
  static begin(arenas: number, kept: readonly EpisodeRecord[]): PlayedEpisodes {
    const recent = new ArenaEpisodes(arenas, kept);
    return new PlayedEpisodes(recent, recent);
  }

  /** What is shown, in the arenas' order. */
  get shown(): readonly EpisodeRecord[] {
    return this.recent.judged;
  }

  /** What the policy may be compared with others by; null until every arena has finished an episode of it. */
  get comparable(): readonly EpisodeRecord[] | null {
    return this.judging.areNew ? this.judging.judged : null;
  }

  /** @returns what is known after an update, and the reward's weights that are new with it; null where none are. */
  after(update: PlayedUpdate): {
    readonly episodes: PlayedEpisodes;
    readonly newWeights: readonly number[] | null;
  } {
    const { parts, notes, weightsBefore, settingsChanged, arenas } = update;
    const changed = parts
      .map(({ rewardWeights }) => rewardWeights)
      .filter((weights) => weights.join() !== weightsBefore.join());
    const newWeights = changed.at(-1) ?? null;
    // Of collectors, some may have taken the weights up later than others.
    const ended = newWeights !== null && changed.length < parts.length ? [] : notes.episodes;
    const before = newWeights === null ? this.recent : new ArenaEpisodes(arenas);
    const recent = before.after(ended, notes.playing);
    return {
      episodes: new PlayedEpisodes(
        recent,
        this.judgingAfter(recent, update, newWeights !== null, settingsChanged),
      ),
      newWeights,
    };
  }

  private judgingAfter(
    recent: ArenaEpisodes,
    { notes, arenas }: PlayedUpdate,
    rewardsChanged: boolean,
    settingsChanged: boolean,
  ): ArenaEpisodes {
    // Of the policy before the change; the one after it has played nothing yet.
    if (settingsChanged) return new ArenaEpisodes(arenas);
    if (rewardsChanged || this.judging === this.recent) return recent;
    return this.judging.after(notes.episodes, notes.playing);
  }
}
