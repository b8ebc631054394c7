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

/** True where a key belongs to what is being typed or moved, not to the game. */
function isField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest('input, select, textarea, [contenteditable="true"]') !== null
  );
}

/**
 * Arrow keys, WASD and Space as one input, while `playing$` is true; nothing held otherwise.
 *
 * Game keys are kept from scrolling the page while a person plays, and only then. Losing the window's focus lets go
 * of every key.
 */
export function keyboardInput$(target: Window, playing$: Observable<boolean>): Observable<PersonInput> {
  type Change = { readonly part: keyof HeldKeys; readonly down: boolean } | 'release';
  let playing = false;
  const keys$ = merge(
    fromEvent<KeyboardEvent>(target, 'keydown').pipe(map((event) => ({ event, down: true }))),
    fromEvent<KeyboardEvent>(target, 'keyup').pipe(map((event) => ({ event, down: false }))),
  ).pipe(
    filter(({ event }) => playing && !isField(event.target) && event.code in keyParts),
    map(({ event, down }): Change => {
      event.preventDefault();
      return { part: keyParts[event.code] ?? 'primary', down };
    }),
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
  return merge(keys$, releases$).pipe(
    scan(
      (held: HeldKeys, change) => (change === 'release' ? noKeys : { ...held, [change.part]: change.down }),
      noKeys,
    ),
    map(fromKeys),
    startWith(noInput),
  );
}

/** The first connected gamepad's left stick, cross and first button, read once a frame. */
export function gamepadInput$(
  frames$: Observable<unknown>,
  gamepads: () => readonly (Gamepad | null)[],
): Observable<PersonInput> {
  const deadZone = 0.2;
  const beyondDeadZone = (axis: number | undefined) =>
    axis !== undefined && Math.abs(axis) > deadZone ? axis : 0;
  const pressed = (pad: Gamepad, button: number) => pad.buttons[button]?.pressed === true;
  return frames$.pipe(
    map(() => {
      const pad = gamepads().find((candidate) => candidate?.connected === true);
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
