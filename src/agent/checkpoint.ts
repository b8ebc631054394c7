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
  problemSentence,
  type RunningStatisticsData,
  sb3Hyperparameters,
  type TrainingState,
} from '../contract';
import { randomStateSize } from '../random/seeded-random';
import {
  addParameters,
  addStatistics,
  bad,
  checkExpected,
  finite,
  gather,
  infinityAsText,
  namedTensor,
  parseMetadata,
  size,
  specProblem,
  specSchema,
  statistics,
  statisticsSchema,
  whole,
} from './file-parts';
import { policyLayout } from './policy';
import { readSafetensors, type SafetensorsTensor, writeSafetensors } from './safetensors';

/** What `format` says in the metadata of a file of ours. */
const formatName = 'playtrain-training-state';
/** Raised when a file of the old kind could no longer be read. */
const formatVersion = 1;

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

const outcomeSchema = v.picklist([-1, 0, 1]);

const stateSchema = v.object({
  spec: specSchema,
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
      winRates: v.exactOptional(v.record(v.string(), finite)),
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
    addParameters(tensors, layout, prefix, state[set]);
  }
  addStatistics(tensors, 'observations', state.normalisation.observations);
  addStatistics(tensors, 'rewards', state.normalisation.rewards);
  for (const { version, parameters: data } of state.past) {
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
    past: state.past.map(({ version, observations }) => ({ version, observations })),
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
  const state = parseMetadata(metadata, 'state', stateSchema);
  const setting = hyperparameterProblems(state.hyperparameters)[0];
  const problem = setting === undefined ? specProblem(state.spec) : problemSentence(setting);
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
  const past = state.past.map(({ version, observations }): Policy => {
    const { data } = namedTensor(tensors, pastName(version), 'F32', [layout.parameterCount]);
    return { version, parameters: Float32Array.from(data), observations };
  });
  return { ...state, ...sets, normalisation, past };
}

/** As in the metadata: earlier policies without their weights, which are tensors. */
type ParsedState = Omit<TrainingState, keyof typeof parameterSets | 'normalisation' | 'past'> & {
  readonly past: readonly { readonly version: number; readonly observations: RunningStatisticsData | null }[];
};

function setEntries(): [keyof typeof parameterSets, string][] {
  return Object.entries(parameterSets) as [keyof typeof parameterSets, string][];
}

function pastName(version: number): string {
  return `past.${version}`;
}
