import { describe, expect, it } from 'vitest';
import { keyToCommand } from './keys';
import { pageState, press } from './test-state';

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
