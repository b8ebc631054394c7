import type { Hyperparameters, SettingChange } from '../../contract';

/** How a session of a run begins. */
export interface SessionStart {
  readonly hyperparameters: Hyperparameters;
  /** The state to go on from; null to begin from nothing. */
  readonly checkpoint: Uint8Array<ArrayBuffer> | null;
  /** Taken when that state was made; 0 without one. From then on no chance is drawn twice. */
  readonly decisions: number;
  /** Settings that take hold with it; the charts mark them. */
  readonly changed: readonly SettingChange[];
  /** Where the run goes back to an earlier policy: of which update; null where it goes on from where it is. */
  readonly wentBackTo: number | null;
  /** True while people are learned from, which needs all experience to be gathered where they play. */
  readonly withoutCollectors: boolean;
}
