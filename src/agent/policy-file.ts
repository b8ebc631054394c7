import * as v from 'valibot';
import {
  type EnvironmentSpec,
  type Hyperparameters,
  PlaytrainError,
  type Policy,
  type TrainingState,
} from '../contract';
import { decodeTrainingState } from './checkpoint';
import {
  addParameters,
  addStatistics,
  bad,
  checkExpected,
  finite,
  gather,
  infinityAsText,
  parseMetadata,
  size,
  specProblem,
  specSchema,
  statistics,
  whole,
} from './file-parts';
import { policyLayout } from './policy';
import { readSafetensors, type SafetensorsTensor, writeSafetensors } from './safetensors';

/** What `format` says in the metadata of a file that holds a policy alone. */
const formatName = 'playtrain-policy';
/** Raised when a file of the old kind could no longer be read. */
const formatVersion = 1;
const prefix = 'policy.';

/** A policy with its sizes and where it comes from: all that a file of its own holds. Plain data. */
export interface PolicyData extends Policy {
  readonly spec: EnvironmentSpec;
  readonly hiddenSizes: readonly number[];
  readonly activation: Hyperparameters['activation'];
  /** For people. */
  readonly name: string;
  /** Decisions that it learned from. */
  readonly decisions: number;
  readonly seed: number;
  /** At which it learned to choose; the game's own where none is named. */
  readonly decisionIntervalTicks?: number;
  /** How it was made, such as the command. */
  readonly note?: string;
}

const policySchema = v.object({
  spec: specSchema,
  hiddenSizes: v.pipe(v.array(size), v.minLength(1)),
  activation: v.picklist(['tanh', 'relu']),
  name: v.string(),
  version: whole,
  decisions: whole,
  seed: finite,
  decisionIntervalTicks: v.exactOptional(size),
  normalised: v.boolean(),
  note: v.exactOptional(v.string()),
});

/**
 * Writes a policy as one safetensors file: every parameter block under its own name (`policy.actor.0.kernel`
 * `[in, out]`, …), statistics of observations where it has them, and everything else as JSON in the metadata's
 * `policy`.
 *
 * @throws PlaytrainError `not-finite` when a number in it is not finite, since the file could not be read again.
 */
export function encodePolicy(policy: PolicyData): Uint8Array<ArrayBuffer> {
  const { parameters, observations, ...rest } = policy;
  const tensors = new Map<string, SafetensorsTensor>();
  addParameters(tensors, policyLayout(policy.spec, policy), prefix, parameters);
  addStatistics(tensors, 'observations', observations);
  for (const [name, { data }] of tensors) {
    if (data.every(Number.isFinite)) continue;
    throw new PlaytrainError(
      'not-finite',
      `The policy was not saved: its “${name}” holds NaN or Infinity. Go back to the last saved state.`,
    );
  }
  const described = { ...rest, normalised: observations !== null };
  const metadata = new Map([
    ['format', formatName],
    ['formatVersion', String(formatVersion)],
    ['game', policy.spec.game],
    ['policy', JSON.stringify(described, (_key, value: unknown) => infinityAsText(value))],
  ]);
  return writeSafetensors({ tensors, metadata });
}

/**
 * Reads a policy from a file of its own, or out of a training state.
 *
 * @param expected where given, a file of another game, or whose agent saw or chose otherwise, is refused.
 * @throws PlaytrainError `bad-file` with what is wrong and what to do.
 */
export function decodePolicy(bytes: Uint8Array, expected?: EnvironmentSpec): PolicyData {
  const { tensors, metadata } = readSafetensors(bytes);
  if (metadata.get('format') !== formatName) {
    const state = decodeTrainingState(bytes, expected);
    return policyOf(state, `Version ${state.version}`);
  }
  if (metadata.get('formatVersion') !== String(formatVersion)) {
    throw bad(
      `it has format version ${metadata.get('formatVersion')}, and version ${formatVersion} is read here`,
      'Open it with the Playtrain that wrote it.',
    );
  }
  const { normalised, ...described } = parseMetadata(metadata, 'policy', policySchema);
  const { spec } = described;
  const problem = specProblem(spec);
  if (problem !== undefined) throw bad(`it cannot be played (${problem})`, 'Export it again.');
  if (expected) checkExpected(spec, expected);
  const observations = statistics(tensors, 'observations', spec.observationSpace.size);
  if (normalised && observations === null) {
    throw bad('the statistics that normalise its observations are missing', 'Export it again.');
  }
  return { ...described, parameters: gather(tensors, policyLayout(spec, described), prefix), observations };
}

/** A run's policy as it stands. */
export function policyOf(state: TrainingState, name: string): PolicyData {
  const { spec, hyperparameters, version, decisions, parameters, normalisation } = state;
  const { hiddenSizes, activation, seed, decisionIntervalTicks } = hyperparameters;
  const { observations } = normalisation;
  return {
    spec,
    hiddenSizes,
    activation,
    name,
    version,
    decisions,
    seed,
    decisionIntervalTicks,
    parameters: parameters.slice(),
    observations,
  };
}
