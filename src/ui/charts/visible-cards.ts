import type { MetricPoint } from '../../contract';
import { watchVisibility } from '../kit/watch-visibility';

/** A chart in the panel, with what stands around it. */
export interface Card {
  readonly element: HTMLElement;
  /** What the chart is drawn into: it is drawn anew when that changes its size. */
  readonly plot: HTMLElement;
  /** Whether it shows something else than it should. */
  stale: boolean;
  draw(points: readonly MetricPoint[], smoothing: number): void;
  dispose(): void;
}

/** Draws cards that are stale, but only those that can be seen. */
export class VisibleCards {
  private readonly cards: readonly Card[];
  private readonly visible = new Set<Card>();
  private readonly visibility: ReturnType<typeof watchVisibility>;
  private readonly sizes: ResizeObserver;

  /** @param changed called when a card came into sight, or its plot has another size. */
  constructor(cards: readonly Card[], changed: () => void) {
    this.cards = cards;
    this.visibility = watchVisibility((element, isSeen) => {
      this.see(element, isSeen);
      changed();
    });
    this.sizes = new ResizeObserver((entries) => {
      for (const { target } of entries) {
        for (const card of cards) card.stale ||= card.plot === target;
      }
      changed();
    });
    for (const card of cards) {
      this.visibility.observe(card.element);
      this.sizes.observe(card.plot);
    }
  }

  makeStale(): void {
    for (const card of this.cards) card.stale = true;
  }

  draw(points: readonly MetricPoint[], smoothing: number): void {
    for (const card of this.visible) if (card.stale) card.draw(points, smoothing);
  }

  dispose(): void {
    this.visibility.disconnect();
    this.sizes.disconnect();
    for (const card of this.cards) card.dispose();
  }

  private see(element: Element, isSeen: boolean): void {
    const card = this.cards.find((each) => each.element === element);
    if (card === undefined) return;
    if (isSeen) this.visible.add(card);
    else this.visible.delete(card);
  }
}
