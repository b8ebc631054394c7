import { type Hyperparameters, patchBetween, type SettingsPatch } from '../../contract';

/** More steps back than anybody remembers. */
const mostSteps = 100;

/** The changes of one run's settings that can be undone, and done again. Pure. */
export interface SettingsHistory {
  /** Patches that lead back, the last change last. */
  readonly undo: readonly SettingsPatch[];
  /** Patches that lead forward again, the next one last. */
  readonly redo: readonly SettingsPatch[];
}

export const noSettingsHistory: SettingsHistory = { undo: [], redo: [] };

/** After a person changed settings; what had been undone cannot be done again. */
export function afterChange(
  history: SettingsHistory,
  before: Hyperparameters,
  after: Hyperparameters,
): SettingsHistory {
  const back = patchBetween(after, before);
  if (Object.keys(back).length === 0) return history;
  return { undo: [...history.undo, back].slice(-mostSteps), redo: [] };
}

/** After the last change was taken back: `after` is as it was before that change. */
export function afterUndo(
  history: SettingsHistory,
  before: Hyperparameters,
  after: Hyperparameters,
): SettingsHistory {
  return { undo: history.undo.slice(0, -1), redo: [...history.redo, patchBetween(after, before)] };
}

/** After a change was done again. */
export function afterRedo(
  history: SettingsHistory,
  before: Hyperparameters,
  after: Hyperparameters,
): SettingsHistory {
  return { undo: [...history.undo, patchBetween(after, before)], redo: history.redo.slice(0, -1) };
}
