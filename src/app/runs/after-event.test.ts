import { describe, expect, it } from 'vitest';
import type { AgentEvent, UpdateMetrics } from '../../contract';
import type { Phase } from '../../ui/shell/page-state';
import { ourGames } from '../games/our-games';
import { afterEvent, noticeAfter, phaseAfter, shownPhase } from './after-event';
import { initialGoing, initialView } from './initial-view';

const entry = await ourGames.load('balance');
const view = initialView(
  { id: 'a', name: 'Balance', best: null, keeping: { kind: 'nothing-yet' } },
  entry,
  entry.presets.fast,
  initialGoing,
);
const backend = {
  name: 'wasm',
  simd: 'fma',
  shards: 1,
  aloneBecause: null,
  renderer: '',
  acting: 'cpu',
  timings: [],
  why: { code: 'chosen' },
} as const;

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
  it('says what changes and changes nothing of the view it was given', () => {
    const before = structuredClone(view);
    const event: AgentEvent = { kind: 'restarted', version: 4, decisions: 8192, message: 'It goes on.' };
    expect(afterEvent(view, event)).toEqual({ status: { ...view.status, policyVersion: 4 } });
    expect(view).toEqual(before);
  });

  it('leaves the list of pending settings itself alone while it holds the same', () => {
    const metrics = { version: 3 } as UpdateMetrics;
    const hyperparameters = { ...view.hyperparameters, learningRate: 0.5 };
    const updated: AgentEvent = { kind: 'updated', metrics, hyperparameters, changed: [] };
    const once = { ...view, ...afterEvent(view, updated) };
    expect(once.pending).toEqual(['learningRate']);
    // What is another list is drawn at once; an update alone can wait for the next redraw.
    expect(afterEvent(once, updated).pending).toBeUndefined();
    expect(afterEvent(once, { ...updated, hyperparameters: view.hyperparameters }).pending).toEqual([]);
  });
});

it('tells of a failure as of an error, of everything else that went wrong as of a warning', () => {
  expect(noticeAfter({ kind: 'warning', message: 'First.' })).toMatchObject({ severity: 'warning' });
  expect(noticeAfter({ kind: 'failed', message: 'It ended.' })).toMatchObject({ severity: 'error' });
  expect(noticeAfter({ kind: 'updateStarted', version: 1 })).toBeNull();
});
