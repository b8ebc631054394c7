import { html, nothing, render } from 'lit-html';
import { distinctUntilChanged, type Observable, type Subscription } from 'rxjs';
import {
  type BindingPlace,
  type Bindings,
  type BoundKey,
  changedBindings,
  isFreeKey,
  keyParts,
  placeOf,
  rebound,
  usualBindings,
} from '../../contract';
import { bindingTexts, partNames } from '../../texts/bindings';
import { keyName } from '../kit/key-name';
import type { Emit } from '../kit/panel';
import type { PageState } from '../shell/page-state';

type Shown = Pick<PageState, 'bindings' | 'keyNames'>;

/** The keys of play, person by person: a click on one asks for the key to take its place. */
export class KeyBindings {
  private readonly container: HTMLElement;
  private readonly emit: Emit;
  private readonly following: Subscription;
  private shown: Shown = { bindings: usualBindings, keyNames: {} };
  /** The one that waits for a key; null while none does. */
  private asking: BoundKey | null = null;
  private message = '';
  /** What was pressed for a place is not to press its button when it is let go. */
  private taken: string | null = null;

  constructor(container: HTMLElement, state$: Observable<Shown>, emit: Emit) {
    this.container = container;
    this.emit = emit;
    container.addEventListener('keydown', this.pressed, true);
    container.addEventListener('keyup', this.letGo, true);
    container.addEventListener('focusout', this.leave);
    const isSame = (a: Shown, b: Shown) => a.bindings === b.bindings && a.keyNames === b.keyNames;
    this.following = state$.pipe(distinctUntilChanged(isSame)).subscribe((shown) => {
      this.shown = shown;
      this.render();
    });
  }

  /** The container goes with its dialog. */
  dispose(): void {
    this.following.unsubscribe();
  }

  private ask(key: BoundKey, button: EventTarget | null): void {
    // Not every browser gives what is clicked the focus, without which no key would come.
    if (button instanceof HTMLElement) button.focus();
    this.asking = key;
    this.say(bindingTexts.pressNow);
  }

  private readonly pressed = (event: KeyboardEvent) => {
    const { asking } = this;
    if (asking === null || event.repeat) return;
    // It moves the focus, which leaves everything as it is.
    if (event.code === 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    this.taken = event.code;
    if (event.code === 'Escape') this.settle();
    else this.bind(asking, event.code);
  };

  private bind(key: BoundKey, code: string): void {
    const { bindings, keyNames } = this.shown;
    const next = rebound(bindings, key, code);
    if ('refused' in next) {
      this.say(bindingTexts.refusal(isFreeKey(code) ? keyName(code, keyNames) : '', next));
      return;
    }
    this.settle();
    this.emit((present) => {
      const now = rebound(present.bindings, key, code);
      return 'refused' in now ? null : { kind: 'bindings', bindings: now };
    });
  }

  private readonly letGo = (event: KeyboardEvent) => {
    if (event.code === this.taken) event.preventDefault();
    this.taken = null;
  };

  private readonly leave = () => {
    if (this.asking !== null) this.settle();
  };

  private settle(): void {
    this.asking = null;
    this.say('');
  }

  private say(message: string): void {
    this.message = message;
    this.render();
  }

  private render(): void {
    render(this.template(), this.container);
  }

  private template() {
    const { bindings } = this.shown;
    return html`
      <h3>${bindingTexts.title}</h3>
      <table class="bindings">
        <thead><tr><td></td>${bindingTexts.people.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
        <tbody>
          ${keyParts.map(
            (part) => html`
              <tr>
                <th scope="row">${partNames[part]}</th>
                ${(['first', 'second'] as const).map((person) => this.cell(bindings, placeOf(person, part)))}
              </tr>`,
          )}
        </tbody>
      </table>
      <p class="bindings-message" role="status">${this.message}</p>
      <p class="quiet">${bindingTexts.about}</p>
      ${
        Object.keys(changedBindings(bindings)).length === 0
          ? nothing
          : html`<button type="button" class="button bindings-usual"
              @click=${() => this.emit({ kind: 'bindings', bindings: usualBindings })}>${bindingTexts.usual}</button>`
      }`;
  }

  private cell(bindings: Bindings, place: BindingPlace) {
    return html`<td>${bindings[place].map((code, index) => this.cap({ place, index }, code))}</td>`;
  }

  private cap(key: BoundKey, code: string) {
    const { asking } = this;
    const isAsking = asking?.place === key.place && asking.index === key.index;
    const name = keyName(code, this.shown.keyNames);
    return html`
      <button type="button" class="key-cap" aria-pressed=${isAsking} aria-label=${bindingTexts.change(key.place, name)}
        @click=${({ currentTarget }: Event) => this.ask(key, currentTarget)}>${isAsking ? bindingTexts.pressed : name}</button>`;
  }
}
