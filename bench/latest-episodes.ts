import { type EpisodeSummary, summaryOf } from '../src/agent/episode-summary';
import type { EpisodeRecord } from '../src/contract';

/**
 * Keeps the latest finished episodes of all arenas together, 20 unless told: what the references' curves are drawn
 * from. It leans towards short episodes where arenas began together; see `ArenaEpisodes`, which the page judges by.
 */
export class LatestEpisodes {
  private readonly window: number;
  private readonly episodes: EpisodeRecord[] = [];

  constructor(window = 20) {
    this.window = window;
  }

  add(episode: EpisodeRecord): void {
    this.episodes.push(episode);
    if (this.episodes.length > this.window) this.episodes.shift();
  }

  /** True once as many episodes have finished as are kept. */
  get full(): boolean {
    return this.episodes.length === this.window;
  }

  /** Null before the first finished episode. */
  summary(): EpisodeSummary | null {
    return summaryOf(this.episodes);
  }
}
