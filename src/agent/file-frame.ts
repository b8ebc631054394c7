import * as v from 'valibot';
import { PlaytrainError } from '../contract';
import { checksum } from './checksum';
import { bad } from './file-error';
import { infinityAsText } from './file-schemas';
import {
  readSafetensors,
  type SafetensorsFile,
  type SafetensorsTensor,
  writeSafetensors,
} from './safetensors';

// How files of ours are known and checked, whatever they hold.

/** What `format` says in the metadata of a file that holds a whole run, and of one that holds a policy alone. */
export const runFormat = 'playtrain-training-state';
export const policyFormat = 'playtrain-policy';
/** Before the names of tensors that hold a run's history; see `history-file`. Theirs may be not finite. */
export const historyPrefix = 'history.';
/** Raised when a file of the old kind could no longer be read. Version 1 had no checksum. */
const formatVersion = 2;
const checksumKey = 'checksum';

/**
 * Writes a file of ours, with a checksum by which it is known to be as it was written.
 *
 * @param format what kind of file it is.
 * @param metadata all that is not tensors; numbers in it may be infinite.
 * @param what was not saved, where the error says so, such as “run”.
 * @throws PlaytrainError `not-finite` when a number of a state in it is not finite, since the file could not be read
 * again.
 */
export function writeFile(
  format: string,
  tensors: ReadonlyMap<string, SafetensorsTensor>,
  metadata: Readonly<Record<string, unknown>>,
  what: string,
): Uint8Array<ArrayBuffer> {
  for (const [name, { data }] of tensors) {
    if (name.startsWith(historyPrefix) || data.every(Number.isFinite)) continue;
    throw new PlaytrainError(
      'not-finite',
      `The ${what} was not saved: its “${name}” holds NaN or Infinity. Go back to the last saved state.`,
    );
  }
  const texts = Object.entries(metadata).map(([name, value]): [string, string] => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value, (_key, each: unknown) => infinityAsText(each)),
  ]);
  const described = new Map([['format', format], ['formatVersion', String(formatVersion)], ...texts]);
  const file = { tensors, metadata: described };
  return writeSafetensors({ tensors, metadata: new Map([...described, [checksumKey, checksumOf(file)]]) });
}

/** What kind of file of ours this is; undefined where it is none. */
export function formatOf({ metadata }: SafetensorsFile): string | undefined {
  return metadata.get('format');
}

/**
 * Reads a file that `writeFile` wrote, or one of format version 1.
 *
 * @throws PlaytrainError `bad-file` where it is another kind of file, of a later version, or not as it was written.
 */
export function readFile(bytes: Uint8Array, format: string): SafetensorsFile {
  return checkedFile(readSafetensors(bytes), format);
}

/** As `readFile`, of a file that is open. */
export function checkedFile(file: SafetensorsFile, format: string): SafetensorsFile {
  const { metadata } = file;
  const found = metadata.get('format');
  if (found !== format && found === policyFormat) {
    throw bad('it holds a policy alone', 'Take it as an opponent under “Play”, or choose an exported run.');
  }
  if (found !== format) throw bad('it was not exported by Playtrain', 'Choose a file that was.');
  const version = metadata.get('formatVersion');
  if (version !== '1' && version !== String(formatVersion)) {
    throw bad(
      `it has format version ${version}, and versions 1 to ${formatVersion} are read here`,
      'Open it with the Playtrain that wrote it.',
    );
  }
  const written = metadata.get(checksumKey);
  if (written === undefined ? version !== '1' : written !== checksumOf(file)) {
    throw bad('what it holds is not what was written; it was damaged or changed', 'Export it again.');
  }
  return file;
}

/** Of all that a file holds, in whatever order, but the checksum itself. */
function checksumOf({ tensors, metadata }: SafetensorsFile): string {
  const byName = <Value>(entries: ReadonlyMap<string, Value>) =>
    [...entries].sort(([left], [right]) => (left < right ? -1 : 1));
  return checksum([
    ...byName(metadata)
      .filter(([name]) => name !== checksumKey)
      .flat(),
    ...byName(tensors).flatMap(([name, { dtype, shape, data }]) => [
      `${name} ${dtype} ${shape.join()}`,
      data,
    ]),
  ]);
}

/**
 * Reads one entry of a file's metadata that holds JSON.
 *
 * @throws PlaytrainError `bad-file` where it is missing, not JSON, or not as the schema says.
 */
export function parseMetadata<Schema extends v.GenericSchema>(
  metadata: ReadonlyMap<string, string>,
  name: string,
  schema: Schema,
): v.InferOutput<Schema> {
  const json = metadata.get(name);
  if (json === undefined) throw bad(`its metadata has no “${name}”`, 'Export it again.');
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch (cause) {
    throw bad('its metadata is not readable JSON', 'Export it again.', { cause });
  }
  const result = v.safeParse(schema, parsed);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw bad(
    `in its metadata, “${v.getDotPath(issue) ?? name}” is wrong (${issue.message})`,
    'Export it again.',
  );
}
