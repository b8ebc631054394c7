import * as v from 'valibot';
import type { Policy } from '../contract';
import { checksum } from './checksum';
import { bad } from './file-error';
import { parseMetadata, readFile, writeFile } from './file-frame';
import { whole } from './file-schemas';
import { addStatistics, namedTensor, statistics } from './file-tensors';
import type { SafetensorsTensor } from './safetensors';

/** What `format` says in the metadata of a file that holds an earlier policy of a run. */
const formatName = 'playtrain-past-policy';
const weightsName = 'parameters';

/** An earlier policy of a run as a file of its own, which never changes: written once, kept while a checkpoint names it. */
export interface PastFile {
  /** As checkpoints name it. */
  readonly name: string;
  readonly version: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Names of policies that were asked for: they never change, and a checkpoint a second asks for each. */
const names = new WeakMap<Policy, string>();

/**
 * What a checkpoint calls an earlier policy: its version and a checksum of what it holds. A run that goes back and
 * comes to the same version again has another policy there, under another name.
 */
export function pastName(policy: Policy): string {
  const known = names.get(policy);
  if (known !== undefined) return known;
  const { version, parameters, observations } = policy;
  const name = `${version}-${checksum([parameters, JSON.stringify(observations)])}`;
  names.set(policy, name);
  return name;
}

/** @throws PlaytrainError `not-finite` when a number in it is not finite. */
export function encodePast(policy: Policy): PastFile {
  const { version, parameters: data, observations } = policy;
  const tensors = new Map<string, SafetensorsTensor>();
  tensors.set(weightsName, { dtype: 'F32', shape: [data.length], data });
  addStatistics(tensors, 'observations', observations);
  const bytes = writeFile(formatName, tensors, { past: { version } }, 'earlier policy');
  return { name: pastName(policy), version, bytes };
}

/**
 * Reads what `encodePast` wrote.
 *
 * @param parameterCount of the run's net. @param observationSize of its game.
 * @throws PlaytrainError `bad-file` where the file is damaged, or not the one of that name.
 */
export function decodePast(
  name: string,
  bytes: Uint8Array,
  parameterCount: number,
  observationSize: number,
): Policy {
  const { tensors, metadata } = readFile(bytes, formatName);
  const { version } = parseMetadata(metadata, 'past', v.object({ version: whole }));
  const { data } = namedTensor(tensors, weightsName, 'F32', [parameterCount]);
  const policy: Policy = {
    version,
    parameters: Float32Array.from(data),
    observations: statistics(tensors, 'observations', observationSize),
  };
  if (pastName(policy) !== name)
    throw bad('it holds another policy than its name says', 'Export the run again.');
  return policy;
}
