import { decodeTrainingState, encodeCheckpoint, joinPast, namedPast } from '../../agent/checkpoint';
import type { Checkpoint, KeptState, PastFile } from '../../storage/run-saving';
import type { KeptCheckpoint } from '../../workers/protocol';

// A learner's state travels as one file. What is kept of it is taken apart: earlier policies never change, and are most
// of it where agents meet.

/** A state as it is kept, and those of its earlier policies that were not kept before. */
export interface KeptParts {
  readonly checkpoint: Checkpoint;
  readonly newPast: readonly PastFile[];
}

/** @param isKept whether the earlier policy of that name is kept already. */
export function takenApart(
  { bytes, version, decisions, meanReturn }: Omit<KeptCheckpoint, 'isBest'>,
  isKept: (name: string) => boolean,
): KeptParts {
  const state = decodeTrainingState(bytes);
  if (state.past.length === 0) {
    return { checkpoint: { bytes, version, decisions, meanReturn, past: [] }, newPast: [] };
  }
  const { bytes: present, past: newPast } = encodeCheckpoint(state, isKept);
  const past = namedPast(present).map(({ name }) => name);
  return { checkpoint: { bytes: present, version, decisions, meanReturn, past }, newPast };
}

/**
 * A kept state as one file again, without those of its earlier policies that are gone or damaged.
 *
 * @throws PlaytrainError `bad-file` where the state itself cannot be read.
 */
export function joined({ bytes, past }: KeptState): Uint8Array<ArrayBuffer> {
  if (namedPast(bytes).length === 0) return bytes;
  const files = new Map(past.map((file) => [file.name, file.bytes]));
  return joinPast(bytes, (name) => files.get(name) ?? null).bytes;
}
