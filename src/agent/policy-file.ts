import * as v from 'valibot';
import {
  type EnvironmentSpec,
  fieldProblems,
  type Hyperparameters,
  hyperparameterFields,
  type Policy,
  type TrainingState,
} from '../contract';
import { decodeTrainingState, leaveOutPast } from './checkpoint';
import { bad } from './file-error';
import { checkedFile, formatOf, parseMetadata, policyFormat, writeFile } from './file-frame';
import { checkGraph } from './file-graph';
import { finite, size, specSchema, whole } from './file-schemas';
import { checkExpected, specProblem } from './file-spec';
import { addParameters, addStatistics, gather, statistics } from './file-tensors';
import { boundParameters, policyLayout } from './policy';
import { readSafetensors, type SafetensorsTensor } from './safetensors';

const prefix = 'policy.';

/** Files larger than this are refused before they are read: the largest net's policy takes a tenth of it. */
export const largestPolicyFileBytes = 64 * 2 ** 20;

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
  hiddenSizes: v.pipe(v.array(size), v.check(isPossibleNet, 'more layers, or wider ones, than can be set')),
  activation: v.picklist(['tanh', 'relu', 'swish']),
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
 * `[in, out]`, …), statistics of observations where it has them, and as JSON in the metadata what is computed with the
 * blocks (`graph`) and everything else (`policy`).
 *
 * @throws PlaytrainError `not-finite` when a number in it is not finite, since the file could not be read again.
 */
export function encodePolicy(policy: PolicyData): Uint8Array<ArrayBuffer> {
  const { parameters, observations, ...rest } = policy;
  const tensors = new Map<string, SafetensorsTensor>();
  const layout = policyLayout(policy.spec, policy);
  addParameters(tensors, layout, prefix, parameters);
  addStatistics(tensors, 'observations', observations);
  const described = { ...rest, normalised: observations !== null };
  const metadata = { game: policy.spec.game, policy: described, graph: layout.graph };
  return writeFile(policyFormat, tensors, metadata, 'policy');
}

/**
 * Reads a policy from a file of its own, or out of a training state.
 *
 * @param expected where given, a file of another game, or whose agent saw or chose otherwise, is refused.
 * @throws PlaytrainError `bad-file` with what is wrong and what to do.
 */
export function decodePolicy(bytes: Uint8Array, expected?: EnvironmentSpec): PolicyData {
  const file = readSafetensors(bytes);
  if (formatOf(file) !== policyFormat) {
    const state = decodeTrainingState(bytes, expected, leaveOutPast);
    return policyOf(state, `Update ${state.version}`);
  }
  const { tensors, metadata } = checkedFile(file, policyFormat);
  const { normalised, ...described } = parseMetadata(metadata, 'policy', policySchema);
  const { spec } = described;
  const problem = specProblem(spec);
  if (problem !== undefined) throw bad(`it cannot be played (${problem})`, 'Export it again.');
  if (expected) checkExpected(spec, expected);
  const observations = statistics(tensors, 'observations', spec.observationSpace.size);
  if (normalised !== (observations !== null)) {
    throw bad(
      'the statistics that normalise its observations are missing, or there are some that it does not use',
      'Export it again.',
    );
  }
  const layout = policyLayout(spec, described);
  const parameters = boundParameters(layout, gather(tensors, layout, prefix));
  checkGraph(metadata, layout);
  return { ...described, parameters, observations };
}

/** The policy that a file of its own holds; null for any other file. @throws PlaytrainError `bad-file` where it is damaged. */
export function policyIn(bytes: Uint8Array): PolicyData | null {
  return formatOf(readSafetensors(bytes)) === policyFormat ? decodePolicy(bytes) : null;
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

const sizesField = hyperparameterFields.find(({ key }) => key === 'hiddenSizes')!; // every key has a field

function isPossibleNet(hiddenSizes: number[]): boolean {
  return fieldProblems(sizesField, hiddenSizes).length === 0;
}
