import { describe, expect, it } from 'vitest';
import type { DecisionEnvironment } from '../contract';
import { StateNotes } from './state-notes';

describe('notes of states', () => {
  const environment = { arenas: 2, stateSize: 2, states: Float64Array.of(1, 2, 3, 4) };
  const notesOf = (noted: object) => new StateNotes(noted as DecisionEnvironment);

  it('hold one arena’s states before each decision of a rollout that begins after they were asked for', () => {
    const notes = notesOf(environment);
    notes.decides(true);
    notes.want(1);
    notes.decides(false);
    expect(notes.take()).toBeUndefined();
    notes.decides(true);
    environment.states[2] = 5;
    notes.decides(false);
    expect(notes.take()).toEqual(Float64Array.of(3, 4, 5, 4));
    notes.want(null);
    notes.decides(true);
    expect(notes.take()).toBeUndefined();
  });

  it('are empty where a game has no states to see', () => {
    const notes = notesOf({ arenas: 1 });
    notes.want(0);
    notes.decides(true);
    expect(notes.take()).toEqual(new Float64Array(0));
  });
});
