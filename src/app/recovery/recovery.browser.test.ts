import { deleteDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { wentBackKey } from '../../contract';
import { newRunId } from '../../storage/run-id';
import { type OpenPage, openPage } from '../testing/open-page';
import { Recovery } from './recovery';

let name: string;
let page: OpenPage;
let nowMs: number;
let remembered: unknown[];
let recovery: Recovery;

beforeEach(async () => {
  name = `test-${newRunId()}`;
  page = await openPage(name);
  nowMs = 0;
  remembered = [];
  const { store, board, desk } = page;
  recovery = new Recovery({
    store,
    board,
    desk,
    nowMs: () => nowMs,
    remember: (choice) => remembered.push(choice),
    inTurn: (task) => void task(),
  });
  await page.visit();
});
afterEach(async () => {
  recovery.dispose();
  page.desk.dispose();
  await page.storage.close();
  await deleteDB(name);
});

const rise = [10, 20, 40, 80, 160, 240, 320, 400, 480, 490, 490, 490];
function learn(meanReturns: readonly number[]): void {
  for (const meanReturn of meanReturns) {
    nowMs += 100;
    page.agent().learn(meanReturn, meanReturn === 490);
  }
}
const collapse = () => page.store.state.notices.find(({ id }) => id === 'collapse');

describe('a collapse', () => {
  it('is told in one sentence, with one button to the best policy', async () => {
    learn(rise);
    expect(collapse()).toBeUndefined();
    await page.desk.applyPatch({ learningRate: 0.05 });
    learn([9, 9, 9, 9]);
    expect(collapse()?.message).toContain('where it had come to');
    expect(collapse()?.actions?.map(({ intent }) => intent)).toEqual([{ kind: 'loadBest' }]);
  });

  it('is over once the run went back: the notice goes, the settings of then are in force, the charts mark it', async () => {
    learn(rise);
    const { learningRate } = page.store.state.hyperparameters;
    await page.desk.applyPatch({ learningRate: 0.05 });
    learn([9, 9, 9]);
    await page.desk.goBack();
    expect(collapse()).toBeUndefined();
    expect(page.store.state.hyperparameters.learningRate).toBe(learningRate);
    learn([489]);
    expect(page.desk.session?.run.newest?.values[wentBackKey]).toBe(12);
    learn([489, 489, 489]);
    expect(collapse()).toBeUndefined();
  });

  it('is over once the run has climbed back by itself, and not by one good update', () => {
    learn(rise);
    learn([9, 9, 9, 488]);
    expect(collapse()).toBeDefined();
    learn(Array.from({ length: 25 }, () => 488));
    expect(collapse()).toBeUndefined();
    learn([9, 9, 9]);
    expect(collapse()).toBeDefined();
  });

  it('is not over by one good update after a long wait', () => {
    learn(rise);
    learn([9, 9, 9]);
    nowMs += 60_000;
    learn([488]);
    expect(collapse()).toBeDefined();
  });

  it('is told again when it comes again', async () => {
    learn(rise);
    learn([9, 9, 9]);
    await page.desk.goBack();
    learn([488, 9, 9, 9]);
    expect(collapse()).toBeDefined();
  });

  it('is mended without a question where a person wished it, and told of', async () => {
    await recovery.intents.returnsByItself.act(
      { kind: 'returnsByItself', on: true },
      new AbortController().signal,
    );
    expect(remembered).toEqual([{ returnsByItself: true }]);
    learn(rise);
    learn([9, 9, 9]);
    await expect.poll(() => page.agents.length).toBe(2);
    expect(page.messages().join(' ')).toContain('went back to update 12');
    expect(collapse()).toBeUndefined();
  });

  it('from the same policy again is learned from more slowly, so that it does not come for ever', async () => {
    page.store.patch({ returnsByItself: true });
    learn(rise);
    const { learningRate } = page.store.state.hyperparameters;
    const rates: number[] = [];
    for (let fall = 1; fall <= 3; fall++) {
      learn([488, 9, 9, 9]);
      await expect.poll(() => page.agents.length).toBe(1 + fall);
      rates.push(page.store.state.hyperparameters.learningRate);
    }
    expect(rates).toEqual([learningRate, learningRate / 2, learningRate / 4]);
    expect(page.messages().join(' ')).toContain('a learning rate 4 times smaller');
  });

  it('of before a reload is not told a second time', async () => {
    learn(rise);
    learn([9, 9, 9]);
    await page.desk.save();
    await page.desk.rebuild({});
    learn([9, 9]);
    expect(collapse()).toBeUndefined();
  });
});

describe('a policy that can learn no more', () => {
  const standstill = () => page.store.state.notices.find(({ id }) => id === 'standstill');

  it('says so once, with its way back, and is silent again once it moves', () => {
    page.agent().learn(490, true);
    page.agent().learn(9, false, 'noGradient');
    expect(standstill()?.message).toContain('its gradient is gone');
    expect(standstill()?.actions).toMatchObject([{ intent: { kind: 'loadBest' } }]);
    page.board.dismiss('standstill');
    page.agent().learn(9, false, 'noGradient');
    expect(standstill()).toBeUndefined();
    page.agent().learn(9);
    page.agent().learn(9, false, 'noGradient');
    expect(standstill()).toBeDefined();
    page.agent().learn(9);
    expect(standstill()).toBeUndefined();
  });

  it('for whom annealing has ended can switch it off', () => {
    page.agent().learn(490, true, 'annealed');
    expect(standstill()?.actions?.map(({ intent }) => intent)).toEqual([
      { kind: 'settings', patch: { learningRateAnnealing: false } },
    ]);
  });
});
