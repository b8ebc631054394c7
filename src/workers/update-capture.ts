import type { CapturedUpdate } from '../contract';
import type { RolloutMessage } from './protocol';

/** A wish to see what an update learned from, until there is one that can be shown. */
export class UpdateCapture {
  private wish: {
    readonly arena: number;
    readonly agent: number;
    readonly resolve: (update: CapturedUpdate | null) => void;
  } | null = null;

  /** @returns null where another wish takes this one's place. */
  ask(arena: number, agent: number): Promise<CapturedUpdate | null> {
    this.wish?.resolve(null);
    return new Promise((resolve) => {
      this.wish = { arena, agent, resolve };
    });
  }

  /** Whose states collectors are to note meanwhile; null where nobody asks. */
  get arena(): number | null {
    return this.wish?.arena ?? null;
  }

  /**
   * The agent that is to be captured in an update of these rollouts; null where none is, or the collectors' were begun
   * before they knew of it and lack its arena's states.
   */
  agentIn(parts: readonly RolloutMessage[], haveCollectors: boolean): number | null {
    if (this.wish === null) return null;
    const isNoted = parts.some(({ collected }) => collected?.states !== undefined);
    return isNoted || !haveCollectors ? this.wish.agent : null;
  }

  answer(update: CapturedUpdate): void {
    this.wish?.resolve(update);
    this.wish = null;
  }
}
