import * as v from 'valibot';
import {
  type ActionSpace,
  choiceCounts,
  type EnvironmentSpec,
  PlaytrainError,
  type RunningStatisticsData,
} from '../contract';
import { checksum } from './checksum';
import type { PolicyLayout } from './policy';
import {
  readSafetensors,
  type SafetensorsFile,
  type SafetensorsTensor,
  writeSafetensors,
} from './safetensors';

// What the files of training states and of policies have in common.

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

export const finite = v.pipe(v.number(), v.finite());

export const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

export const size = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

/** JSON has no infinities, and bounds may be infinite. */
const bound = v.union([
  finite,
  v.pipe(
    v.picklist(['Infinity', '-Infinity']),
    v.transform((text) => Number(text)),
  ),
]);

const observationSpaceSchema = v.object({
  size,
  names: v.array(v.string()),
  low: v.array(bound),
  high: v.array(bound),
});

const actionSpaceSchema = v.variant('kind', [
  v.object({
    kind: v.literal('discrete'),
    count: size,
    labels: v.array(v.string()),
    masked: v.exactOptional(v.boolean()),
  }),
  v.object({
    kind: v.literal('multiDiscrete'),
    counts: v.pipe(v.array(size), v.minLength(1)),
    labels: v.array(v.array(v.string())),
    masked: v.exactOptional(v.boolean()),
  }),
  v.object({
    kind: v.literal('continuous'),
    size,
    names: v.array(v.string()),
    low: v.array(bound),
    high: v.array(bound),
  }),
]);

export const specSchema = v.object({
  game: v.string(),
  seats: v.exactOptional(v.picklist([1, 2])),
  winTerm: v.exactOptional(v.string()),
  observationSpace: observationSpaceSchema,
  actionSpace: actionSpaceSchema,
  rewardTerms: v.array(
    v.object({
      name: v.string(),
      description: v.string(),
      defaultWeight: finite,
      shaping: v.exactOptional(v.boolean()),
    }),
  ),
  tickMs: finite,
  timeLimitTicks: whole,
});

export const statisticsSchema = v.object({ count: finite, mean: v.array(finite), variance: v.array(finite) });

/**
 * The same statistics, once they are known to be of `length` components.
 *
 * @param of what they are, such as “observations”. @throws PlaytrainError `bad-file` where they cannot be.
 */
export function checkedStatistics(
  statistics: RunningStatisticsData,
  length: number,
  of: string,
): RunningStatisticsData {
  const { count, mean, variance } = statistics;
  if (mean.length !== length || variance.length !== length) {
    throw bad(`its statistics of ${of} are not as many as they should be`, 'Choose an earlier export.');
  }
  if (!(count > 0) || !variance.every((component) => component >= 0)) {
    throw bad(`its statistics of ${of} have a negative count or variance`, 'Choose an earlier export.');
  }
  return statistics;
}

/** A sentence on what does not fit together in a file's own spaces; undefined when all does. */
export function specProblem({ observationSpace, actionSpace }: EnvironmentSpec): string | undefined {
  const { size: observationSize, names, low, high } = observationSpace;
  if (names.length !== observationSize || low.length !== observationSize || high.length !== observationSize) {
    return 'The observation space’s names and bounds are not as many as its size.';
  }
  if (actionSpace.kind === 'continuous') {
    const { size: actions, low: lowest, high: highest } = actionSpace;
    if (actionSpace.names.length !== actions || lowest.length !== actions || highest.length !== actions) {
      return 'The action space’s names and bounds are not as many as its size.';
    }
  }
  return undefined;
}

/** Throws PlaytrainError `bad-file` where a file's agent would not understand the running game. */
export function checkExpected(spec: EnvironmentSpec, expected: EnvironmentSpec): void {
  if (spec.game !== expected.game) {
    throw bad(
      `it was made for the game “${spec.game}”, and the running game is “${expected.game}”`,
      'Open that game first, or choose another file.',
    );
  }
  if (meaning(spec.observationSpace) !== meaning(expected.observationSpace)) {
    throw bad(
      'its agent saw other observations than this game gives',
      'Choose a file made with this version.',
    );
  }
  if (meaning(spec.actionSpace) !== meaning(expected.actionSpace)) {
    throw bad(
      'its agent chose among other actions than this game has',
      'Choose a file made with this version.',
    );
  }
}

/** What a policy learned depends on: all of a space but the names shown to people. */
function meaning(space: EnvironmentSpec['observationSpace'] | ActionSpace): string {
  const numbers =
    'kind' in space && space.kind !== 'continuous'
      ? [space.kind, choiceCounts(space), space.masked ?? false]
      : [space.size, space.low, space.high];
  return JSON.stringify(numbers, (_key, value: unknown) => infinityAsText(value));
}

/** Reads one flat parameter array, whose blocks are tensors named `prefix` and their own names. */
export function gather(
  tensors: ReadonlyMap<string, SafetensorsTensor>,
  layout: PolicyLayout,
  prefix: string,
): Float32Array<ArrayBuffer> {
  // Every block is checked before memory for all is taken, so that a false size in the metadata costs nothing.
  const blocks = layout.blocks.map(({ name, shape, offset }) => ({
    offset,
    data: namedTensor(tensors, prefix + name, 'F32', shape).data,
  }));
  const gathered = new Float32Array(layout.parameterCount);
  for (const { offset, data } of blocks) gathered.set(data, offset);
  return gathered;
}

/** Null where the file has none: a run that was saved before its first rollout. */
export function statistics(
  tensors: ReadonlyMap<string, SafetensorsTensor>,
  part: 'observations' | 'rewards',
  length: number,
): RunningStatisticsData | null {
  const parts = ['count', 'mean', 'variance'];
  if (!parts.some((name) => tensors.has(statisticsName(part, name)))) return null;
  const read = (name: string, shape: readonly number[]) =>
    Array.from(namedTensor(tensors, statisticsName(part, name), 'F64', shape).data);
  const count = read('count', [1])[0]!; // shape [1]
  const mean = read('mean', [length]);
  const variance = read('variance', [length]);
  return checkedStatistics({ count, mean, variance }, length, part);
}

/** A tensor of this type and shape, or a sentence thrown. */
export function namedTensor(
  tensors: ReadonlyMap<string, SafetensorsTensor>,
  name: string,
  dtype: 'F32' | 'F64',
  shape: readonly number[],
): SafetensorsTensor {
  const tensor = tensors.get(name);
  if (!tensor) throw bad(`its tensor “${name}” is missing`, 'Export it again.');
  if (tensor.dtype !== dtype || tensor.shape.join() !== shape.join()) {
    throw bad(
      `its tensor “${name}” is ${tensor.dtype} [${tensor.shape.join()}] and should be ${dtype} [${shape.join()}]`,
      'Choose a file made with these hidden sizes and this game.',
    );
  }
  if (!tensor.data.every(Number.isFinite)) {
    throw bad(`its tensor “${name}” holds NaN or Infinity`, 'Choose an earlier export.');
  }
  return tensor;
}

function statisticsName(part: 'observations' | 'rewards', name: string): string {
  return `normalisation.${part}.${name}`;
}

function infinityAsText(value: unknown): unknown {
  return value === Infinity || value === -Infinity ? String(value) : value;
}

export function bad(what: string, remedy: string, options?: ErrorOptions): PlaytrainError {
  return new PlaytrainError('bad-file', `This file was not loaded: ${what}. ${remedy}`, options);
}

/** Writes one flat parameter array as `gather` reads it. */
export function addParameters(
  tensors: Map<string, SafetensorsTensor>,
  layout: PolicyLayout,
  prefix: string,
  parameters: Float32Array<ArrayBuffer>,
): void {
  for (const { name, shape, offset, size: length } of layout.blocks) {
    const data = parameters.subarray(offset, offset + length);
    tensors.set(prefix + name, { dtype: 'F32', shape, data });
  }
}

/** Writes statistics as `statistics` reads them; null leaves no trace. */
export function addStatistics(
  tensors: Map<string, SafetensorsTensor>,
  part: 'observations' | 'rewards',
  statistics: RunningStatisticsData | null,
): void {
  if (!statistics) return;
  const { count, mean, variance } = statistics;
  for (const [name, numbers] of Object.entries({ count: [count], mean, variance })) {
    const data = Float64Array.from(numbers);
    tensors.set(statisticsName(part, name), { dtype: 'F64', shape: [data.length], data });
  }
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
