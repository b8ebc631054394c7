import type { SettingsPatch } from './setting-changes';

/** What may be said of a difference. */
export type Verdict = 'better' | 'worse' | 'undecided';

/** How much more one way came to than another, and how sure that is. */
export interface Difference {
  /** Of the means. */
  readonly value: number;
  /** The bootstrap interval that 95 of 100 such comparisons cover, as far as so few seeds can tell. */
  readonly low: number;
  readonly high: number;
  /** Seeds of the way that has fewer. */
  readonly seeds: number;
  /** Said only where the interval leaves 0 out, and there are seeds enough. */
  readonly verdict: Verdict;
}

/** One moment of a compared run, counted from where it began. */
export interface ComparedPoint {
  readonly decisions: number;
  readonly meanReturn: number;
}

/** Settings that a comparison tries. */
export interface ComparedWay {
  /** Such as “λ = 0.95”. */
  readonly label: string;
  readonly patch: SettingsPatch;
}
