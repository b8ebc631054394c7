/** How many round trips are remembered. */
const capacity = 8192;

/** The last round trips of decisions, from question to answer, for benchmarks and the curious. */
export class RoundTrips {
  private readonly durationsMs = new Float64Array(capacity);
  private readonly duringUpdate = new Uint8Array(capacity);
  private count = 0;

  /** One more answer came. */
  add(durationMs: number, updating: boolean): void {
    const slot = this.count % capacity;
    this.durationsMs[slot] = durationMs;
    this.duringUpdate[slot] = updating ? 1 : 0;
    this.count += 1;
  }

  /** Forgets all of them. */
  clear(): void {
    this.count = 0;
  }

  /** Durations in milliseconds, oldest first not promised, of those taken while an update ran, or while none did. */
  durations(updating: boolean): number[] {
    const wanted = updating ? 1 : 0;
    const held = Math.min(this.count, capacity);
    return Array.from(this.durationsMs.subarray(0, held)).filter(
      (_, slot) => this.duringUpdate[slot] === wanted,
    );
  }
}
