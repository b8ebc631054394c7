import { type VisibilityWatch, watchVisibility } from '../kit/watch-visibility';

/** Which parts of a page are in sight; one that nothing is known of yet counts as seen. */
export class PartsInSight {
  private readonly unseen = new WeakSet<Element>();
  private readonly watched = new WeakSet<Element>();
  private readonly visibility: VisibilityWatch;

  /** @param came called as one comes into sight. */
  constructor(came: () => void) {
    this.visibility = watchVisibility((part, isSeen) => {
      if (!isSeen) this.unseen.add(part);
      else if (this.unseen.delete(part)) came();
    });
  }

  watch(part: Element | null): void {
    if (part === null || this.watched.has(part)) return;
    this.watched.add(part);
    this.visibility.observe(part);
  }

  isSeen(part: Element | null): boolean {
    return part === null || !this.unseen.has(part);
  }

  disconnect(): void {
    this.visibility.disconnect();
  }
}
