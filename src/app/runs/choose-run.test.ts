import { describe, expect, it } from 'vitest';
import { type RunRecord, sb3Hyperparameters } from '../../contract';
import { chooseRun } from './choose-run';

const record = (id: string, changes: Partial<RunRecord> = {}): RunRecord => ({
  id,
  name: id,
  game: 'balance',
  settings: sb3Hyperparameters,
  createdAtMs: 0,
  savedAtMs: 0,
  openedAtMs: 0,
  version: 1,
  decisions: 1,
  meanReturn: null,
  best: null,
  updates: [],
  thumbnail: [],
  points: 1,
  thinned: false,
  bytes: 1,
  origin: 'own',
  forkOf: null,
  removedAtMs: null,
  ...changes,
});
const deadly = { ...sb3Hyperparameters, learningRate: 0.05 };
const asked = { game: 'balance', run: null, settings: null };

describe('a visitor who asks for', () => {
  it('a run that is kept gets it as it is, whatever settings stand beside it', () => {
    const kept = [record('a'), record('b')];
    expect(chooseRun({ ...asked, run: 'b', settings: deadly }, kept)).toEqual({
      kind: 'kept',
      record: kept[1],
    });
  });

  it('a game gets the run opened last that came by no link', () => {
    const link = record('link', { origin: 'link', settings: deadly });
    const kept = [link, record('volley', { game: 'volley' }), record('own'), record('older')];
    expect(chooseRun(asked, kept)).toMatchObject({ kind: 'kept', record: { id: 'own' } });
    expect(chooseRun(asked, [link])).toMatchObject({ kind: 'kept', record: { id: 'link' } });
    expect(chooseRun(asked, [])).toEqual({ kind: 'fresh', origin: 'own', alike: null });
  });

  it('settings by a link never gets a run of their own, but the one that this link began before', () => {
    const own = record('own');
    const chosen = chooseRun({ ...asked, settings: deadly }, [own]);
    expect(chosen).toEqual({ kind: 'fresh', origin: 'link', alike: null });
    const link = record('link', { origin: 'link', settings: deadly });
    expect(chooseRun({ ...asked, settings: deadly }, [own, link])).toEqual({ kind: 'kept', record: link });
  });

  it('the very settings of a run of their own is told of it', () => {
    const own = record('own', { settings: deadly });
    const chosen = chooseRun({ ...asked, settings: deadly }, [own]);
    expect(chosen).toEqual({ kind: 'fresh', origin: 'link', alike: own });
  });

  it('a run that this browser does not have gets the settings that stand beside it', () => {
    const chosen = chooseRun({ ...asked, run: 'elsewhere', settings: deadly }, [record('own')]);
    expect(chosen).toMatchObject({ kind: 'fresh', origin: 'link' });
  });
});
