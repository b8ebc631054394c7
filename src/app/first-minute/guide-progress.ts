import { changedFields, type Hyperparameters, personSeat, withPatch } from '../../contract';
import { type GuideStep, type GuideView, guideSteps } from '../../ui/first-minute/first-minute-state';
import type { PageState } from '../../ui/shell/page-state';

/** What of the page tells that somebody did something. */
export type Watched = Pick<
  PageState,
  'front' | 'focusedArena' | 'focusPlayer' | 'hyperparameters' | 'undo' | 'redo' | 'play' | 'settingsLocked'
>;

/** What somebody has done of their first minute, in whatever order. Immutable. */
export interface GuideProgress {
  readonly steps: ReadonlySet<GuideStep>;
  /** The settings before the first change; null before one. */
  readonly before: Hyperparameters | null;
}

export const noProgress: GuideProgress = { steps: new Set(), before: null };

/** After the page went from one state to another: with what was done by that. */
export function progressAfter(progress: GuideProgress, from: Watched, to: Watched): GuideProgress {
  // Another run has other settings and another arena in focus, and nobody changed them.
  if (from.front !== to.front) return progress;
  const before = progress.before ?? (hasChanged(from, to) ? withPatch(to.hyperparameters, to.undo) : null);
  const now: readonly GuideStep[] = [
    ...(from.focusedArena === to.focusedArena ? [] : (['watch'] as const)),
    ...(hasChanged(from, to) ? (['change'] as const) : []),
    ...(progress.before !== null && isBack(progress.before, from, to) ? (['back'] as const) : []),
    ...(plays(to) ? (['play'] as const) : []),
  ];
  const isNew = before !== progress.before || now.some((step) => !progress.steps.has(step));
  return isNew ? { steps: new Set([...progress.steps, ...now]), before } : progress;
}

/** Goes on without the step that comes next; what follows from a change goes with it. */
export function withoutNext(progress: GuideProgress, settingsLocked: boolean): GuideProgress {
  const { step } = guideView(progress, settingsLocked);
  if (step === 'done') return progress;
  const left: readonly GuideStep[] = step === 'change' ? ['change', 'back'] : [step];
  return { ...progress, steps: new Set([...progress.steps, ...left]) };
}

/** What is shown of it. Where settings are locked there is nothing to change. */
export function guideView({ steps: taken }: GuideProgress, settingsLocked: boolean): GuideView {
  const steps = guideSteps.filter((step) => !settingsLocked || (step !== 'change' && step !== 'back'));
  const next = steps.findIndex((step) => !taken.has(step));
  return next < 0
    ? { step: 'done', number: steps.length, of: steps.length }
    : { step: steps[next] ?? 'done', number: next + 1, of: steps.length };
}

/** Whether a person changed settings, which can be undone then. */
function hasChanged(from: Watched, to: Watched): boolean {
  return from.undo !== to.undo && Object.keys(to.undo).length > 0 && Object.keys(to.redo).length === 0;
}

/** Whether the settings are again as they were: by an undo, by hand, or by the way back. */
function isBack(before: Hyperparameters, from: Watched, { hyperparameters }: Watched): boolean {
  return from.hyperparameters !== hyperparameters && changedFields(before, hyperparameters).length === 0;
}

function plays({ focusPlayer, play }: Watched): boolean {
  const court = play?.court ?? null;
  return focusPlayer === 'person' || (court?.kind === 'match' && court.setup.seats.includes(personSeat));
}
