import { describe, expect, it } from 'vitest';
import { personSeat, secondPersonSeat } from '../../contract';
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
    expect(keyToCommand(press('m'), match)).toEqual({ kind: 'sound', on: false });
    expect(keyToCommand(press('m'), duelPage({ sound: false }))).toEqual({ kind: 'sound', on: true });
    expect(keyToCommand(press('m'), pageState())).toBeNull();
  });
});
