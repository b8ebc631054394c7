import { describe, expect, it } from 'vitest';
import { courtState, duelPage, pageState } from '../../ui/testing/test-state';
import { padIntent } from './pad-intent';

describe('a gamepad alone', () => {
  it('begins a match, pauses it, goes on, plays again and leaves', () => {
    expect(padIntent('start', duelPage())).toEqual({ kind: 'startMatch' });
    const inPlay = duelPage({ court: courtState() });
    expect(padIntent('start', inPlay)).toEqual({ kind: 'pauseMatch', on: true });
    expect(padIntent('back', inPlay)).toEqual({ kind: 'leaveCourt' });
    const paused = duelPage({ court: courtState({ paused: true }) });
    expect(padIntent('start', paused)).toEqual({ kind: 'pauseMatch', on: false });
    expect(padIntent('back', paused)).toEqual({ kind: 'leaveCourt' });
    const over = duelPage({ court: courtState({}, { phase: 'over', winner: 0 }) });
    expect(padIntent('start', over)).toEqual({ kind: 'rematch' });
    expect(padIntent('back', over)).toEqual({ kind: 'leaveCourt' });
  });

  it('takes an arena over where an agent is alone, pauses there, and hands it back', () => {
    expect(padIntent('start', pageState())).toEqual({ kind: 'focusPlayer', player: 'person' });
    const playing = pageState({ focusPlayer: 'person' });
    expect(padIntent('start', playing)).toEqual({ kind: 'pause' });
    expect(padIntent('start', pageState({ focusPlayer: 'person', running: false }))).toEqual({
      kind: 'play',
    });
    expect(padIntent('back', playing)).toEqual({ kind: 'focusPlayer', player: 'newest' });
  });

  it('leaves alone who only watches', () => {
    expect(padIntent('back', pageState())).toBeNull();
    expect(padIntent('back', duelPage())).toBeNull();
  });
});
