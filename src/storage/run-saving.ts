import type { Hyperparameters, MetricPoint, RunStanding } from '../contract';

/** An earlier policy that a checkpoint names instead of containing it. */
export interface PastFile {
  /** Tells what is in it: two with one name are the same. */
  readonly name: string;
  readonly version: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A training state to be kept. */
export interface Checkpoint extends RunStanding {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The earlier policies that it names. */
  readonly past: readonly string[];
}

/** A kept training state with the earlier policies that it names, but for those that cannot be read. */
export interface KeptState extends RunStanding {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly past: readonly PastFile[];
}

/** What changed of a run since it was last saved; what is left out stays as it is. */
export interface RunSaving {
  readonly settings?: Hyperparameters;
  readonly thumbnail?: readonly number[];
  readonly latest?: Checkpoint;
  readonly best?: Checkpoint;
  /** Of updates that stay kept from now on; one whose number is kept already takes its place. */
  readonly updates?: readonly Checkpoint[];
  /** Earlier policies that the checkpoints name and that were not saved before. */
  readonly newPast?: readonly PastFile[];
  /** Updates since then, ascending. Where they begin before the last one that is kept, the run went back. */
  readonly points?: readonly MetricPoint[];
}
