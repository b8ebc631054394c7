import type { EpisodeEnding } from '../../contract';

/** Endings kept for `takeEndings`; when nobody takes them the oldest are forgotten. */
export const endingsKept = 4096;

/** The last endings, in typed arrays of fixed length, so that an ending allocates nothing. */
export class EndingRing {
  private readonly capacity: number;
  private readonly terms: number;
  private readonly arena: Int32Array;
  private readonly lengthTicks: Int32Array;
  private readonly flags: Uint8Array; // bit 0 terminated, bit 1 truncated
  private readonly rewardTerms: Float64Array; // [capacity, seats · terms]
  private next = 0;
  private held = 0;

  /** @param terms of all seats of an arena together. */
  constructor(capacity: number, terms: number) {
    this.capacity = capacity;
    this.terms = terms;
    this.arena = new Int32Array(capacity);
    this.lengthTicks = new Int32Array(capacity);
    this.flags = new Uint8Array(capacity);
    this.rewardTerms = new Float64Array(capacity * terms);
  }

  add(
    arena: number,
    terminated: boolean,
    truncated: boolean,
    lengthTicks: number,
    episodeTerms: Float64Array, // [M, seats · terms]
  ): void {
    const slot = this.next;
    this.arena[slot] = arena;
    this.lengthTicks[slot] = lengthTicks;
    this.flags[slot] = (terminated ? 1 : 0) | (truncated ? 2 : 0);
    for (let term = 0; term < this.terms; term++) {
      this.rewardTerms[slot * this.terms + term] = episodeTerms[arena * this.terms + term]!;
    }
    this.next = (slot + 1) % this.capacity;
    this.held = Math.min(this.held + 1, this.capacity);
  }

  /** Oldest first. */
  take(): EpisodeEnding[] {
    const taken: EpisodeEnding[] = [];
    const first = this.next - this.held + this.capacity;
    for (let i = 0; i < this.held; i++) {
      const slot = (first + i) % this.capacity;
      taken.push({
        arena: this.arena[slot]!,
        terminated: (this.flags[slot]! & 1) !== 0,
        truncated: (this.flags[slot]! & 2) !== 0,
        lengthTicks: this.lengthTicks[slot]!,
        rewardTerms: Array.from(this.rewardTerms.subarray(slot * this.terms, (slot + 1) * this.terms)),
      });
    }
    this.clear();
    return taken;
  }

  clear(): void {
    this.held = 0;
  }
}
