import type { EpisodeRecord } from '../contract';

/** What the latest episodes came to. */
export interface EpisodeSummary {
  readonly meanReturn: number;
  /** Standard deviation of the returns over these very episodes: divided by their number, not by one less. */
  readonly returnSpread: number;
  readonly minReturn: number;
  readonly maxReturn: number;
  /** In decisions. */
  readonly meanLength: number;
}

/** How many of the latest episodes a return is judged by. */
export const episodesJudged = 20;

/** Keeps the latest finished episodes, 20 unless told: what learning curves and “mean of last 20” are drawn from. */
export class EpisodeStatistics {
  private readonly window: number;
  private readonly episodes: EpisodeRecord[];

  /** @param episodes oldest first, as `recent()` gave them. */
  constructor(episodes: readonly EpisodeRecord[] = [], window = episodesJudged) {
    this.window = window;
    this.episodes = episodes.slice(-window);
  }

  add(episode: EpisodeRecord): void {
    this.episodes.push(episode);
    if (this.episodes.length > this.window) this.episodes.shift();
  }

  /** The episodes kept, oldest first. */
  recent(): readonly EpisodeRecord[] {
    return [...this.episodes];
  }

  /** True once as many episodes have finished as are kept. */
  get full(): boolean {
    return this.episodes.length === this.window;
  }

  /** Null before the first finished episode. */
  summary(): EpisodeSummary | null {
    const count = this.episodes.length;
    if (count === 0) return null;
    let sum = 0;
    let lengths = 0;
    let minReturn = Infinity;
    let maxReturn = -Infinity;
    for (const episode of this.episodes) {
      sum += episode.return;
      lengths += episode.length;
      minReturn = Math.min(minReturn, episode.return);
      maxReturn = Math.max(maxReturn, episode.return);
    }
    const meanReturn = sum / count;
    let squares = 0;
    for (const episode of this.episodes) squares += (episode.return - meanReturn) ** 2;
    return {
      meanReturn,
      returnSpread: Math.sqrt(squares / count),
      minReturn,
      maxReturn,
      meanLength: lengths / count,
    };
  }
}
