import * as v from 'valibot';
import {
  backendNames,
  collectorChoices,
  type EnvironmentSpec,
  hyperparameterProblems,
  type NormalisationData,
  PlaytrainError,
  type Policy,
  priorities,
  problemMessage,
  sb3Hyperparameters,
  type TrainingState,
} from '../contract';
import { randomStateSize } from '../random/seeded-random';
import { bad } from './file-error';
import { parseMetadata, readFile, runFormat, writeFile } from './file-frame';
import { checkGraph } from './file-graph';
import { finite, size, specSchema, statisticsSchema, whole } from './file-schemas';
import { checkExpected, specProblem } from './file-spec';
import {
  addParameters,
  addStatistics,
  checkedStatistics,
  gather,
  namedTensor,
  statistics,
} from './file-tensors';
import { decodePast, encodePast, type PastFile, pastName } from './past-file';
import { boundParameters, type PolicyLayout, policyLayout } from './policy';
import { rewardWeightsOf } from './reward-weights';
import type { SafetensorsTensor } from './safetensors';

/** Files larger than this are refused before they are read: the largest net's run, with every earlier policy, is less. */
export const largestRunFileBytes = 256 * 2 ** 20;

/** Prefixes of the three tensors that each parameter block has. */
const parameterSets = { parameters: 'policy.', adamMean: 'adam.mean.', adamVariance: 'adam.variance.' };

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
  activation: v.picklist(['tanh', 'relu', 'swish']),
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

const outcomeSchema = v.picklist([-1, 0, 1]);

const stateSchema = v.object({
  spec: specSchema,
  hyperparameters: hyperparametersSchema,
  version: whole,
  decisions: whole,
  updates: whole,
  adamSteps: whole,
  // Files of before they were kept: see `decodeTrainingState`.
  annealedFrom: v.exactOptional(v.nullable(whole)),
  rewardsSince: v.exactOptional(v.object({ version: whole, weights: v.array(finite) })),
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
      winRates: v.exactOptional(v.record(v.string(), finite)),
    }),
  ),
  // Files of before agents met have neither.
  past: v.optional(
    v.array(
      v.union([
        v.object({ version: whole, observations: v.nullable(statisticsSchema) }),
        v.object({ version: whole, file: v.string() }),
      ]),
    ),
    [],
  ),
  outcomes: v.optional(v.record(v.string(), v.array(outcomeSchema)), {}),
});

/** A run at one moment, its earlier policies in files of their own. */
export interface Checkpoint {
  /** Names its earlier policies and does not contain them. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Oldest first. */
  readonly past: readonly PastFile[];
}

/** Gives the bytes of the earlier policy of that name, which tells its version too; null where they are gone. */
export type FindPast = (name: string, version: number) => Uint8Array | null;

/** For who needs no earlier policies of a checkpoint that names them: they are left out. */
export const leaveOutPast: FindPast = () => null;

// ---- Writing --------------------------------------------------------------------------------------------------------

/**
 * Writes a training state as one safetensors file: every parameter block under its own name (`policy.actor.0.kernel`
 * `[in, out]`, …), Adam's moments likewise (`adam.mean.…`, `adam.variance.…`), normalisation statistics,
 * earlier policies (`past.40`, flat), and as JSON in the metadata what is computed with the blocks (`graph`) and
 * everything else (`state`).
 *
 * @throws PlaytrainError `not-finite` when a number in it is not finite, since the file could not be read again.
 */
export function encodeTrainingState(state: TrainingState): Uint8Array<ArrayBuffer> {
  const tensors = presentTensors(state);
  for (const { version, parameters: data } of state.past) {
    tensors.set(tensorName(version), { dtype: 'F32', shape: [data.length], data });
  }
  return writeState(
    state,
    tensors,
    state.past.map(({ version, observations }) => ({ version, observations })),
  );
}

/**
 * Writes a training state for keeping: what changes with every update in one file, and each earlier policy, which never
 * changes, in one of its own.
 *
 * @param isKept whether the earlier policy of that name has been written before; those are not written again.
 * @throws PlaytrainError `not-finite` as `encodeTrainingState`.
 */
export function encodeCheckpoint(
  state: TrainingState,
  isKept: (name: string) => boolean = () => false,
): Checkpoint {
  const named = state.past.map((policy) => ({ version: policy.version, file: pastName(policy) }));
  return {
    bytes: writeState(state, presentTensors(state), named),
    past: state.past.filter((policy) => !isKept(pastName(policy))).map(encodePast),
  };
}

/** All but earlier policies. */
function presentTensors(state: TrainingState): Map<string, SafetensorsTensor> {
  const layout = policyLayout(state.spec, state.hyperparameters);
  const tensors = new Map<string, SafetensorsTensor>();
  for (const [set, prefix] of setEntries()) addParameters(tensors, layout, prefix, state[set]);
  addStatistics(tensors, 'observations', state.normalisation.observations);
  addStatistics(tensors, 'rewards', state.normalisation.rewards);
  return tensors;
}

function writeState(
  state: TrainingState,
  tensors: ReadonlyMap<string, SafetensorsTensor>,
  past: DescribedState['past'],
): Uint8Array<ArrayBuffer> {
  const described: DescribedState = {
    spec: state.spec,
    hyperparameters: state.hyperparameters,
    version: state.version,
    decisions: state.decisions,
    updates: state.updates,
    adamSteps: state.adamSteps,
    annealedFrom: state.annealedFrom,
    rewardsSince: state.rewardsSince,
    shuffleRandom: state.shuffleRandom,
    recentEpisodes: state.recentEpisodes,
    curve: state.curve,
    past,
    outcomes: state.outcomes,
  };
  const { graph } = policyLayout(state.spec, state.hyperparameters);
  return writeFile(runFormat, tensors, { game: state.spec.game, state: described, graph }, 'run');
}

// ---- Reading --------------------------------------------------------------------------------------------------------

/**
 * Reads what `encodeTrainingState` or `encodeCheckpoint` wrote. Nothing of a refused file is used.
 *
 * @param expected the running game: a file for another game, or for other spaces, is refused.
 * @param findPast for a checkpoint that names its earlier policies. Those that are gone or damaged are left out.
 * @throws PlaytrainError `bad-file`, saying what is wrong with the file and what to do; also where a checkpoint names
 * earlier policies and nobody finds them.
 */
export function decodeTrainingState(
  bytes: Uint8Array,
  expected?: EnvironmentSpec,
  findPast?: FindPast,
): TrainingState {
  const { tensors, metadata } = readFile(bytes, runFormat);
  const { past: described, ...state } = parseMetadata(metadata, 'state', stateSchema);
  const setting = hyperparameterProblems(state.hyperparameters)[0];
  const problem = setting === undefined ? specProblem(state.spec) : problemMessage(setting);
  if (problem !== undefined) throw bad(`its settings cannot work (${problem})`, 'Export it again.');
  if (expected) checkExpected(state.spec, expected);

  const layout = policyLayout(state.spec, state.hyperparameters);
  const sets = Object.fromEntries(
    setEntries().map(([set, prefix]) => [set, gather(tensors, layout, prefix)]),
  ) as Record<keyof typeof parameterSets, Float32Array<ArrayBuffer>>;
  checkGraph(metadata, layout);
  if (!sets.adamVariance.every((variance) => variance >= 0)) {
    throw bad('its Adam variances are not all positive', 'Choose an earlier export.');
  }
  const { normaliseObservations, normaliseRewards } = state.hyperparameters;
  const { size: observationSize } = state.spec.observationSpace;
  const normalisation: NormalisationData = {
    observations: normaliseObservations ? statistics(tensors, 'observations', observationSize) : null,
    rewards: normaliseRewards ? statistics(tensors, 'rewards', 1) : null,
  };
  const find = findPast ?? refuseNamed;
  const past = described.flatMap((policy): Policy | readonly [] =>
    'file' in policy ? (foundPast(policy, find, layout) ?? []) : containedPast(policy, tensors, layout),
  );
  refuseImpossiblePast(past, state);
  // Of a time when nothing bounded them; what was read is ours to change, and goes by the name it was kept under.
  for (const { parameters } of [sets, ...past]) boundParameters(layout, parameters);
  // What annealed without saying from where had begun so.
  const annealedFrom = state.annealedFrom ?? (state.hyperparameters.learningRateAnnealing ? 0 : null);
  const rewardsSince = state.rewardsSince ?? {
    version: 0,
    weights: rewardWeightsOf(state.spec, state.hyperparameters),
  };
  return { ...state, ...sets, normalisation, annealedFrom, rewardsSince, past };
}

/** The id of the game that a file's run plays. @throws PlaytrainError `bad-file` where it holds no run. */
export function gameOfTrainingState(bytes: Uint8Array): string {
  const { metadata } = readFile(bytes, runFormat);
  return parseMetadata(metadata, 'state', stateSchema).spec.game;
}

/** The earlier policies that a checkpoint names, oldest first; none of a file that contains them. */
export function namedPast(checkpoint: Uint8Array): readonly Omit<PastFile, 'bytes'>[] {
  const { metadata } = readFile(checkpoint, runFormat);
  const { past } = parseMetadata(metadata, 'state', stateSchema);
  return past.flatMap((policy) => ('file' in policy ? { name: policy.file, version: policy.version } : []));
}

/** As in the metadata: earlier policies without their weights. */
type DescribedState = Omit<TrainingState, keyof typeof parameterSets | 'normalisation' | 'past'> & {
  readonly past: readonly (ContainedPast | NamedPast)[];
};
type ContainedPast = Omit<Policy, 'parameters'>;
interface NamedPast {
  readonly version: number;
  readonly file: string;
}

function containedPast(
  { version, observations }: ContainedPast,
  tensors: ReadonlyMap<string, SafetensorsTensor>,
  { parameterCount, observationSize }: PolicyLayout,
): Policy {
  const { data } = namedTensor(tensors, tensorName(version), 'F32', [parameterCount]);
  return {
    version,
    parameters: Float32Array.from(data),
    observations:
      observations && checkedStatistics(observations, observationSize, `its policy of update ${version}`),
  };
}

function foundPast(
  { file, version }: NamedPast,
  find: FindPast,
  { parameterCount, observationSize }: PolicyLayout,
): Policy | null {
  const bytes = find(file, version);
  if (bytes === null) return null;
  try {
    return decodePast(file, bytes, parameterCount, observationSize);
  } catch (error) {
    if (error instanceof PlaytrainError) return null;
    throw error;
  }
}

function refuseNamed(name: string): never {
  throw bad(`its earlier policy “${name}” lies in a file of its own`, 'Export the run again, as one file.');
}

/** Who takes part in a run as its earlier policy must be one: older than it, in order, and seeing as it does. */
function refuseImpossiblePast(
  past: readonly Policy[],
  { version, hyperparameters }: Pick<TrainingState, 'version' | 'hyperparameters'>,
): void {
  const versions = past.map((policy) => policy.version);
  if (!versions.every((each, i) => each <= version && each > (versions[i - 1] ?? -1))) {
    throw bad('its earlier policies are not in order', 'Choose an earlier export.');
  }
  if (past.some(({ observations }) => (observations !== null) !== hyperparameters.normaliseObservations)) {
    throw bad('its earlier policies saw otherwise than it does', 'Choose an earlier export.');
  }
}

// ---- Taking apart and putting together ------------------------------------------------------------------------------

/** Takes a file that contains its earlier policies apart, for keeping. @throws PlaytrainError `bad-file`. */
export function splitPast(whole: Uint8Array): Checkpoint {
  return encodeCheckpoint(decodeTrainingState(whole));
}

/**
 * Makes one file of a checkpoint and the earlier policies that it names, for going on and for export.
 *
 * @returns the file, and those that it is without, since they are gone or damaged.
 * @throws PlaytrainError `bad-file` where the checkpoint itself cannot be read.
 */
export function joinPast(
  checkpoint: Uint8Array,
  findPast: FindPast,
): { readonly bytes: Uint8Array<ArrayBuffer>; readonly leftOut: readonly Omit<PastFile, 'bytes'>[] } {
  const state = decodeTrainingState(checkpoint, undefined, findPast);
  const found = new Set(state.past.map(pastName));
  const leftOut = namedPast(checkpoint).filter(({ name }) => !found.has(name));
  return { bytes: encodeTrainingState(state), leftOut };
}

function setEntries(): [keyof typeof parameterSets, string][] {
  return Object.entries(parameterSets) as [keyof typeof parameterSets, string][];
}

/** Of an earlier policy that the file contains. */
function tensorName(version: number): string {
  return `past.${version}`;
}
