// @vitest-environment jsdom
import { BehaviorSubject } from 'rxjs';
import { describe, expect, it, vi } from 'vitest';
import { type PersonInput, usualBindings } from '../../contract';
import { type KeySet, keyboardInput$, keySet } from './keyboard';
import { noInput } from './person-input';

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

/** jsdom does not tell how the focus came to where it is. */
function reachByKeyboard(element: Element): void {
  vi.spyOn(element, 'matches').mockImplementation((selector) => selector === ':focus-visible');
}

function listening(playing: boolean, keys: KeySet = keySet(usualBindings, 'alone')) {
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
    reachByKeyboard(tab);
    expect(press('keydown', 'ArrowRight', tab).defaultPrevented).toBe(false);
    expect(last()).toEqual(noInput);
    tab.remove();
    subscription.unsubscribe();
  });

  it('leaves Space and Enter, and only those, to a button that has the focus', () => {
    const { last, subscription } = listening(true);
    const button = document.body.appendChild(document.createElement('button'));
    reachByKeyboard(button);
    expect(press('keydown', 'Space', button).defaultPrevented).toBe(false);
    expect(press('keyup', 'Space', button).defaultPrevented).toBe(false);
    expect(press('keydown', 'Enter', button).defaultPrevented).toBe(false);
    expect(last()).toEqual(noInput);
    expect(press('keydown', 'ArrowLeft', button).defaultPrevented).toBe(true);
    expect(last()?.horizontal).toBe(-1);
    button.remove();
    subscription.unsubscribe();
  });

  it('takes what a control would take that somebody only clicked: it is not pressed or moved again', () => {
    const { last, subscription } = listening(true);
    const box = document.createElement('input');
    box.type = 'checkbox';
    const button = document.createElement('button');
    for (const clicked of [box, button, document.createElement('select')]) {
      document.body.append(clicked);
      expect(press('keydown', 'Space', clicked).defaultPrevented).toBe(true);
      expect(last()?.primary).toBe(true);
      expect(press('keyup', 'Space', clicked).defaultPrevented).toBe(true);
      expect(press('keydown', 'ArrowLeft', clicked).defaultPrevented).toBe(true);
      press('keyup', 'ArrowLeft', clicked);
      clicked.remove();
    }
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
    const first = listening(true, keySet(usualBindings, 'first'));
    const second = listening(true, keySet(usualBindings, 'second'));
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

describe('a key that a person plays with', () => {
  it('is the game’s before any shortcut of the page sees it', () => {
    const { subscription } = listening(true);
    const seen: boolean[] = [];
    const shortcut = (event: KeyboardEvent) => seen.push(event.defaultPrevented);
    document.addEventListener('keydown', shortcut);
    press('keydown', 'Space');
    // On Colemak the key of the letter R, which restarts.
    press('keydown', 'KeyS');
    press('keydown', 'KeyT');
    expect(seen).toEqual([true, true, false]);
    document.removeEventListener('keydown', shortcut);
    subscription.unsubscribe();
  });

  it('is whichever the person chose, and no other', () => {
    const bindings = { ...usualBindings, 'first.left': ['KeyR'], 'second.primary': ['ShiftRight'] };
    const { last, subscription } = listening(true, keySet(bindings, 'alone'));
    // R is a shortcut while nobody plays.
    expect(press('keydown', 'KeyR').defaultPrevented).toBe(true);
    expect(press('keydown', 'ShiftRight', document.body, { shiftKey: true }).defaultPrevented).toBe(true);
    expect(last()).toEqual({ horizontal: -1, vertical: 0, primary: true });
    expect(press('keydown', 'KeyA').defaultPrevented).toBe(false);
    expect(press('keydown', 'Enter').defaultPrevented).toBe(false);
    subscription.unsubscribe();
  });

  it('is let go of with Meta, under which macOS does not tell that it was', () => {
    for (const meta of ['MetaLeft', 'MetaRight', 'OSLeft']) {
      const { last, subscription } = listening(true);
      press('keydown', 'ArrowLeft');
      press('keydown', meta, document.body, { metaKey: true });
      expect(last()?.horizontal).toBe(-1);
      press('keyup', meta);
      expect(last()).toEqual(noInput);
      subscription.unsubscribe();
    }
  });
});
