import type { Hyperparameters } from './hyperparameters';

/** Names one run among all that were ever kept, wherever it is copied to. */
export type RunId = string;

/** Where a run keeps the state of an update by its number, such as `at-64`. */
export type UpdateSlot = `at-${number}`;

/** `latest` goes on after a reload; `best` had the highest mean return; others are of updates that stay kept. */
export type RunSlot = 'latest' | 'best' | UpdateSlot;

/** Where the state after the update of this version stays kept. */
export const updateSlot = (version: number): UpdateSlot => `at-${version}`;

/** Where a run stood at one of its checkpoints. */
export interface RunStanding {
  readonly version: number;
  readonly decisions: number;
  /** Null before the first episode ended. */
  readonly meanReturn: number | null;
}

/** A kept run, as lists show it without opening its files. */
export interface RunRecord extends RunStanding {
  readonly id: RunId;
  /** As a person reads it; theirs to change. */
  readonly name: string;
  readonly game: string;
  /** In force when it was last saved. */
  readonly settings: Hyperparameters;
  /** Milliseconds since 1970, as are all times here. */
  readonly createdAtMs: number;
  readonly savedAtMs: number;
  readonly openedAtMs: number;
  /** Null while no checkpoint was the best. */
  readonly best: RunStanding | null;
  /** Updates whose states stay kept, the first of all among them, ascending. */
  readonly updates: readonly RunStanding[];
  /** The curve of the mean return, evenly spaced, at most `thumbnailPoints` values. */
  readonly thumbnail: readonly number[];
  /** Updates whose points are kept. */
  readonly points: number;
  /** True where the history was so long that older points were left out. */
  readonly thinned: boolean;
  /** Of all its files. */
  readonly bytes: number;
  /** How it came here: begun by the person, opened by a link, taken from a file. */
  readonly origin: 'own' | 'link' | 'file';
  /** The run that it began from, and at which version; null for a run from nothing. */
  readonly forkOf: { readonly id: RunId; readonly version: number } | null;
  /** When a person deleted it; it can be had back until it is purged. Null for runs that are there. */
  readonly removedAtMs: number | null;
}
