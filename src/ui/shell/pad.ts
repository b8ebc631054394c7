import { html, render } from 'lit-html';
import { BehaviorSubject, type Observable } from 'rxjs';
import { actionLayout } from '../../contract';
import { bindingTexts } from '../../texts/bindings';
import { changeDetector, type Panel } from '../kit/panel';
import { personPlays, playsLive, twoPlay } from '../matches/seats';
import { PadHand, type PadInput, released } from './pad-hand';
import type { PageState } from './page-state';

export type { PadInput } from './pad-hand';

/**
 * The pad for touch: left and right and, in games with more than one choice at once, a jump button on the other side. Of
 * two people each has one, the first on the left.
 */
export class Pad implements Panel {
  private readonly container: HTMLElement;
  private readonly input$ = new BehaviorSubject<readonly [PadInput, PadInput]>([released, released]);
  private readonly hands: readonly [PadHand, PadHand];
  private readonly changed = changeDetector((state) => [hasPad(state), hasJump(state), twoPlay(state)]);

  constructor(container: HTMLElement) {
    this.container = container;
    const told = () => this.input$.next([this.hands[0].input, this.hands[1].input]);
    this.hands = [new PadHand(told), new PadHand(told)];
    this.followHands(container.parentElement ?? container);
  }

  /** What the first and the second person hold down there. Begins with, and goes back to, nothing held. */
  get pad$(): Observable<readonly [PadInput, PadInput]> {
    return this.input$;
  }

  update(state: PageState): void {
    if (!this.changed(state)) return;
    for (const hand of this.hands) hand.release();
    const two = twoPlay(state);
    const jump = hasJump(state);
    this.container.classList.toggle('pad-with-jump', jump);
    this.container.classList.toggle('pad-of-two', two);
    render(hasPad(state) ? this.template(jump, two) : null, this.container);
  }

  private template(jump: boolean, two: boolean) {
    const [first, second] = this.hands;
    if (!two) return first.template(jump);
    const [nameOfFirst, nameOfSecond] = bindingTexts.people;
    return html`
      <div class="pad-person" role="group" aria-label=${nameOfFirst}>${first.template(jump)}</div>
      <div class="pad-person" role="group" aria-label=${nameOfSecond}>${second.template(jump)}</div>`;
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
}

/** A game of somebody's own is touched itself. */
function hasPad(state: PageState): boolean {
  return personPlays(state) && !playsLive(state);
}

/** Where one choice is made at a time, or none, it is where to go. */
function hasJump({ spec }: PageState): boolean {
  const { components } = actionLayout(spec.actionSpace);
  return components.length > 1 && components.some(({ kind }) => kind === 'choice');
}
