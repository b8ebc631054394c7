import type { Intent, PageState } from '../shell/page-state';

/** A part of the page that renders into an element of its own. */
export interface Panel {
  /** Shows a state. Cheap when nothing that the part shows is different from before. */
  update(state: PageState): void;
}

/**
 * What a person asked for. Where it follows from how things stand (the next arena, the other theme), it is said as a
 * function: what is shown may be a frame behind what was asked for before. Null asks for nothing after all.
 */
export type Asked = Intent | ((present: PageState) => Intent | null);

/** Hands on what a person asked for. */
export type Emit = (asked: Asked) => void;

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
