import type { RunId, RunRecord, RunSlot, SettingChange } from '../../contract';

/** A kept run as lists show it. */
export interface KeptRun {
  readonly record: RunRecord;
  /** Its settings that differ from what its game opens with: `from` the default `to` its own. */
  readonly differing: readonly SettingChange[];
}

/** How much room there is, in bytes; null where the browser does not tell. */
export interface KeptSpace {
  readonly runBytes: number;
  readonly usedBytes: number | null;
  readonly quotaBytes: number | null;
  /** False where the browser may delete everything when the machine runs short of space. */
  readonly isPersisted: boolean | null;
}

/** What this browser keeps. Null of the page's state until it was read, and where storage is closed. */
export interface KeptState {
  /** Those opened last first. */
  readonly runs: readonly KeptRun[];
  /** Deleted ones that can be had back. */
  readonly removed: readonly RunRecord[];
  readonly space: KeptSpace | null;
}

/** What a person asked for about kept runs. */
export type KeptIntent =
  | { readonly kind: 'renameRun'; readonly run: RunId; readonly name: string }
  /** Another run that begins where this one stands, or stood at one of its kept updates. */
  | { readonly kind: 'forkRun'; readonly run: RunId; readonly slot: RunSlot }
  /** Let the present update of the run in front stay kept. */
  | { readonly kind: 'keepUpdate' }
  | { readonly kind: 'removeRun'; readonly run: RunId }
  | { readonly kind: 'restoreRun'; readonly run: RunId }
  /** Deletes for good what was deleted. */
  | { readonly kind: 'purgeRuns' }
  | { readonly kind: 'exportKeptRun'; readonly run: RunId }
  | { readonly kind: 'exportEverything' }
  | { readonly kind: 'importEverything'; readonly file: File };

declare module '../shell/page-state' {
  interface FeatureState {
    /** What this browser keeps; null until it was read, and where storage is closed. */
    readonly kept: KeptState | null;
  }
  interface FeatureIntents {
    readonly kept: KeptIntent;
  }
}
