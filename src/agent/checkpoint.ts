import * as v from 'valibot';
import {
  type ActionSpace,
  backendNames,
  choiceCounts,
  collectorChoices,
  type EnvironmentSpec,
  hyperparameterProblems,
  type NormalisationData,
  type PastPolicy,
  PlaytrainError,
  priorities,
  type RunningStatisticsData,
  sb3Hyperparameters,
  type TrainingState,
} from '../contract';
import { randomStateSize } from '../random/seeded-random';
import { type PolicyLayout, policyLayout } from './policy';
import { readSafetensors, type SafetensorsTensor, writeSafetensors } from './safetensors';

/** What `format` says in the metadata of a file of ours. */
const formatName = 'playtrain-training-state';
/** Raised when a file of the old kind could no longer be read. */
const formatVersion = 1;

/** Prefixes of the three tensors that each parameter block has. */
const parameterSets = { parameters: 'policy.', adamMean: 'adam.mean.', adamVariance: 'adam.variance.' };

const finite = v.pipe(v.number(), v.finite());
const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const size = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
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

const hyperparametersSchema = v.object({
  learningRate: finite,
  learningRateAnnealing: v.boolean(),
  annealingDecisions: finite,
  discount: finite,
  gaeLambda: finite,
  clipRange: finite,
  valueClip: v.boolean(),
  valueClipRange: finite,
  valueLoss: v.picklist(['meanSquared', 'halfMeanSquared']),
  valueCoefficient: finite,
  entropyCoefficient: finite,
  maxGradientNorm: finite,
  targetKl: finite,
  epochs: whole,
  minibatchSize: whole,
  adamEpsilon: finite,
  rolloutLength: whole,
  arenas: whole,
  decisionIntervalTicks: whole,
  rewardWeights: v.record(v.string(), finite),
  seed: finite,
  hiddenSizes: v.array(size),
  activation: v.picklist(['tanh', 'relu']),
  initialLogStd: finite,
  normaliseObservations: v.boolean(),
  normaliseRewards: v.boolean(),
  bootstrapTruncated: v.boolean(),
  backend: v.picklist(backendNames),
  // Files of before there was a choice.
  selfShare: v.optional(finite, sb3Hyperparameters.selfShare),
  pastShare: v.optional(finite, sb3Hyperparameters.pastShare),
  scriptedShare: v.optional(finite, sb3Hyperparameters.scriptedShare),
  pastWindow: v.optional(whole, sb3Hyperparameters.pastWindow),
  pastInterval: v.optional(whole, sb3Hyperparameters.pastInterval),
  collectors: v.optional(v.picklist(collectorChoices), 'auto'),
  priority: v.optional(v.picklist(priorities), 'balanced'),
});

const statisticsSchema = v.object({ count: finite, mean: v.array(finite), variance: v.array(finite) });
const outcomeSchema = v.picklist([-1, 0, 1]);

const stateSchema = v.object({
  spec: v.object({
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
  }),
  hyperparameters: hyperparametersSchema,
  version: whole,
  decisions: whole,
  updates: whole,
  adamSteps: whole,
  shuffleRandom: v.pipe(v.array(v.pipe(v.number(), v.safeInteger())), v.length(randomStateSize)),
  recentEpisodes: v.array(
    v.object({
      arena: whole,
      return: finite,
      length: whole,
      truncated: v.boolean(),
      against: v.exactOptional(v.object({ opponent: v.string(), outcome: outcomeSchema })),
    }),
  ),
  curve: v.array(
    v.object({
      version: whole,
      decisions: whole,
      meanReturn: v.nullable(finite),
      meanLength: v.nullable(finite),
    }),
  ),
  // Files of before agents met have neither.
  past: v.optional(v.array(v.object({ version: whole, observations: v.nullable(statisticsSchema) })), []),
  outcomes: v.optional(v.record(v.string(), v.array(outcomeSchema)), {}),
});

/**
 * Writes a training state as one safetensors file: every parameter block under its own name (`policy.actor.0.kernel`
 * `[in, out]`, …), Adam's moments likewise (`adam.mean.…`, `adam.variance.…`), normalisation statistics,
 * earlier policies (`past.40`, flat), and everything else as JSON in the metadata's `state`.
 *
 * @throws PlaytrainError `not-finite` when a number in it is not finite, since the file could not be read again.
 */
export function encodeTrainingState(state: TrainingState): Uint8Array<ArrayBuffer> {
  const layout = policyLayout(state.spec, state.hyperparameters);
  const tensors = new Map<string, SafetensorsTensor>();
  for (const [set, prefix] of setEntries()) {
    for (const { name, shape, offset, size: length } of layout.blocks) {
      const data = state[set].subarray(offset, offset + length);
      tensors.set(prefix + name, { dtype: 'F32', shape, data });
    }
  }
  for (const part of ['observations', 'rewards'] as const) {
    const statistics = state.normalisation[part];
    if (!statistics) continue;
    const { count, mean, variance } = statistics;
    for (const [name, numbers] of Object.entries({ count: [count], mean, variance })) {
      const data = Float64Array.from(numbers);
      tensors.set(statisticsName(part, name), { dtype: 'F64', shape: [data.length], data });
    }
  }
  for (const { snapshot } of state.past) {
    const { version, parameters: data } = snapshot;
    tensors.set(pastName(version), { dtype: 'F32', shape: [data.length], data });
  }
  for (const [name, { data }] of tensors) {
    if (!data.every(Number.isFinite)) {
      throw new PlaytrainError(
        'not-finite',
        `The run was not saved: its “${name}” holds NaN or Infinity. Go back to the last saved state.`,
      );
    }
  }
  const rest: ParsedState = {
    spec: state.spec,
    hyperparameters: state.hyperparameters,
    version: state.version,
    decisions: state.decisions,
    updates: state.updates,
    adamSteps: state.adamSteps,
    shuffleRandom: state.shuffleRandom,
    recentEpisodes: state.recentEpisodes,
    curve: state.curve,
    past: state.past.map(({ snapshot: { version }, observations }) => ({ version, observations })),
    outcomes: state.outcomes,
  };
  const metadata = new Map([
    ['format', formatName],
    ['formatVersion', String(formatVersion)],
    ['game', state.spec.game],
    ['state', JSON.stringify(rest, (_key, value: unknown) => infinityAsText(value))],
  ]);
  return writeSafetensors({ tensors, metadata });
}

/**
 * Reads what `encodeTrainingState` wrote. Nothing of a refused file is used.
 *
 * @param expected the running game: a file for another game, or for other spaces, is refused.
 * @throws PlaytrainError `bad-file`, saying what is wrong with the file and what to do.
 */
export function decodeTrainingState(bytes: Uint8Array, expected?: EnvironmentSpec): TrainingState {
  const { tensors, metadata } = readSafetensors(bytes);
  if (metadata.get('format') !== formatName) {
    throw bad('it was not exported by Playtrain', 'Choose a file that was.');
  }
  if (metadata.get('formatVersion') !== String(formatVersion)) {
    throw bad(
      `it has format version ${metadata.get('formatVersion')}, and this page reads version ${formatVersion}`,
      'Open it with the Playtrain that wrote it.',
    );
  }
  const state = parseState(metadata.get('state'));
  const problem = hyperparameterProblems(state.hyperparameters)[0] ?? specProblem(state.spec);
  if (problem !== undefined) throw bad(`its settings cannot work (${problem})`, 'Export it again.');
  if (expected) checkExpected(state.spec, expected);

  const layout = policyLayout(state.spec, state.hyperparameters);
  const sets = Object.fromEntries(
    setEntries().map(([set, prefix]) => [set, gather(tensors, layout, prefix)]),
  ) as Record<keyof typeof parameterSets, Float32Array<ArrayBuffer>>;
  if (!sets.adamVariance.every((variance) => variance >= 0)) {
    throw bad('its Adam variances are not all positive', 'Choose an earlier export.');
  }
  const { normaliseObservations, normaliseRewards } = state.hyperparameters;
  const normalisation: NormalisationData = {
    observations: normaliseObservations
      ? statistics(tensors, 'observations', state.spec.observationSpace.size)
      : null,
    rewards: normaliseRewards ? statistics(tensors, 'rewards', 1) : null,
  };
  const past = state.past.map(({ version, observations }): PastPolicy => {
    const { data } = namedTensor(tensors, pastName(version), 'F32', [layout.parameterCount]);
    return { snapshot: { version, parameters: Float32Array.from(data) }, observations };
  });
  return { ...state, ...sets, normalisation, past };
}

/** As in the metadata: earlier policies without their weights, which are tensors. */
type ParsedState = Omit<TrainingState, keyof typeof parameterSets | 'normalisation' | 'past'> & {
  readonly past: readonly { readonly version: number; readonly observations: RunningStatisticsData | null }[];
};

function parseState(json: string | undefined): ParsedState {
  if (json === undefined) throw bad('its metadata has no “state”', 'Export it again.');
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch (cause) {
    throw bad('its metadata is not readable JSON', 'Export it again.', { cause });
  }
  const result = v.safeParse(stateSchema, parsed);
  if (result.success) return result.output;
  const issue = result.issues[0];
  throw bad(
    `in its metadata, “${v.getDotPath(issue) ?? 'state'}” is wrong (${issue.message})`,
    'Export it again.',
  );
}

/** A sentence on what does not fit together in a file's own spaces; undefined when all does. */
function specProblem({ observationSpace, actionSpace }: EnvironmentSpec): string | undefined {
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

function checkExpected(spec: EnvironmentSpec, expected: EnvironmentSpec): void {
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

function gather(
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
function statistics(
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
  if (!(count > 0) || !variance.every((component) => component >= 0)) {
    throw bad(`its statistics of ${part} have a negative count or variance`, 'Choose an earlier export.');
  }
  return { count, mean, variance };
}

function namedTensor(
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

function setEntries(): [keyof typeof parameterSets, string][] {
  return Object.entries(parameterSets) as [keyof typeof parameterSets, string][];
}

function pastName(version: number): string {
  return `past.${version}`;
}

function statisticsName(part: 'observations' | 'rewards', name: string): string {
  return `normalisation.${part}.${name}`;
}

function infinityAsText(value: unknown): unknown {
  return value === Infinity || value === -Infinity ? String(value) : value;
}

function bad(what: string, remedy: string, options?: ErrorOptions): PlaytrainError {
  return new PlaytrainError('bad-file', `This file was not loaded: ${what}. ${remedy}`, options);
}
