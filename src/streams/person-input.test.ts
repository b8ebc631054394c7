// @vitest-environment jsdom
import { BehaviorSubject, of, Subject } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { PersonInput } from '../contract';
import {
  gamepadInput$,
  type KeySet,
  keyboardInput$,
  leftHandKeys,
  noInput,
  personInput$,
  rightHandKeys,
} from './person-input';

function press(
  type: 'keydown' | 'keyup',
  code: string,
  target: EventTarget = document.body,
  modifiers: KeyboardEventInit = {},
): KeyboardEvent {
  const event = new KeyboardEvent(type, { code, bubbles: true, cancelable: true, ...modifiers });
  target.dispatchEvent(event);
  return event;
}

function listening(playing: boolean, keys?: KeySet) {
  const playing$ = new BehaviorSubject(playing);
  const seen: PersonInput[] = [];
  const subscription = keyboardInput$(window, playing$, keys).subscribe((input) => seen.push(input));
  return { playing$, subscription, last: () => seen.at(-1) };
}

describe('keyboardInput$', () => {
  it('joins arrows and letters, and lets both sides cancel out', () => {
    const { last, subscription } = listening(true);
    press('keydown', 'ArrowLeft');
    expect(last()?.horizontal).toBe(-1);
    press('keydown', 'KeyD');
    expect(last()?.horizontal).toBe(0);
    press('keyup', 'ArrowLeft');
    expect(last()?.horizontal).toBe(1);
    subscription.unsubscribe();
  });

  it('takes keys from the page only while a person plays', () => {
    const { playing$, last, subscription } = listening(false);
    expect(press('keydown', 'ArrowLeft').defaultPrevented).toBe(false);
    expect(last()).toEqual(noInput);
    playing$.next(true);
    expect(press('keydown', 'ArrowLeft').defaultPrevented).toBe(true);
    subscription.unsubscribe();
  });

  it('leaves keys to a form field that has the focus', () => {
    const { last, subscription } = listening(true);
    const field = document.body.appendChild(document.createElement('input'));
    expect(press('keydown', 'ArrowLeft', field).defaultPrevented).toBe(false);
    expect(last()).toEqual(noInput);
    field.remove();
    subscription.unsubscribe();
  });

  it('leaves the arrows to a tab that has the focus', () => {
    const { last, subscription } = listening(true);
    const tab = document.body.appendChild(document.createElement('button'));
    tab.setAttribute('role', 'tab');
    expect(press('keydown', 'ArrowRight', tab).defaultPrevented).toBe(false);
    expect(last()).toEqual(noInput);
    tab.remove();
    subscription.unsubscribe();
  });

  it('leaves Space and Enter, and only those, to a button that has the focus', () => {
    const { last, subscription } = listening(true);
    const button = document.body.appendChild(document.createElement('button'));
    expect(press('keydown', 'Space', button).defaultPrevented).toBe(false);
    expect(press('keyup', 'Space', button).defaultPrevented).toBe(false);
    expect(press('keydown', 'Enter', button).defaultPrevented).toBe(false);
    expect(last()).toEqual(noInput);
    expect(press('keydown', 'ArrowLeft', button).defaultPrevented).toBe(true);
    expect(last()?.horizontal).toBe(-1);
    button.remove();
    subscription.unsubscribe();
  });

  it('leaves keys with Ctrl, Alt or Meta to the browser', () => {
    const { last, subscription } = listening(true);
    for (const modifier of ['ctrlKey', 'altKey', 'metaKey']) {
      expect(press('keydown', 'KeyA', document.body, { [modifier]: true }).defaultPrevented).toBe(false);
      expect(last()).toEqual(noInput);
    }
    expect(press('keydown', 'KeyA', document.body, { shiftKey: true }).defaultPrevented).toBe(true);
    subscription.unsubscribe();
  });

  it('leaves keys to an open dialog', () => {
    const { last, subscription } = listening(true);
    const dialog = document.body.appendChild(document.createElement('dialog'));
    dialog.setAttribute('open', '');
    expect(press('keydown', 'ArrowLeft').defaultPrevented).toBe(false);
    expect(last()).toEqual(noInput);
    dialog.remove();
    subscription.unsubscribe();
  });

  it('lets go of a key wherever it is released', () => {
    const { last, subscription } = listening(true);
    const field = document.body.appendChild(document.createElement('input'));
    press('keydown', 'ArrowLeft');
    press('keyup', 'ArrowLeft', field);
    expect(last()).toEqual(noInput);
    press('keydown', 'KeyD');
    press('keyup', 'KeyD', document.body, { ctrlKey: true });
    expect(last()).toEqual(noInput);
    field.remove();
    subscription.unsubscribe();
  });

  it('gives each of two people half of the keyboard', () => {
    const first = listening(true, leftHandKeys);
    const second = listening(true, rightHandKeys);
    press('keydown', 'KeyD');
    press('keydown', 'ArrowLeft');
    press('keydown', 'Enter');
    expect(first.last()).toEqual({ horizontal: 1, vertical: 0, primary: false });
    expect(second.last()).toEqual({ horizontal: -1, vertical: 0, primary: true });
    press('keydown', 'Space');
    press('keyup', 'Enter');
    expect(first.last()?.primary).toBe(true);
    expect(second.last()?.primary).toBe(false);
    first.subscription.unsubscribe();
    second.subscription.unsubscribe();
  });

  it('holds a part as long as one of its keys is held', () => {
    const { last, subscription } = listening(true);
    press('keydown', 'ArrowLeft');
    press('keydown', 'KeyA');
    press('keyup', 'ArrowLeft');
    expect(last()?.horizontal).toBe(-1);
    press('keyup', 'KeyA');
    expect(last()).toEqual(noInput);
    subscription.unsubscribe();
  });

  it('lets go of every key when the window loses the focus or play ends', () => {
    const { playing$, last, subscription } = listening(true);
    press('keydown', 'ArrowRight');
    window.dispatchEvent(new Event('blur'));
    expect(last()).toEqual(noInput);
    press('keydown', 'ArrowRight');
    playing$.next(false);
    expect(last()).toEqual(noInput);
    subscription.unsubscribe();
  });
});

describe('gamepadInput$', () => {
  it('ignores a stick near its middle and prefers the cross', () => {
    const frames$ = new Subject<void>();
    const buttons = Array.from({ length: 16 }, () => ({ pressed: false, touched: false, value: 0 }));
    const pad = { connected: true, axes: [0.1, 0], buttons };
    const seen: PersonInput[] = [];
    gamepadInput$(frames$, () => [null, pad as unknown as Gamepad]).subscribe((input) => seen.push(input));
    frames$.next();
    expect(seen.at(-1)?.horizontal).toBe(0);
    pad.axes[0] = -0.7;
    frames$.next();
    expect(seen.at(-1)?.horizontal).toBe(-0.7);
    buttons[15] = { pressed: true, touched: true, value: 1 };
    frames$.next();
    expect(seen.at(-1)?.horizontal).toBe(1);
  });

  it('takes a browser that refuses to list gamepads for one that has none', () => {
    const frames$ = new Subject<void>();
    const buttons = [{ pressed: true, touched: true, value: 1 }];
    const pad = { connected: true, axes: [0, 0], buttons } as unknown as Gamepad;
    let refuse = true;
    const seen: PersonInput[] = [];
    gamepadInput$(frames$, () => {
      if (refuse) throw new DOMException('Not allowed by the permissions policy.', 'SecurityError');
      return [pad];
    }).subscribe((input) => seen.push(input));
    frames$.next();
    expect(seen).toEqual([noInput]);
    refuse = false;
    frames$.next();
    expect(seen.at(-1)?.primary).toBe(true);
  });
});

describe('personInput$', () => {
  it('follows the device that points furthest', () => {
    const seen: PersonInput[] = [];
    const stick: PersonInput = { horizontal: -0.4, vertical: 0, primary: false };
    const keys: PersonInput = { horizontal: 1, vertical: 0, primary: true };
    personInput$([of(stick), of(keys)]).subscribe((input) => seen.push(input));
    expect(seen).toEqual([keys]);
  });

  it('says nothing is held where there is no device', () => {
    const seen: PersonInput[] = [];
    personInput$([]).subscribe((input) => seen.push(input));
    expect(seen).toEqual([noInput]);
  });
});
