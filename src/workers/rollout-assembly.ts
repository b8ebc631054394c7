import { createRollout, oldestVersion } from '../contract';
import type { RolloutMessage } from './protocol';

/** A rollout that no update can take. */
export interface Dropped {
  readonly source: number;
  readonly message: RolloutMessage;
  /** `stale`: more than one version old. `length`: another number of steps than what it would be joined with. */
  readonly reason: 'stale' | 'length';
}

/** Holds what several sources hand over until there is a rollout of each. */
export class RolloutAssembly {
  /** A queue a source, oldest first. */
  private readonly waiting: readonly RolloutMessage[][];

  constructor(sources: number) {
    this.waiting = Array.from({ length: sources }, () => []);
  }

  add(source: number, message: RolloutMessage): void {
    this.waiting[source]?.push(message);
  }

  /**
   * The oldest rollout of each source, in the sources' order. All are of one length: while a changed length spreads,
   * those of another than the newest are left out, where an update would otherwise have to mix them.
   *
   * @param version the learner's.
   * @param steps the newest wish for a rollout's length.
   */
  take(
    version: number,
    steps: number,
  ): { readonly parts: readonly RolloutMessage[] | null; readonly dropped: readonly Dropped[] } {
    const dropped: Dropped[] = [];
    const dropWhile = (reason: Dropped['reason'], unfit: (message: RolloutMessage) => boolean) => {
      this.waiting.forEach((queue, source) => {
        for (let oldest = queue[0]; oldest !== undefined && unfit(oldest); oldest = queue[0]) {
          queue.shift();
          dropped.push({ source, message: oldest, reason });
        }
      });
    };
    dropWhile(
      'stale',
      (message) => oldestVersion(createRollout(message.shape, message.buffer)) < version - 1,
    );
    if (this.someMissing()) return { parts: null, dropped };
    const lengths = new Set(this.waiting.map(([oldest]) => oldest?.shape.steps));
    if (lengths.size > 1) dropWhile('length', ({ shape }) => shape.steps !== steps);
    if (this.someMissing()) return { parts: null, dropped };
    return { parts: this.waiting.flatMap((queue) => queue.shift() ?? []), dropped };
  }

  /** Gives up all that waits. */
  clear(): readonly Omit<Dropped, 'reason'>[] {
    return this.waiting.flatMap((queue, source) => queue.splice(0).map((message) => ({ source, message })));
  }

  private someMissing(): boolean {
    return this.waiting.some((queue) => queue.length === 0);
  }
}
