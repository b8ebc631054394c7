import { mostInView } from './most-in-view';

/** A card that is only passed on the way to another does not play. */
const restMs = 200;

/**
 * Tells which card of a list that scrolls somebody looks at: the one that has the pointer or the focus; where nothing hovers, the
 * one that is most in view.
 */
export class LookedAt {
  private readonly list: HTMLElement;
  private readonly look: (card: HTMLElement) => void;
  private readonly ending = new AbortController();
  private present: Element | null = null;
  private timer = 0;

  /** @param list whose cards are `.gallery-card`. @param look hears of each card that is looked at for a moment, once. */
  constructor(list: HTMLElement, look: (card: HTMLElement) => void) {
    this.list = list;
    this.look = look;
    const { signal } = this.ending;
    list.addEventListener('pointerover', this.over, { signal });
    list.addEventListener('focusin', this.focused, { signal });
    list.addEventListener('scroll', this.scrolled, { signal, passive: true });
    this.scrolled();
    this.focused();
  }

  dispose(): void {
    this.ending.abort();
    window.clearTimeout(this.timer);
  }

  private readonly over = ({ target, pointerType }: PointerEvent) => {
    if (pointerType !== 'touch') this.rest(target);
  };

  private readonly focused = () => {
    if (!isTouched()) this.rest(document.activeElement);
  };

  private readonly scrolled = () => {
    if (!isTouched()) return;
    const cards = [...this.list.querySelectorAll('.gallery-card')];
    const index = mostInView(
      cards.map((card) => card.getBoundingClientRect()),
      this.list.getBoundingClientRect(),
    );
    if (index !== null) this.rest(cards[index] ?? null);
  };

  private rest(target: EventTarget | null): void {
    const card = target instanceof Element ? target.closest<HTMLElement>('.gallery-card') : null;
    if (card === null || !this.list.contains(card) || card === this.present) return;
    this.present = card;
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.look(card), restMs);
  }
}

/** Whether there is no pointer that could rest on a card. */
function isTouched(): boolean {
  return window.matchMedia('(hover: none)').matches;
}
