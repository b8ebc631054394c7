import { deleteDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newRunId } from '../../storage/run-id';
import type { Intent } from '../../ui/shell/page-state';
import { givingWay } from '../feature';
import { Dispatcher } from '../shell/dispatcher';
import { type OpenPage, openPage } from '../testing/open-page';
import { runsFeature } from './runs-feature';

let name: string;
let page: OpenPage;
let dispatcher: Dispatcher;

const fail = (error: unknown) => {
  throw error;
};

/** Asks for something, and waits until it is done. */
async function ask(intent: Intent): Promise<void> {
  dispatcher.handle(intent);
  await new Promise<void>((resolve) => dispatcher.turns.add(() => resolve()));
}
const change = (patch: Partial<OpenPage['small']>) => ask({ kind: 'settings', patch });
const shown = () => {
  const { hyperparameters, undo, redo } = page.store.state;
  return { epochs: hyperparameters.epochs, minibatchSize: hyperparameters.minibatchSize, undo, redo };
};

beforeEach(async () => {
  name = `test-${newRunId()}`;
  page = await openPage(name);
  await page.visit({ epochs: 3 });
  dispatcher = new Dispatcher([runsFeature(page)], {
    succeeded: () => {},
    failed: (_, error) => fail(error),
    broken: fail,
  });
});
afterEach(async () => {
  const keeper = page.desk.session?.run.keeper;
  page.desk.dispose();
  await keeper?.release();
  await page.storage.close();
  await deleteDB(name);
});

it('choosing a game overtakes what waits for something from outside', async () => {
  const signals: AbortSignal[] = [];
  const startMatch = givingWay((_: unknown, signal: AbortSignal) => {
    signals.push(signal);
    return new Promise<void>(() => {});
  });
  dispatcher = new Dispatcher([runsFeature(page), { intents: { startMatch } }], {
    succeeded: () => {},
    failed: (_, error) => fail(error),
    broken: fail,
  });
  dispatcher.handle({ kind: 'startMatch' });
  expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
  await ask({ kind: 'chooseGame', game: 'swing' });
  expect(page.store.state.game).toBe('swing');
  expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
});

describe('undo and redo', () => {
  it('do nothing where there is nothing to undo, or to do again', async () => {
    await ask({ kind: 'undo' });
    await ask({ kind: 'redo' });
    expect(shown()).toMatchObject({ epochs: 3, undo: {}, redo: {} });
    await change({ epochs: 4 });
    await ask({ kind: 'redo' });
    expect(shown()).toMatchObject({ epochs: 4, undo: { epochs: 3 }, redo: {} });
    await ask({ kind: 'undo' });
    await ask({ kind: 'undo' });
    expect(shown()).toMatchObject({ epochs: 3, undo: {}, redo: { epochs: 4 } });
    await ask({ kind: 'redo' });
    expect(shown()).toMatchObject({ epochs: 4, undo: { epochs: 3 }, redo: {} });
  });

  it('stay to be had when they are refused', async () => {
    await change({ minibatchSize: 32 });
    await page.desk.applyPatch({ rolloutLength: 16 });
    await ask({ kind: 'undo' });
    expect(page.store.state.problems).toMatchObject([{ code: 'minibatch-too-large' }]);
    expect(shown()).toMatchObject({ minibatchSize: 32, undo: { minibatchSize: 64 }, redo: {} });
    await page.desk.applyPatch({ rolloutLength: 64 });
    await ask({ kind: 'undo' });
    expect(shown()).toMatchObject({ minibatchSize: 64, undo: {}, redo: { minibatchSize: 32 } });
  });

  it('offer no change that going back to an earlier policy has taken back', async () => {
    await page.learn([480]);
    await change({ epochs: 4 });
    await page.learn([9], 480);
    await ask({ kind: 'loadBest' });
    expect(shown()).toMatchObject({ epochs: 3, undo: {}, redo: {} });
  });
});
