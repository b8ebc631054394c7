import type { Finding } from '../src/contract';
import { findingSentence } from '../src/texts/doctor';
import { formatMetric } from '../src/ui/kit/format';
import type { SeedResult } from './learn-run';
import { median } from './measure';
import { table } from './table';

/** What `npm run learn` measured; the JSON file's fields. */
export interface LearnReport {
  readonly game: string;
  readonly preset: string;
  /** Workers, as the setting names them, that shared the arenas. */
  readonly collectors: string;
  /** Whether acting and learning went on at once. */
  readonly overlap: boolean;
  readonly backend: string;
  /** WebGL's renderer string; empty for other backends. */
  readonly renderer: string;
  readonly browser: string | null;
  readonly machine: string;
  readonly commit: string;
  readonly threshold: number;
  /** What of a live game counts as learned, such as “16 gates passed in one episode”; null where a mean return does. */
  readonly goal: string | null;
  readonly steps: number;
  readonly seeds: readonly SeedResult[];
}

const decisions = (count: number | null) =>
  count === null ? 'not reached' : Math.round(count).toLocaleString('en-GB');
const seconds = (count: number | null) => (count === null ? '–' : `${count.toFixed(1)} s`);
const reward = (mean: number | null) => (mean === null ? '–' : mean.toFixed(1));

/** A line a seed, then median and spread, then what it ran on. */
export function learnTable(report: LearnReport): string {
  const { seeds } = report;
  const finalMeans = seeds.map(({ curve }) => curve.at(-1)?.mean20 ?? null);
  const rows = seeds.map((result, index) => [
    String(result.seed),
    decisions(result.toThreshold),
    seconds(result.wallSecondsToThreshold),
    reward(finalMeans[index] ?? null),
    seconds(result.wallSeconds),
  ]);
  const reached = seeds.flatMap(({ toThreshold }) => (toThreshold === null ? [] : [toThreshold]));
  const lines = [
    `${report.game}, preset ${report.preset}, collectors ${report.collectors}, ${report.overlap ? 'acting and learning at once' : 'in lockstep'}, ${report.backend}, ${report.steps.toLocaleString('en-GB')} decisions a seed`,
    table([['seed', `to ${report.threshold}`, 'wall', 'last mean of 20', 'whole run'], ...rows]),
    `${reached.length} of ${seeds.length} seeds reached ${report.threshold}${reached.length === 0 ? '' : `, those at a median of ${decisions(median(reached))} decisions (${decisions(Math.min(...reached))} to ${decisions(Math.max(...reached))})`}.`,
  ];
  const walls = seeds.flatMap(({ wallSecondsToThreshold: wall }) => (wall === null ? [] : [wall]));
  if (report.goal !== null && walls.length > 0) {
    lines.push(
      `${report.goal}: after a median of ${seconds(median(walls))} (${seconds(Math.min(...walls))} to ${seconds(Math.max(...walls))}).`,
    );
  }
  const finals = finalMeans.flatMap((mean) => (mean === null ? [] : [mean]));
  if (finals.length > 0) {
    lines.push(
      `Last mean of 20 episodes: median ${reward(median(finals))} (${reward(Math.min(...finals))} to ${reward(Math.max(...finals))}).`,
    );
  }
  lines.push(...findingLines(seeds));
  lines.push(`Machine: ${report.machine}`, `Commit: ${report.commit}`);
  if (report.browser !== null) lines.push(`Browser: ${report.browser}`, `Renderer: ${report.renderer}`);
  return lines.join('\n');
}

/** What the doctor says, each finding once, with the seeds that it is told of. */
export function findingLines(seeds: readonly Pick<SeedResult, 'seed' | 'findings'>[]): readonly string[] {
  const firsts = new Map<string, { readonly finding: Finding; readonly seeds: number[] }>();
  for (const { seed, findings } of seeds) {
    for (const finding of findings) {
      const told = firsts.get(finding.rule) ?? { finding, seeds: [] };
      told.seeds.push(seed);
      firsts.set(finding.rule, told);
    }
  }
  return [...firsts.values()].map(({ finding, seeds: of }) => {
    const patch = Object.keys(finding.patch).length === 0 ? '' : ` Try ${JSON.stringify(finding.patch)}.`;
    return `Doctor, seed ${of.join(', ')}: ${findingSentence(finding, formatMetric)}${patch}`;
  });
}
