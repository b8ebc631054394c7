import type { EnvironmentSpec, Finding, Hyperparameters, MetricPoint } from '../src/contract';
import { diagnose } from '../src/doctor/diagnose';

/** Runs of one game by one preset as they are kept for tests. */
export interface RecordedRuns {
  readonly game: string;
  readonly preset: string;
  readonly commit: string;
  readonly spec: EnvironmentSpec;
  readonly runs: readonly RecordedSeed[];
}

/** One seed's run, a column a figure. */
export interface RecordedSeed {
  readonly settings: Hyperparameters;
  readonly versions: readonly number[];
  readonly decisions: readonly number[];
  readonly returnSpread: readonly (number | null)[];
  readonly values: Readonly<Record<string, readonly (number | null)[]>>;
}

/** More updates are thinned, evenly. */
const mostUpdates = 120;
const digits = 4;

/** Rates and times are the machine's that recorded them. */
const ofMachine: readonly string[] = ['decisionsPerSecond', 'updateMs', 'frameMs'];

export function recordOf(points: readonly MetricPoint[], settings: Hyperparameters): RecordedSeed {
  const every = Math.max(1, Math.ceil(points.length / mostUpdates));
  const kept = points.filter((_, index) => index % every === every - 1);
  const keys = Object.keys(points[0]?.values ?? {}).filter((key) => !ofMachine.includes(key));
  const column = (key: string) => kept.map(({ values }) => rounded(values[key] ?? null));
  return {
    settings,
    versions: kept.map(({ version }) => version),
    decisions: kept.map(({ decisions }) => decisions),
    returnSpread: kept.map(({ returnSpread }) => rounded(returnSpread)),
    values: Object.fromEntries(keys.map((key) => [key, column(key)])),
  };
}

/** The points of a recorded run, as the doctor takes them. */
export function pointsOf({ versions, decisions, returnSpread, values }: RecordedSeed): MetricPoint[] {
  return versions.map((version, index) => ({
    version,
    decisions: decisions[index] ?? 0,
    values: Object.fromEntries(Object.entries(values).map(([key, column]) => [key, column[index] ?? null])),
    returnSpread: returnSpread[index] ?? null,
    changed: [],
  }));
}

/** A run is judged as often as a person may look. */
const looks = 12;

/** What the doctor finds in a run at any moment of it, by the settings that its game is known to be learned with. */
export function findingsAlong(
  points: readonly MetricPoint[],
  settings: Hyperparameters,
  spec: EnvironmentSpec,
): readonly { readonly look: number; readonly found: readonly Finding[] }[] {
  return Array.from({ length: looks }, (_, index) => {
    const look = index + 1;
    const sofar = points.slice(0, Math.ceil((look / looks) * points.length));
    return { look, found: diagnose({ points: sofar, settings, spec, usual: settings }) };
  }).filter(({ found }) => found.length > 0);
}

function rounded(value: number | null): number | null {
  return value === null || !Number.isFinite(value) ? null : Number(value.toPrecision(digits));
}
