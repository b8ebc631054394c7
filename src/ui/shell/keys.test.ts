import { describe, expect, it } from 'vitest';
import { personSeat, secondPersonSeat } from '../../contract';
import { matchesFeature } from '../matches/matches-feature';
import { courtState, duelPage, pageState, press } from '../testing/test-state';
import { keyToCommand } from './keys';

describe('keys', () => {
  it('play and pause with Space', () => {
    expect(keyToCommand(press(' '), pageState({ running: true }))).toEqual({ kind: 'pause' });
    expect(keyToCommand(press(' '), pageState({ running: false }))).toEqual({ kind: 'play' });
  });

  it('step only while paused', () => {
    expect(keyToCommand(press('.'), pageState({ running: true }))).toBeNull();
    expect(keyToCommand(press('.'), pageState({ running: false }))).toEqual({ kind: 'step' });
  });

  it('set the four speeds', () => {
    const chosen = ['1', '2', '3', '4'].map((key) => keyToCommand(press(key), pageState()));
    expect(chosen).toEqual(['1', '4', '16', 'max'].map((speed) => ({ kind: 'speed', speed })));
  });

  it('give the game the whole screen, in training and in a match, but not to who only freezes', () => {
    const key = { ...press('F'), shift: true };
    expect(keyToCommand(key, pageState())).toEqual({ kind: 'fullScreen' });
    expect(keyToCommand(key, duelPage({ court: courtState() }))).toEqual({ kind: 'fullScreen' });
    expect(keyToCommand(press('f'), pageState())).toEqual({ kind: 'focusPlayer', player: 'frozenNow' });
  });

  it('go round the arenas at both ends', () => {
    const { arenas } = pageState().hyperparameters;
    expect(keyToCommand(press('['), pageState({ focusedArena: 0 }))).toEqual({
      kind: 'focusArena',
      arena: arenas - 1,
    });
    expect(keyToCommand(press(']'), pageState({ focusedArena: arenas - 1 }))).toEqual({
      kind: 'focusArena',
      arena: 0,
    });
  });

  it('take over and hand back, whatever the case of the letter', () => {
    expect(keyToCommand(press('T'), pageState({ focusPlayer: 'frozenBest' }))).toEqual({
      kind: 'focusPlayer',
      player: 'person',
    });
    expect(keyToCommand(press('t'), pageState({ focusPlayer: 'person' }))).toEqual({
      kind: 'focusPlayer',
      player: 'newest',
    });
  });

  it('are left to a game of somebody’s own while a person plays it, but for those that hand it back', () => {
    const playing = pageState({ kind: 'live', focusPlayer: 'person', running: false });
    for (const key of [' ', '.', 'r', '1', 'f', '[', 'z']) {
      expect(keyToCommand(press(key), playing)).toBeNull();
    }
    for (const key of ['t', 'Escape']) {
      expect(keyToCommand(press(key), playing)).toEqual({ kind: 'focusPlayer', player: 'newest' });
    }
    // It goes at its own pace.
    expect(keyToCommand(press('4'), pageState({ kind: 'live' }))).toBeNull();
  });

  it('leave every key to a form field, a dialog and the browser', () => {
    for (const key of [' ', '.', 'r', '1', 't', 'f', '[', '?']) {
      const state = pageState({ running: false });
      expect(keyToCommand(press(key), state)).not.toBeNull();
      expect(keyToCommand({ ...press(key), focus: 'field' }, state)).toBeNull();
      expect(keyToCommand({ ...press(key), dialogOpen: true }, state)).toBeNull();
      expect(keyToCommand({ ...press(key), modified: true }, state)).toBeNull();
      expect(keyToCommand({ ...press(key), repeated: true }, state)).toBeNull();
    }
  });

  it('leave Space to a focused button, and only Space', () => {
    expect(keyToCommand({ ...press(' '), focus: 'control' }, pageState())).toBeNull();
    expect(keyToCommand({ ...press('t'), focus: 'control' }, pageState())).not.toBeNull();
  });
});

describe('keys in a match', () => {
  const match = duelPage({ court: courtState() });
  const over = duelPage({ court: courtState({}, { phase: 'over', winner: 0 }) });

  it('are none of those of training', () => {
    for (const key of [' ', '.', 'r', 't', 'f', '[', ']', 'a', 'd', 'w', 'ArrowUp', 'Enter']) {
      expect(keyToCommand(press(key), match)).toBeNull();
    }
  });

  it('pause and go on with P and Esc, until it is over', () => {
    for (const key of ['p', 'P', 'Escape']) {
      expect(keyToCommand(press(key), match)).toEqual({ kind: 'pauseMatch', on: true });
      const paused = duelPage({ court: courtState({ paused: true }) });
      expect(keyToCommand(press(key), paused)).toEqual({ kind: 'pauseMatch', on: false });
      expect(keyToCommand(press(key), over)).toBeNull();
    }
  });

  it('ask for a rematch only once it is over', () => {
    expect(keyToCommand(press('r'), over)).toEqual({ kind: 'rematch' });
  });

  it('pause with Space only where nobody needs it to jump', () => {
    const watched = courtState({ setup: { seats: ['training', 'bot-hawk'], seed: null, learns: true } });
    const two = courtState({ setup: { seats: [personSeat, secondPersonSeat], seed: null, learns: true } });
    expect(keyToCommand(press(' '), duelPage({ court: watched }))).toEqual({ kind: 'pauseMatch', on: true });
    expect(keyToCommand(press(' '), duelPage({ court: courtState({ kind: 'replay' }) }))).toEqual({
      kind: 'pauseMatch',
      on: true,
    });
    expect(keyToCommand(press(' '), duelPage({ court: two }))).toBeNull();
  });

  it('set the match’s speed, but not while it is learned from', () => {
    expect(keyToCommand(press('2'), match)).toEqual({ kind: 'matchSpeed', speed: '4' });
    expect(keyToCommand(press('2'), duelPage({ court: courtState({ learning: true }) }))).toBeNull();
  });

  it('turn the sound on and off, also beside a match, where there is any', () => {
    const { shortcuts: own } = matchesFeature;
    expect(keyToCommand(press('m'), match, own)).toEqual({ kind: 'sound', on: false });
    expect(keyToCommand(press('m'), duelPage({ sound: false }), own)).toEqual({ kind: 'sound', on: true });
    expect(keyToCommand(press('m'), pageState(), own)).toBeNull();
  });
});

describe('keys of other keyboards', () => {
  const typed = (key: string, code: string, more: Partial<ReturnType<typeof press>> = {}) =>
    keyToCommand({ ...press(key), code, ...more }, pageState({ running: false, focusedArena: 1 }));
  const focuses = (arena: number) => ({ kind: 'focusArena', arena });

  it('write brackets by AltGr or Option, or have other signs where brackets are', () => {
    const altGraph = { modified: true, writes: true };
    // German on Windows, German on macOS, US, German without AltGr.
    expect(typed('[', 'Digit8', altGraph)).toEqual(focuses(0));
    expect(typed(']', 'Digit6', altGraph)).toEqual(focuses(2));
    expect(typed('[', 'BracketLeft')).toEqual(focuses(0));
    expect(typed('ü', 'BracketLeft')).toEqual(focuses(0));
    expect(typed('+', 'BracketRight')).toEqual(focuses(2));
  });

  it('write letters of other scripts, or nothing that tells which key it was', () => {
    const takesOver = { kind: 'focusPlayer', player: 'person' };
    expect(typed('е', 'KeyT')).toEqual(takesOver);
    expect(typed('Process', 'KeyT')).toEqual(takesOver);
    // Dvorak: the letter counts, not where it is.
    expect(typed('t', 'KeyK')).toEqual(takesOver);
    expect(typed('y', 'KeyT')).toBeNull();
  });

  it('write digits with Shift, as AZERTY does, and play with the number pad', () => {
    expect(typed('&', 'Digit1')).toEqual({ kind: 'speed', speed: '1' });
    expect(typed('1', 'Digit1', { shift: true })).toEqual({ kind: 'speed', speed: '1' });
    expect(typed('!', 'Digit1', { shift: true })).toBeNull();
    for (const code of ['Numpad1', 'Numpad2', 'Numpad3', 'Numpad4']) {
      expect(typed(code.slice(-1), code)).toBeNull();
    }
  });

  it('leave to the browser what belongs to it', () => {
    expect(typed('t', 'KeyT', { modified: true })).toBeNull();
    expect(typed('†', 'KeyT', { modified: true, writes: true })).toBeNull();
    expect(typed('1', 'Digit1', { modified: true })).toBeNull();
  });
});

it('do nothing by a letter alone where somebody has switched that off', () => {
  const off = pageState({ letterKeys: false, running: false });
  for (const key of ['t', 'r', 'f', '1', '[', '.', '?', 'z'])
    expect(keyToCommand(press(key), off)).toBeNull();
  expect(keyToCommand(press(' '), off)).toEqual({ kind: 'play' });
});

it('undo and do again', () => {
  expect(keyToCommand(press('z'), pageState())).toEqual({ kind: 'undo' });
  expect(keyToCommand({ ...press('Z'), shift: true }, pageState())).toEqual({ kind: 'redo' });
});
