/**
 * Of what is asked for again and again only the newest holds: what was asked for before may come later, and counts for
 * nothing then.
 */
export class NewestAsk {
  private count = 0;

  /** Something is asked for, in place of whatever was. @returns whether nothing else has been asked for since. */
  ask(): () => boolean {
    this.count += 1;
    const mine = this.count;
    return () => mine === this.count;
  }

  /** Nothing that was asked for is wanted any more. */
  withdraw(): void {
    this.count += 1;
  }
}
