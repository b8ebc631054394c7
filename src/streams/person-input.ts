import {
  combineLatest,
  distinctUntilChanged,
  filter,
  fromEvent,
  map,
  merge,
  type Observable,
  of,
  scan,
  startWith,
} from 'rxjs';
import type { PersonInput } from '../contract';

export const noInput: PersonInput = { horizontal: 0, vertical: 0, primary: false };

/** The part that a key plays, by `KeyboardEvent.code`, so that it does not depend on the keyboard's language. */
const keyParts: Readonly<Record<string, keyof HeldKeys>> = {
  ArrowLeft: 'left',
  KeyA: 'left',
  ArrowRight: 'right',
  KeyD: 'right',
  ArrowUp: 'up',
  KeyW: 'up',
  ArrowDown: 'down',
  KeyS: 'down',
  Space: 'primary',
};

interface HeldKeys {
  readonly left: boolean;
  readonly right: boolean;
  readonly up: boolean;
  readonly down: boolean;
  readonly primary: boolean;
}
const noKeys: HeldKeys = { left: false, right: false, up: false, down: false, primary: false };

function fromKeys(held: HeldKeys): PersonInput {
  return {
    horizontal: Number(held.right) - Number(held.left),
    vertical: Number(held.up) - Number(held.down),
    primary: held.primary,
  };
}

/** What takes every key when it has the focus: what is typed in or moved by arrow keys. */
const fields = 'input, select, textarea, [contenteditable]:not([contenteditable="false"]), [role="tab"]';
/** What Space presses when it has the focus. */
const pressable = 'button, a[href], summary';

/** True where a key that goes down belongs to the browser, a dialog or what has the focus, not to the game. */
function isTaken(event: KeyboardEvent, page: Document): boolean {
  if (event.ctrlKey || event.altKey || event.metaKey) return true;
  if (page.querySelector('dialog[open]') !== null) return true;
  const focused = event.composedPath()[0];
  if (!(focused instanceof Element)) return false;
  return focused.closest(fields) !== null || (event.code === 'Space' && focused.closest(pressable) !== null);
}

/**
 * Arrow keys, WASD and Space as one input, while `playing$` is true; nothing held otherwise.
 *
 * Game keys are kept from scrolling the page while a person plays, and only then. Keys with Ctrl, Alt or Meta, those
 * under an open dialog and those that belong to a focused field or button are left alone. Losing the window's focus
 * lets go of every key.
 */
export function keyboardInput$(target: Window, playing$: Observable<boolean>): Observable<PersonInput> {
  type Change = { readonly part: keyof HeldKeys; readonly down: boolean } | 'release';
  let playing = false;
  const isGameKey = (event: KeyboardEvent) => playing && event.code in keyParts;
  const part = (event: KeyboardEvent) => keyParts[event.code] ?? 'primary';
  const presses$ = fromEvent<KeyboardEvent>(target, 'keydown').pipe(
    filter((event) => isGameKey(event) && !isTaken(event, target.document)),
    map((event): Change => {
      event.preventDefault();
      return { part: part(event), down: true };
    }),
  );
  // Wherever the focus has gone since: else the key would stay held.
  const lifts$ = fromEvent<KeyboardEvent>(target, 'keyup').pipe(
    filter(isGameKey),
    map((event): Change => ({ part: part(event), down: false })),
  );
  const releases$ = merge(
    fromEvent(target, 'blur'),
    playing$.pipe(
      map((now) => {
        playing = now;
        return now;
      }),
      filter((now) => !now),
    ),
  ).pipe(map((): Change => 'release'));
  return merge(presses$, lifts$, releases$).pipe(
    scan(
      (held: HeldKeys, change) => (change === 'release' ? noKeys : { ...held, [change.part]: change.down }),
      noKeys,
    ),
    map(fromKeys),
    startWith(noInput),
  );
}

/**
 * The first connected gamepad's left stick, cross and first button, read once a frame. Where `gamepads` throws, since
 * the browser has none or a permissions policy forbids them, there is no gamepad.
 */
export function gamepadInput$(
  frames$: Observable<unknown>,
  gamepads: () => readonly (Gamepad | null)[],
): Observable<PersonInput> {
  const deadZone = 0.2;
  const beyondDeadZone = (axis: number | undefined) =>
    axis !== undefined && Math.abs(axis) > deadZone ? axis : 0;
  const pressed = (pad: Gamepad, button: number) => pad.buttons[button]?.pressed === true;
  const connected = () => {
    try {
      return gamepads().find((candidate) => candidate?.connected === true);
    } catch {
      return undefined;
    }
  };
  return frames$.pipe(
    map(() => {
      const pad = connected();
      if (pad === undefined || pad === null) return noInput;
      const cross = Number(pressed(pad, 15)) - Number(pressed(pad, 14));
      const rise = Number(pressed(pad, 12)) - Number(pressed(pad, 13));
      return {
        horizontal: cross !== 0 ? cross : beyondDeadZone(pad.axes[0]),
        vertical: rise !== 0 ? rise : -beyondDeadZone(pad.axes[1]),
        primary: pressed(pad, 0),
      };
    }),
    startWith(noInput),
    distinctUntilChanged(sameInput),
  );
}

/** All of a person's devices as one: the device that points furthest to a side wins. */
export function personInput$(devices: readonly Observable<PersonInput>[]): Observable<PersonInput> {
  if (devices.length === 0) return of(noInput);
  const furthest = (values: readonly number[]) =>
    values.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
  return combineLatest(devices).pipe(
    map((inputs) => ({
      horizontal: furthest(inputs.map((input) => input.horizontal)),
      vertical: furthest(inputs.map((input) => input.vertical)),
      primary: inputs.some((input) => input.primary),
    })),
    distinctUntilChanged(sameInput),
  );
}

function sameInput(a: PersonInput, b: PersonInput): boolean {
  return a.horizontal === b.horizontal && a.vertical === b.vertical && a.primary === b.primary;
}
