import { type ActionSpace, choiceCounts, maskSize } from '../contract';

/** Reads from masks whether an agent has anything to decide. */
export class Choices {
  /** Sizes of the groups of choices; none where nothing is ever forbidden. */
  private readonly groups: readonly number[];
  private readonly width: number;

  constructor(space: ActionSpace) {
    this.width = maskSize(space);
    this.groups = this.width > 0 ? choiceCounts(space) : [];
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
