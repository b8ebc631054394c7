/**
 * A part of the page that is fetched once there is a reason to: once, or, where it does not come, as offline, again with
 * the next reason, so that the same one is not asked for with every state.
 */
export class FetchedPart {
  private readonly fetch: () => Promise<void>;
  private reason: unknown = null;
  private phase: 'wanted' | 'asked' | 'there' = 'wanted';

  /** @param fetch resolves once the part is there. */
  constructor(fetch: () => Promise<void>) {
    this.fetch = fetch;
  }

  /** @param reason told from others by identity. */
  askFor(reason: object): void {
    if (this.phase !== 'wanted' || reason === this.reason) return;
    this.reason = reason;
    this.phase = 'asked';
    this.fetch().then(
      () => {
        this.phase = 'there';
      },
      () => {
        this.phase = 'wanted';
      },
    );
  }
}
