import { html, render } from 'lit-html';
import { BehaviorSubject, type Observable } from 'rxjs';
import { icons } from '../kit/icons';
import { changeDetector, type Panel } from '../kit/panel';
import { personPlays } from '../matches/seats';
import type { PageState } from './page-state';

/** What the on-screen pad says while it is held. */
export interface PadInput {
  /** −1 (left) to 1 (right). */
  readonly horizontal: number;
  readonly primary: boolean;
}

type Part = 'left' | 'right' | 'jump';

/**
 * The pad for touch: left and right and, in games with more than one choice at once, a jump button on the other side.
 * A thumb may slide from left to right without being lifted, while another jumps.
 */
export class Pad implements Panel {
  private readonly container: HTMLElement;
  private readonly held = new Map<number, Part>();
  private readonly input$ = new BehaviorSubject<PadInput>({ horizontal: 0, primary: false });
  private readonly changed = changeDetector((state) => [personPlays(state), hasJump(state)]);

  constructor(container: HTMLElement) {
    this.container = container;
    this.followHands(container.parentElement ?? container);
  }

  /** Begins with, and goes back to, nothing held. */
  get pad$(): Observable<PadInput> {
    return this.input$;
  }

  update(state: PageState): void {
    if (!this.changed(state)) return;
    this.held.clear();
    this.tell();
    this.container.classList.toggle('pad-with-jump', hasJump(state));
    render(personPlays(state) ? this.template(hasJump(state)) : null, this.container);
  }

  /** A screen that can be touched may have a keyboard: whoever plays by keys has no thumbs that a pad must be there for. */
  private followHands(game: HTMLElement): void {
    const play = (hands: 'keys' | 'touch') => {
      this.container.dataset['hands'] = hands;
    };
    game.addEventListener('keydown', () => play('keys'));
    game.addEventListener('pointerdown', ({ pointerType }) => {
      if (pointerType === 'touch') play('touch');
    });
  }

  private tell(): void {
    const parts = new Set(this.held.values());
    const horizontal = Number(parts.has('right')) - Number(parts.has('left'));
    const primary = parts.has('jump');
    const { value } = this.input$;
    if (horizontal !== value.horizontal || primary !== value.primary)
      this.input$.next({ horizontal, primary });
    for (const button of this.container.querySelectorAll<HTMLElement>('[data-part]')) {
      button.classList.toggle('held', parts.has(button.dataset['part'] as Part));
    }
  }

  private template(jump: boolean) {
    const press = (part: Part) => (event: PointerEvent) => {
      event.preventDefault();
      if (event.currentTarget instanceof Element) event.currentTarget.setPointerCapture(event.pointerId);
      this.held.set(event.pointerId, part);
      this.tell();
    };
    const slide = (event: PointerEvent) => {
      const part = this.held.get(event.pointerId);
      if (part !== 'left' && part !== 'right') return;
      this.held.set(event.pointerId, event.clientX < this.middlePx() ? 'left' : 'right');
      this.tell();
    };
    const release = (event: PointerEvent) => {
      this.held.delete(event.pointerId);
      this.tell();
    };
    const button = (part: Part, label: string, picture: unknown) => html`
      <button type="button" class="pad-button" data-part=${part} tabindex="-1" aria-label=${label}
        @pointerdown=${press(part)} @pointermove=${slide} @pointerup=${release} @pointercancel=${release}
        @lostpointercapture=${release} @contextmenu=${(event: Event) => event.preventDefault()}>${picture}</button>`;
    return html`
      <div class="pad-directions">${button('left', 'Left', icons.left)}${button('right', 'Right', icons.right)}</div>
      ${jump ? button('jump', 'Jump', icons.up) : null}`;
  }

  /** Halfway between the two directions. */
  private middlePx(): number {
    const box = this.container.querySelector('.pad-directions')?.getBoundingClientRect();
    return box === undefined ? 0 : box.left + box.width / 2;
  }
}

/** Where one choice is made at a time, it is where to go. */
function hasJump({ spec }: PageState): boolean {
  return spec.actionSpace.kind === 'multiDiscrete';
}
