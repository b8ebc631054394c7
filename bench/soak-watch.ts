/** What a run of the game has learned when it counts as learned: a mean return, or a mean win rate. */
export const soakThresholds: Readonly<Record<string, number>> = { balance: 475, swing: -250, volley: 0.6 };
export const soakGames = ['balance', 'swing', 'volley'] as const;

/** What is looked at once a second while a run goes on. */
export interface SoakSample {
  readonly atMs: number;
  /** The measure of the run; null before there is one. */
  readonly value: number | null;
  /** Whether the page says that the run has collapsed, and whether it says that it went back. */
  readonly told: boolean;
  readonly wentBack: boolean;
}

/** How a run kept what it had learned. */
export interface SoakRow {
  /** Its best after it first reached the threshold; null where it never did. */
  readonly best: number | null;
  /** The longest time below 90 % of the way from the start to the best, of which the page had not told. */
  readonly secondsBelow90Percent: number;
  readonly told: number;
  readonly wentBack: number;
}

/**
 * Judges a run's samples. Time counts from the first sample that reached the threshold. Ninety per cent are of what was
 * gained since the first sample, since returns may be negative.
 */
export function soakRow(samples: readonly SoakSample[], threshold: number): SoakRow {
  const start = samples.find(({ value }) => value !== null)?.value ?? 0;
  const from = samples.findIndex(({ value }) => value !== null && value >= threshold);
  let best = Number.NEGATIVE_INFINITY;
  let lowSinceMs: number | null = null;
  let longestMs = 0;
  let told = 0;
  let wentBack = 0;
  samples.forEach((sample, index) => {
    const before = samples[index - 1];
    if (sample.told && before?.told !== true) told += 1;
    if (sample.wentBack && before?.wentBack !== true) wentBack += 1;
    if (from < 0 || index < from || sample.value === null) return;
    best = Math.max(best, sample.value);
    const isLow = sample.value < start + 0.9 * (best - start);
    if (!isLow || sample.told || sample.wentBack) lowSinceMs = null;
    else lowSinceMs ??= sample.atMs;
    if (lowSinceMs !== null) longestMs = Math.max(longestMs, sample.atMs - lowSinceMs);
  });
  return {
    best: from < 0 ? null : best,
    secondsBelow90Percent: Math.round(longestMs / 1000),
    told,
    wentBack,
  };
}
