import type { Verdict } from '../contract';

/** Comparisons that can be asked for by one press: by what, and what each way is called. */
export const comparisonTexts = {
  title: 'Compare',
  part: 'What compares runs',
  lead: 'Trains runs beside this one, unseen: the same seeds for each way, three of them.',
  begin: 'Train and compare',
  stop: 'Stop',
  from: 'From',
  origins: { nothing: 'nothing', here: 'where this run is', best: 'this run’s best' },
  update: (version: number) => `this run’s update ${version}`,
  gone: 'This update is not kept any more; choose another.',
  what: 'What',
  none: 'This game cannot leave its page, so no second one can be trained unseen beside it.',
  notBegun: 'The run has not begun yet; wait a moment.',
  progress: (finished: number, all: number) => `${finished} of ${all} runs are trained.`,
  chart: 'Mean return over decisions, a line a seed',
  way: 'Way',
  outcome: 'Return at the end',
  difference: (other: string) => `Beside ${other}`,
} as const;

const verdicts: Readonly<Record<Verdict, string>> = {
  better: 'better',
  worse: 'worse',
  undecided: 'no difference that these seeds could tell',
};

/** Such as “+212 (180 to 251): better”. */
export function differenceText(
  {
    value,
    low,
    high,
    verdict,
  }: { readonly value: number; readonly low: number; readonly high: number; readonly verdict: Verdict },
  format: (value: number) => string,
): string {
  const sign = value > 0 ? '+' : '';
  return `${sign}${format(value)} (${format(low)} to ${format(high)}): ${verdicts[verdict]}`;
}
