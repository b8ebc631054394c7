import type { EpisodeRecord } from '../contract';

/** What some episodes came to. */
export interface EpisodeSummary {
  readonly meanReturn: number;
  /** Standard deviation of the returns over these very episodes: divided by their number, not by one less. */
  readonly returnSpread: number;
  readonly minReturn: number;
  readonly maxReturn: number;
  /** In decisions. */
  readonly meanLength: number;
}

/** Null where there are none. */
export function summaryOf(episodes: readonly EpisodeRecord[]): EpisodeSummary | null {
  const count = episodes.length;
  if (count === 0) return null;
  let sum = 0;
  let lengths = 0;
  let minReturn = Infinity;
  let maxReturn = -Infinity;
  for (const episode of episodes) {
    sum += episode.return;
    lengths += episode.length;
    minReturn = Math.min(minReturn, episode.return);
    maxReturn = Math.max(maxReturn, episode.return);
  }
  const meanReturn = sum / count;
  let squares = 0;
  for (const episode of episodes) squares += (episode.return - meanReturn) ** 2;
  return {
    meanReturn,
    returnSpread: Math.sqrt(squares / count),
    minReturn,
    maxReturn,
    meanLength: lengths / count,
  };
}
