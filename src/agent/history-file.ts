import * as v from 'valibot';
import { bad } from './file-error';
import { historyPrefix, parseMetadata, readFile, runFormat, writeFile } from './file-frame';
import type { SafetensorsFile, SafetensorsTensor } from './safetensors';

// An exported run's file holds the run's history beside its state. Who goes on from the state alone need not know of it.

type Column = Float64Array<ArrayBuffer>;

/**
 * A run's history, a number an update in each column. NaN stands for null, Infinity for a value that the update has not.
 */
export interface HistoryTable {
  readonly versions: Column;
  readonly decisions: Column;
  readonly returnSpread: Column;
  readonly values: Readonly<Record<string, Column>>;
  /** Settings that took hold, each with the `index` of its update; whoever reads it checks it. */
  readonly changes: readonly unknown[];
  /** True where not every update is among them. */
  readonly thinned: boolean;
}

/** What of the history is not columns, as JSON in the metadata. */
const metadataKey = 'history';
const notesSchema = v.object({ thinned: v.boolean(), changes: v.array(v.unknown()) });
const columnNames = ['versions', 'decisions', 'returnSpread'] as const;
const valuesPrefix = `${historyPrefix}values.`;

/**
 * Writes a run's history into the file of its state, as float64 tensors `history.versions`, `history.decisions`,
 * `history.returnSpread` and `history.values.…`.
 *
 * @throws PlaytrainError `bad-file` where it is no run's file.
 */
export function withHistory(run: Uint8Array, history: HistoryTable): Uint8Array<ArrayBuffer> {
  const { tensors, metadata } = withoutHistory(readFile(run, runFormat));
  const columns: [string, Column][] = [
    ...columnNames.map((name): [string, Column] => [historyPrefix + name, history[name]]),
    ...Object.entries(history.values).map(([key, data]): [string, Column] => [valuesPrefix + key, data]),
  ];
  for (const [name, data] of columns) tensors.set(name, { dtype: 'F64', shape: [data.length], data });
  const { thinned, changes } = history;
  return write({
    tensors,
    metadata: new Map(metadata).set(metadataKey, JSON.stringify({ thinned, changes })),
  });
}

/** A run's file, apart from the history that lies in it. */
export interface SplitRun {
  readonly state: Uint8Array<ArrayBuffer>;
  /** Null in a file of a time when states alone were exported. */
  readonly history: HistoryTable | null;
}

/** Takes the history out of a run's file. @throws PlaytrainError `bad-file`. */
export function splitHistory(run: Uint8Array<ArrayBuffer>): SplitRun {
  const file = readFile(run, runFormat);
  if (!file.metadata.has(metadataKey)) return { state: run, history: null };
  const notes = parseMetadata(file.metadata, metadataKey, notesSchema);
  const [versions, decisions, returnSpread] = columnNames.map((name) => column(file, historyPrefix + name));
  if (versions === undefined || decisions === undefined || returnSpread === undefined) {
    throw bad('its history is not whole', 'Export it again.');
  }
  const names = [...file.tensors.keys()].filter((name) => name.startsWith(valuesPrefix));
  const values = names.map((name) => [name.slice(valuesPrefix.length), column(file, name)] as const);
  const table = { versions, decisions, returnSpread, values: Object.fromEntries(values), ...notes };
  return { state: write(withoutHistory(file)), history: table };
}

function column({ tensors }: SafetensorsFile, name: string): Column {
  const tensor = tensors.get(name);
  if (tensor?.dtype === 'F64' && tensor.shape.length === 1) return tensor.data;
  throw bad(`its history has no column “${name}”`, 'Export it again.');
}

function withoutHistory({ tensors, metadata }: SafetensorsFile) {
  const others = [...tensors].filter(([name]) => !name.startsWith(historyPrefix));
  return {
    tensors: new Map<string, SafetensorsTensor>(others),
    metadata: new Map([...metadata].filter(([key]) => key !== metadataKey)),
  };
}

function write({ tensors, metadata }: SafetensorsFile): Uint8Array<ArrayBuffer> {
  return writeFile(runFormat, tensors, Object.fromEntries(metadata), 'run');
}
