import { type Hyperparameters, patchBetween, type SettingsPatch, withPatch } from '../../contract';

/** More steps back than anybody remembers. */
const mostSteps = 100;

/** The changes of one run's settings that can be undone, and done again. Pure; none of the patches is empty. */
export interface SettingsHistory {
  /** Patches that lead back, the last change last. */
  readonly undo: readonly SettingsPatch[];
  /** Patches that lead forward again, the next one last. */
  readonly redo: readonly SettingsPatch[];
}

export const noSettingsHistory: SettingsHistory = { undo: [], redo: [] };

/** How a history goes on after settings were to be changed; as it was where they were refused. */
export type HistoryStep = (
  history: SettingsHistory,
  before: Hyperparameters,
  after: Hyperparameters,
) => SettingsHistory;

/** After a person changed settings; what had been undone cannot be done again. */
export const afterChange: HistoryStep = (history, before, after) => {
  const back = patchBetween(after, before);
  return isEmpty(back) ? history : { undo: [...history.undo, back].slice(-mostSteps), redo: [] };
};

/** After the last change was taken back: `after` is as it was before that change. */
export const afterUndo: HistoryStep = (history, before, after) => {
  const forward = patchBetween(after, before);
  if (isEmpty(forward)) return history;
  return { undo: history.undo.slice(0, -1), redo: [...history.redo, forward] };
};

/** After a change was done again. */
export const afterRedo: HistoryStep = (history, before, after) => {
  const back = patchBetween(after, before);
  if (isEmpty(back)) return history;
  return { undo: [...history.undo, back], redo: history.redo.slice(0, -1) };
};

/**
 * The history without those next steps that would change nothing: settings came by another way to where they lead, as
 * when a run goes back to an earlier policy with the settings of then.
 */
export function effective({ undo, redo }: SettingsHistory, now: Hyperparameters): SettingsHistory {
  return { undo: withoutIdleEnd(undo, now), redo: withoutIdleEnd(redo, now) };
}

function withoutIdleEnd(patches: readonly SettingsPatch[], now: Hyperparameters): readonly SettingsPatch[] {
  const last = patches.findLastIndex((patch) => !isEmpty(patchBetween(now, withPatch(now, patch))));
  return patches.slice(0, last + 1);
}

function isEmpty(patch: SettingsPatch): boolean {
  return Object.keys(patch).length === 0;
}
