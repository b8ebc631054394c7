import type { Intent, PageState } from '../shell/page-state';

/** A part of the page that renders into an element of its own. */
export interface Panel {
  /** Shows a state. Cheap when nothing that the part shows is different from before. */
  update(state: PageState): void;
}

/** Hands on what a person asked for. */
export type Emit = (intent: Intent) => void;

/**
 * A guard against needless rendering: tells whether any of the values that `select` picks from a state is another
 * one than at the last call.
 */
export function changeDetector(
  select: (state: PageState) => readonly unknown[],
): (state: PageState) => boolean {
  let before: readonly unknown[] | null = null;
  return (state) => {
    const now = select(state);
    const same = before !== null && now.every((value, index) => Object.is(value, before?.[index]));
    before = now;
    return !same;
  };
}
