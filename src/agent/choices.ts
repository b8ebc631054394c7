import { type ActionSpace, actionLayout } from '../contract';

/** Reads from masks whether an agent has anything to decide. */
export class Choices {
  /** Sizes of the groups of choices of which some may be forbidden, in the order of their flags. */
  private readonly groups: readonly number[];
  private readonly width: number;

  constructor(space: ActionSpace) {
    const { masks, components } = actionLayout(space);
    this.width = masks;
    this.groups = components.flatMap((component) =>
      component.kind === 'choice' && component.mask !== null ? [component.count] : [],
    );
  }

  /** Whether every group of choices has one that is allowed. @param masks `[N, mask]`. */
  areThere(masks: Uint8Array, row: number): boolean {
    let choice = row * this.width;
    for (const count of this.groups) {
      let allowed = 0;
      for (const end = choice + count; choice < end; choice++) allowed |= masks[choice]!;
      if (allowed === 0) return false;
    }
    return true;
  }
}
