import * as v from 'valibot';
import { hyperparameterFields, type MetricPoint, type SettingChange } from '../contract';
import { finite, whole } from './entry-parts';

/** What a number array holds where a point has no number, and where it has not even the key. */
const none = Number.NaN;
const absent = Number.POSITIVE_INFINITY;

const doubles = v.instance(Float64Array<ArrayBuffer>);
const settingValue = v.nullable(
  v.union([finite, v.boolean(), v.string(), v.pipe(v.array(finite), v.readonly())]),
);

const changeSchema = v.object({
  key: v.string(),
  term: v.exactOptional(v.string()),
  from: settingValue,
  to: settingValue,
});
type KeptChange = v.InferOutput<typeof changeSchema>;

/** A point by itself, as a file has it. */
export const pointSchema: v.GenericSchema<unknown, MetricPoint> = v.object({
  version: whole,
  decisions: finite,
  values: v.record(v.string(), v.nullable(finite)),
  returnSpread: v.nullable(finite),
  changed: v.pipe(
    v.array(changeSchema),
    v.transform((changes) => changes.filter(isKnown)),
  ),
});

/**
 * A stretch of a run's history, column by column: 8 bytes a number. NaN stands for null, Infinity for a key that the
 * point has not, such as the win rate against somebody whom the agent had not met.
 */
const chunkSchema = v.pipe(
  v.object({
    versions: doubles,
    decisions: doubles,
    returnSpread: doubles,
    values: v.record(v.string(), doubles),
    changes: v.array(v.object({ ...changeSchema.entries, index: whole })),
  }),
  v.check(({ versions, decisions, returnSpread, values }) =>
    [decisions, returnSpread, ...Object.values(values)].every(({ length }) => length === versions.length),
  ),
  v.check(({ versions }) =>
    versions.every((version, index) => index === 0 || version > versions[index - 1]!),
  ),
);

export type HistoryChunk = v.InferOutput<typeof chunkSchema>;

/** Lays points out in columns. Numbers that are not finite become null. */
export function packChunk(points: readonly MetricPoint[]): HistoryChunk {
  const keys = new Set(points.flatMap(({ values }) => Object.keys(values)));
  const column = (of: (point: MetricPoint) => number | null | undefined) =>
    Float64Array.from(points, (point) => {
      const number = of(point);
      if (number === undefined) return absent;
      return number !== null && Number.isFinite(number) ? number : none;
    });
  return {
    versions: column(({ version }) => version),
    decisions: column(({ decisions }) => decisions),
    returnSpread: column(({ returnSpread }) => returnSpread),
    values: Object.fromEntries([...keys].map((key) => [key, column(({ values }) => values[key])])),
    changes: points.flatMap(({ changed }, index) => changed.map((change) => ({ index, ...change }))),
  };
}

/** Points as they were before `packChunk`. */
export function unpackChunk({
  versions,
  decisions,
  returnSpread,
  values,
  changes,
}: HistoryChunk): MetricPoint[] {
  const points = Array.from(versions, (version, index) => ({
    version,
    decisions: decisions[index]!,
    returnSpread: orNull(returnSpread[index]!),
    values: Object.fromEntries(
      Object.entries(values).flatMap(([key, column]) =>
        column[index] === absent ? [] : [[key, orNull(column[index]!)]],
      ),
    ),
    changed: [] as SettingChange[],
  }));
  for (const { index, ...change } of changes) {
    if (isKnown(change)) points[index]?.changed.push(change);
  }
  return points;
}

export function chunkBytes({ versions, values, changes }: HistoryChunk): number {
  const columns = 3 + Object.keys(values).length;
  return 8 * columns * versions.length + 100 * changes.length;
}

/** A chunk as storage gave it; null where it is not one. */
export function readChunk(entry: unknown): HistoryChunk | null {
  const result = v.safeParse(chunkSchema, entry);
  return result.success ? result.output : null;
}

function orNull(number: number): number | null {
  return Number.isFinite(number) ? number : null;
}

const settingKeys: ReadonlySet<string> = new Set(hyperparameterFields.map(({ key }) => key));

/** A setting that another version had and this one has not is nothing that a chart could mark. */
function isKnown(change: KeptChange): change is SettingChange {
  return settingKeys.has(change.key);
}
