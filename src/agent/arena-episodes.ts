import type { EpisodeRecord } from '../contract';

/** At least so many episodes are judged by, once there are. */
const fewestJudged = 20;

/**
 * The episodes that a policy is judged by: the last of every arena, equally many of each, as few as make 20.
 *
 * The last episodes of all arenas together would not do. Where arenas begin together, those that end first are the
 * short ones, so a policy that fails once in ten times looks, for a while, as if it always did. Every arena's last
 * episode is whatever it came to, long or short.
 *
 * There are none until every arena has finished one; what was kept of an earlier part of the run stands in until then.
 * Never changes: `after` gives another.
 */
export class ArenaEpisodes {
  /** In the arenas' order, the older ones of each first. */
  readonly judged: readonly EpisodeRecord[];
  /** Whether they were all played since this part of the run began. */
  readonly areNew: boolean;
  private readonly arenas: number;
  /** By arena, oldest first: what it finished since this part of the run began. */
  private readonly finished: ReadonlyMap<number, readonly EpisodeRecord[]>;

  /** @param kept what an earlier part of the run was judged by. */
  constructor(
    arenas: number,
    kept: readonly EpisodeRecord[] = [],
    finished: ReadonlyMap<number, readonly EpisodeRecord[]> = new Map(),
    areNew = false,
  ) {
    this.arenas = arenas;
    this.judged = kept;
    this.finished = finished;
    this.areNew = areNew;
  }

  /**
   * @param ended in the order in which they did.
   * @param playing the arenas in which the learner plays now. The others, such as a person's, are waited for no longer.
   */
  after(ended: readonly EpisodeRecord[], playing: readonly number[]): ArenaEpisodes {
    const finished = new Map(playing.map((arena) => [arena, this.finished.get(arena) ?? []] as const));
    for (const episode of ended) {
      const before = finished.get(episode.arena);
      if (before !== undefined) finished.set(episode.arena, [...before, episode].slice(-this.perArena));
    }
    const each = [...finished.values()];
    const count = Math.min(...each.map(({ length }) => length));
    if (each.length === 0 || count === 0) {
      return new ArenaEpisodes(this.arenas, this.judged, finished, this.areNew);
    }
    const judged = each.flatMap((episodes) => episodes.slice(-count));
    return new ArenaEpisodes(this.arenas, judged, finished, true);
  }

  private get perArena(): number {
    return Math.ceil(fewestJudged / this.arenas);
  }
}
