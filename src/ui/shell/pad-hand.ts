import { html } from 'lit-html';
import { ref } from 'lit-html/directives/ref.js';
import { icons } from '../kit/icons';

/** What the on-screen pad says while it is held. */
export interface PadInput {
  /** −1 (left) to 1 (right). */
  readonly horizontal: number;
  readonly primary: boolean;
}

/** Nothing held. */
export const released: PadInput = { horizontal: 0, primary: false };

type Part = 'left' | 'right' | 'jump';

/**
 * One person's buttons of the pad. A thumb may slide from left to right without being lifted, while another jumps.
 */
export class PadHand {
  private readonly told: () => void;
  private readonly held = new Map<number, Part>();
  private readonly buttons = new Map<Part, HTMLElement>();
  private directions: Element | undefined;
  private now: PadInput = released;
  // The same functions at each rendering: so lit knows which of two elements is the newer.
  private readonly keepDirections = (element: Element | undefined) => {
    this.directions = element;
  };
  private readonly keepers = {
    left: this.keeper('left'),
    right: this.keeper('right'),
    jump: this.keeper('jump'),
  } as const;

  /** @param told is called when something else is held. */
  constructor(told: () => void) {
    this.told = told;
  }

  get input(): PadInput {
    return this.now;
  }

  release(): void {
    this.held.clear();
    this.tell();
  }

  /** @param jump whether there is a button for it. */
  template(jump: boolean) {
    return html`
      <div class="pad-directions" ${ref(this.keepDirections)}>
        ${this.button('left', 'Left', icons.left)}${this.button('right', 'Right', icons.right)}</div>
      ${jump ? this.button('jump', 'Jump', icons.up) : null}`;
  }

  private button(part: Part, label: string, picture: unknown) {
    return html`
      <button type="button" class="pad-button" data-part=${part} tabindex="-1" aria-label=${label} ${ref(this.keepers[part])}
        @pointerdown=${(event: PointerEvent) => this.press(part, event)} @pointermove=${this.slide}
        @pointerup=${this.lift} @pointercancel=${this.lift} @lostpointercapture=${this.lift}
        @contextmenu=${(event: Event) => event.preventDefault()}>${picture}</button>`;
  }

  private keeper(part: Part): (element: Element | undefined) => void {
    return (element) => {
      if (element instanceof HTMLElement) this.buttons.set(part, element);
      else this.buttons.delete(part);
    };
  }

  private press(part: Part, event: PointerEvent): void {
    event.preventDefault();
    if (event.currentTarget instanceof Element) event.currentTarget.setPointerCapture(event.pointerId);
    this.held.set(event.pointerId, part);
    this.tell();
  }

  private readonly slide = (event: PointerEvent) => {
    const part = this.held.get(event.pointerId);
    if (part !== 'left' && part !== 'right') return;
    this.held.set(event.pointerId, event.clientX < this.middlePx() ? 'left' : 'right');
    this.tell();
  };

  private readonly lift = (event: PointerEvent) => {
    this.held.delete(event.pointerId);
    this.tell();
  };

  private tell(): void {
    const parts = new Set(this.held.values());
    for (const [part, button] of this.buttons) button.classList.toggle('held', parts.has(part));
    const horizontal = Number(parts.has('right')) - Number(parts.has('left'));
    const primary = parts.has('jump');
    if (horizontal === this.now.horizontal && primary === this.now.primary) return;
    this.now = { horizontal, primary };
    this.told();
  }

  /** Halfway between the two directions. */
  private middlePx(): number {
    const box = this.directions?.getBoundingClientRect();
    return box === undefined ? 0 : box.left + box.width / 2;
  }
}
