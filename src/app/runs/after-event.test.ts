import { describe, expect, it } from 'vitest';
import type { AgentEvent, UpdateMetrics } from '../../contract';
import { findGame } from '../../game/engine/registry';
import type { Phase } from '../../ui/shell/page-state';
import { afterEvent, phaseAfter, shownPhase } from './after-event';
import { initialState } from './initial-state';

const entry = findGame('balance');
const state = initialState(entry, entry.presets.fast);
const backend = { name: 'wasm', renderer: '', acting: 'cpu', timings: [], reason: 'It is there.' } as const;

describe('phaseAfter', () => {
  it('follows an agent from its start through updates', () => {
    const events: AgentEvent[] = [
      { kind: 'warming', backend },
      { kind: 'ready', backend, warmUpMs: 5 },
      { kind: 'updateStarted', version: 0 },
      { kind: 'warning', message: 'An update was taken back.' },
      { kind: 'failed', message: 'It ended.' },
    ];
    const phases: Phase[] = [];
    events.reduce((phase, event) => {
      phases.push(phaseAfter(phase, event));
      return phases.at(-1)!;
    }, 'starting' as Phase);
    expect(phases).toEqual(['warming', 'collecting', 'updating', 'collecting', 'failed']);
  });
});

describe('shownPhase', () => {
  it('says paused rather than what the agent does meanwhile, but never hides a failure', () => {
    expect(shownPhase('updating', false, false)).toBe('paused');
    expect(shownPhase('updating', true, true)).toBe('eased');
    expect(shownPhase('failed', false, false)).toBe('failed');
    expect(shownPhase('warming', false, false)).toBe('warming');
  });
});

describe('afterEvent', () => {
  it('replaces the agent’s notice instead of stacking it', () => {
    const once = afterEvent(state, { kind: 'warning', message: 'First.' });
    const twice = afterEvent(once, { kind: 'restarted', version: 4, decisions: 8192, message: 'Second.' });
    expect(twice.notices).toEqual([{ id: 'agent', severity: 'warning', message: 'Second.' }]);
    expect(twice.status.policyVersion).toBe(4);
  });

  it('changes nothing of the state it was given', () => {
    const before = structuredClone(state);
    afterEvent(state, { kind: 'failed', message: 'It ended.' });
    expect(state).toEqual(before);
  });

  it('leaves the list of pending settings itself alone while it holds the same', () => {
    const metrics = { version: 3 } as UpdateMetrics;
    const hyperparameters = { ...state.hyperparameters, learningRate: 0.5 };
    const updated: AgentEvent = { kind: 'updated', metrics, hyperparameters, changed: [] };
    const once = afterEvent(state, updated);
    expect(once.pending).toHaveLength(1);
    // What is another list is drawn at once; an update alone can wait for the next redraw.
    expect(afterEvent(once, updated).pending).toBe(once.pending);
    expect(afterEvent(once, { ...updated, hyperparameters: state.hyperparameters }).pending).toEqual([]);
  });
});
