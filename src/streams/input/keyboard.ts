import { distinctUntilChanged, filter, fromEvent, map, merge, type Observable, scan, startWith } from 'rxjs';
import { type Bindings, type KeyPart, keyParts, type PersonInput, placeOf } from '../../contract';
import { noInput, sameInput } from './person-input';

/** The part that each key plays, by `KeyboardEvent.code`, so that it does not depend on the keyboard's language. */
export type KeySet = Readonly<Record<string, KeyPart>>;

/** The keys of the first of two people, of the second, or of somebody who plays alone and has both's. */
export function keySet(bindings: Bindings, whose: 'first' | 'second' | 'alone'): KeySet {
  const people = whose === 'alone' ? (['first', 'second'] as const) : [whose];
  const entries = people.flatMap((person) =>
    keyParts.flatMap((part) => bindings[placeOf(person, part)].map((code) => [code, part] as const)),
  );
  return Object.fromEntries(entries);
}

const noKeys: ReadonlySet<string> = new Set();

/** `OSLeft` and `OSRight` are what Firefox calls them. */
const metaKeys: ReadonlySet<string> = new Set(['MetaLeft', 'MetaRight', 'OSLeft', 'OSRight']);

function fromKeys(held: ReadonlySet<string>, keys: KeySet): PersonInput {
  const parts = new Set([...held].map((code) => keys[code]));
  return {
    horizontal: Number(parts.has('right')) - Number(parts.has('left')),
    vertical: Number(parts.has('up')) - Number(parts.has('down')),
    primary: parts.has('primary'),
  };
}

/** What is typed in takes every key when it has the focus. */
const typed =
  'textarea, [contenteditable]:not([contenteditable="false"]), input:not([type="checkbox"], [type="radio"], [type="range"], [type="file"])';
/** What arrow keys move takes every key when somebody has gone there by keyboard. */
const moved = 'input, select, [role="tab"]';
/** What Space and Enter press when it has the focus. */
const pressable = 'button, a[href], summary';

/** True where a key that goes down belongs to the browser, a dialog or what has the focus, not to the game. */
function isTaken(event: KeyboardEvent, page: Document): boolean {
  if (event.ctrlKey || event.altKey || event.metaKey) return true;
  if (page.querySelector('dialog[open]') !== null) return true;
  const focused = event.composedPath()[0];
  if (!(focused instanceof Element)) return false;
  if (focused.closest(typed) !== null) return true;
  // Who clicked it with a mouse goes on playing.
  if (!focused.matches(':focus-visible')) return false;
  if (focused.closest(moved) !== null) return true;
  return ['Space', 'Enter', 'NumpadEnter'].includes(event.code) && focused.closest(pressable) !== null;
}

/**
 * What is held of `keys` as one input, while `playing$` is true; nothing held otherwise. Two people share a keyboard
 * by one input for each half of it.
 *
 * A game key is the game's before anybody else's: it is taken before the page's shortcuts see it, and kept from
 * scrolling the page, while a person plays and only then. Keys with Ctrl, Alt or Meta, those under an open dialog and
 * those that belong to a field, or to a button that was reached by keyboard, are left alone. Losing the window's focus lets go of every key, and so
 * does letting go of Meta: while it is held, macOS does not tell of other keys that are let go.
 */
export function keyboardInput$(
  target: Window,
  playing$: Observable<boolean>,
  keys: KeySet,
): Observable<PersonInput> {
  type Change = { readonly code: string; readonly down: boolean } | 'release';
  let playing = false;
  const taken = new Set<string>();
  const isGameKey = (event: KeyboardEvent) => playing && Object.hasOwn(keys, event.code);
  const presses$ = fromEvent<KeyboardEvent>(target, 'keydown', { capture: true }).pipe(
    filter((event) => isGameKey(event) && !isTaken(event, target.document)),
    map((event): Change => {
      event.preventDefault();
      taken.add(event.code);
      return { code: event.code, down: true };
    }),
  );
  // Wherever the focus has gone since: else the key would stay held.
  const lifts$ = fromEvent<KeyboardEvent>(target, 'keyup', { capture: true }).pipe(
    filter(isGameKey),
    map((event): Change => {
      // Some browsers press a button as Space is let go.
      if (taken.delete(event.code)) event.preventDefault();
      return { code: event.code, down: false };
    }),
  );
  const releases$ = merge(
    fromEvent(target, 'blur'),
    fromEvent<KeyboardEvent>(target, 'keyup', { capture: true }).pipe(
      filter(({ code }) => metaKeys.has(code)),
    ),
    playing$.pipe(
      map((now) => {
        playing = now;
        return now;
      }),
      filter((now) => !now),
    ),
  ).pipe(map((): Change => 'release'));
  return merge(presses$, lifts$, releases$).pipe(
    scan((held: ReadonlySet<string>, change) => {
      if (change === 'release') return noKeys;
      const next = new Set(held);
      if (change.down) next.add(change.code);
      else next.delete(change.code);
      return next;
    }, noKeys),
    map((held) => fromKeys(held, keys)),
    startWith(noInput),
    // A held key repeats.
    distinctUntilChanged(sameInput),
  );
}
